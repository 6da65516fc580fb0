// What to do now, in order: out of the commit, revoke (first of all where it is public), or let a false alarm pass.

import type { Finding, Mode, Report, RuleText } from '../model.ts';
import { display } from './display.ts';
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
  const isPublished = report.mode === 'ci';
  const out = takeOut(report, findings, paint);
  const revoked = revoke(isPublished, findings, describe, paint);
  const ways = isPublished ? [revoked, out] : [out, revoked];
  const steps = [...ways, falseAlarm(report.mode, paint)].filter((step) => step.length > 0);
  return [paint('strong', 'What to do now'), ...steps.flatMap((step, at) => ['', ...numbered(at + 1, step)])];
}

/** The first line of a step is prose and carries the number; the rest is laid out already. */
function numbered(number: number, [prose = '', ...rest]: readonly string[]): string[] {
  return [...wrapAfter(`  ${number}. `, prose, WIDTH), ...rest];
}

/** Advice that several rules share is given once. */
function revoke(
  isPublished: boolean,
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].map(describe);
  const given = new Set<string>();
  const fresh = (sentence: string) => !given.has(sentence) && given.add(sentence);
  return [
    isPublished
      ? 'It has been pushed, so it is known: revoke it.'
      : 'If it has ever left this machine (pushed, sent, pasted, logged), it is known: revoke it.',
    ...rules.flatMap(({ title, advice, links }) => [
      ...(rules.length > 1 ? [`     ${paint('strong', display(title))}`] : []),
      ...[...advice, ...(advice.some(hasLink) ? [] : links.map((link) => `More: ${link}`))]
        .filter(fresh)
        .flatMap((sentence) => wrapAfter('     - ', display(sentence), WIDTH)),
    ]),
  ];
}

const hasLink = (sentence: string): boolean => sentence.includes('https://');

/** Only where git has such an option. */
function falseAlarm(mode: Mode, paint: Paint): string[] {
  const action = mode === 'staged' || mode === 'message' ? 'commit' : 'push';
  if (action === 'push' && mode !== 'push') return [];
  return [
    `A false alarm, and you are sure? This ${action === 'push' ? 'pushes' : 'commits'} without running any hook, once:`,
    `       ${paint('strong', `git ${action} --no-verify`)}`,
  ];
}
