// What to do now, in order: out of the commit, revoke (first of all where it is public), or let a false alarm pass.

import type { Finding, Mode, Report, RuleText } from '../model.ts';
import { display } from './display.ts';
import { historySteps } from './history-steps.ts';
import type { Paint } from './paint.ts';
import { takeOut } from './take-out.ts';
import { wrapAfter } from './wrap.ts';

const WIDTH = 80;

export function nextSteps(
  report: Pick<Report, 'mode' | 'coverage'>,
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  const steps = [
    ...waysOut(report, findings, describe, paint),
    falseAlarm(report.mode, findings, paint),
  ].filter((step) => step.length > 0);
  return [paint('strong', 'What to do now'), ...steps.flatMap((step, at) => ['', ...numbered(at + 1, step)])];
}

function waysOut(
  report: Pick<Report, 'mode' | 'coverage'>,
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): readonly (readonly string[])[] {
  if (findings.every(({ exposure }) => exposure !== undefined))
    return historySteps(findings, describe, paint);
  const out = takeOut(report, findings, paint);
  const isPublished = report.mode === 'ci';
  const revoked = revoke(isPublished, findings, describe, paint);
  return isPublished ? [revoked, out] : [out, revoked];
}

/** The first line of a step is prose and carries the number; the rest is laid out already. */
function numbered(number: number, [prose = '', ...rest]: readonly string[]): string[] {
  return [...wrapAfter(`  ${number}. `, prose, WIDTH), ...rest];
}

function revoke(
  isPublished: boolean,
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  return [
    isPublished
      ? 'It has been pushed, so it is known: revoke it.'
      : 'If it has ever left this machine (pushed, sent, pasted, logged), it is known: revoke it.',
    ...adviceOf(findings, describe, paint),
  ];
}

/** Advice that several rules share is given once. */
export function adviceOf(
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].map(describe);
  const given = new Set<string>();
  const fresh = (sentence: string) => !given.has(sentence) && given.add(sentence);
  return rules.flatMap(({ title, advice, links }) => [
    ...(rules.length > 1 ? [`     ${paint('strong', display(title))}`] : []),
    ...[...advice, ...(advice.some(hasLink) ? [] : links.map((link) => `More: ${link}`))]
      .filter(fresh)
      .flatMap((sentence) => wrapAfter('     - ', display(sentence), WIDTH)),
  ]);
}

const hasLink = (sentence: string): boolean => sentence.includes('https://');

/** Not in a build or on a server: what a change says of itself does not count there. */
function falseAlarm(mode: Mode, findings: readonly Finding[], paint: Paint): string[] {
  if (mode === 'ci' || mode === 'receive') return [];
  const shown = findings.slice(0, MOST_COMMANDS);
  const ignore = shown.map(({ fingerprint }) =>
    command(`keyscan ignore ${fingerprint} --reason TEXT`, paint),
  );
  const more = findings.length - shown.length;
  const hook = HOOKED[mode];
  return [
    'A false alarm, and you are sure? Let it pass wherever it stands:',
    ...ignore,
    ...(more > 0 ? [`     (${more} more: --format json has the fingerprint of each)`] : []),
    ...(HAS_LINES.has(mode)
      ? ['     or say so in a comment on its line:', command('keyscan:ignore -- REASON', paint)]
      : []),
    ...(hook === undefined
      ? []
      : [`     or ${hook} without running any hook, this once:`, command(`git ${hook} --no-verify`, paint)]),
  ];
}

const MOST_COMMANDS = 3;
const command = (text: string, paint: Paint): string => `       ${paint('strong', text)}`;

/** What can be changed before it is looked at again. */
const HAS_LINES: ReadonlySet<Mode> = new Set<Mode>(['staged', 'files', 'stdin']);
/** Where git has such an option. */
const HOOKED: Partial<Readonly<Record<Mode, string>>> = { staged: 'commit', message: 'commit', push: 'push' };
