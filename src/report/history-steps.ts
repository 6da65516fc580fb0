// What to do about the credentials of a history, those that have left first: revoke them, then take out what can be.

import type { Finding, RuleText, Step } from '../model.ts';
import { count } from './amounts.ts';
import { display } from './display.ts';
import type { Paint } from './paint.ts';
import { adviceOf } from './steps.ts';

/** Each begins with prose that is to be wrapped after its number; the other lines are laid out. */
export function historySteps(
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[][] {
  const left = findings.filter(({ exposure }) => exposure?.verdict !== 'local');
  const isSure = left.some(({ exposure }) => exposure?.verdict === 'pushed');
  const revoked = [
    left.length === 0
      ? 'If one has ever left this machine by another way (sent, pasted, logged, backed up), it is known: revoke it.'
      : `${isSure ? 'What has been pushed is known' : 'What may have been pushed is to be taken for known'}: revoke ` +
        `${names(left)}. Rewriting the history does not take it back from those who have fetched it.`,
    ...adviceOf(left.length === 0 ? findings : left, describe, paint),
  ];
  const out = takenOut(findings, paint);
  return left.length === 0 ? [...out, revoked] : [revoked, ...out];
}

/** What several need is said once, and what cleans up after all of them last. */
function takenOut(findings: readonly Finding[], paint: Paint): string[][] {
  const steps = new Map<string, { readonly step: Step; readonly of: Finding[]; isLast: boolean }>();
  for (const finding of findings) {
    const own = (finding.exposure?.steps ?? []).filter(({ commands }) => commands.length > 0);
    for (const [at, step] of own.entries()) {
      const key = JSON.stringify(step);
      const known = steps.get(key) ?? { step, of: [], isLast: true };
      known.of.push(finding);
      known.isLast &&= at === own.length - 1;
      steps.set(key, known);
    }
  }
  const inOrder = [...steps.values()].sort((one, other) => Number(one.isLast) - Number(other.isLast));
  const shown = inOrder
    .slice(0, MOST_STEPS)
    .map(({ step, of }) => [
      of.length === findings.length ? display(step.text) : `For ${names(of)}: ${lowered(display(step.text))}`,
      ...step.commands.map((command) => `       ${paint('strong', display(command))}`),
    ]);
  const more = inOrder.length - shown.length;
  return more <= 0
    ? shown
    : [...shown, [`And ${count(more, 'more step')}: --format html shows for each credential what to do.`]];
}

const MOST_STEPS = 6;

/** `sk-…abcd, sk-…efgh and 3 more` */
function names(findings: readonly Finding[]): string {
  const more = findings.length - MOST_NAMES;
  const shown = findings.slice(0, MOST_NAMES).map(({ preview }) => display(preview));
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const MOST_NAMES = 4;
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
