// What to do now, in order: out of the commit, revoke, or let a false alarm pass.

import type { Finding, Mode, RuleText } from '../model.ts';
import { display } from './display.ts';
import type { Paint } from './paint.ts';
import { wrapAfter } from './wrap.ts';

const WIDTH = 80;
const MOST_COMMANDS = 8;

export function nextSteps(
  mode: Mode,
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  const steps = [
    takeOut(mode, findings, paint),
    revoke(findings, describe, paint),
    falseAlarm(mode, paint),
  ].filter((step) => step.length > 0);
  return [paint('strong', 'What to do now'), ...steps.flatMap((step, at) => ['', ...numbered(at + 1, step)])];
}

/** The first line of a step is prose and carries the number; the rest is laid out already. */
function numbered(number: number, [prose = '', ...rest]: readonly string[]): string[] {
  return [...wrapAfter(`  ${number}. `, prose, WIDTH), ...rest];
}

function takeOut(mode: Mode, findings: readonly Finding[], paint: Paint): string[] {
  const elsewhere = 'an environment variable or a secret store can hold it.';
  if (mode !== 'staged') return [`Take it out of there; ${elsewhere}`];
  const paths = [...new Set(findings.flatMap(({ occurrences }) => occurrences.map(({ path }) => path)))];
  const commands = paths.filter(isTypable).map((path) => `git reset -q -- ${pathspec(path)}`);
  const more = commands.length - MOST_COMMANDS;
  return [
    `Take it out of the file; ${elsewhere} Then "git add" the file and commit again. Or leave it out of this commit:`,
    ...commands.slice(0, MOST_COMMANDS).map((command) => `       ${paint('strong', command)}`),
    ...(more > 0 ? [`       … and the other ${more} files above`] : []),
  ];
}

/** Advice that several rules share is given once. */
function revoke(
  findings: readonly Finding[],
  describe: (ruleId: string) => RuleText,
  paint: Paint,
): string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].map(describe);
  const given = new Set<string>();
  const fresh = (sentence: string) => !given.has(sentence) && given.add(sentence);
  return [
    'If it has ever left this machine (pushed, sent, pasted, logged), it is known: revoke it.',
    ...rules.flatMap(({ title, advice, links }) => [
      ...(rules.length > 1 ? [`     ${paint('strong', title)}`] : []),
      ...[...advice, ...(advice.some(hasLink) ? [] : links.map((link) => `More: ${link}`))]
        .filter(fresh)
        .flatMap((sentence) => wrapAfter('     - ', sentence, WIDTH)),
    ]),
  ];
}

const hasLink = (sentence: string): boolean => sentence.includes('https://');

function falseAlarm(mode: Mode, paint: Paint): string[] {
  if (mode !== 'staged') return [];
  return [
    'A false alarm, and you are sure? This commits without running any hook, once:',
    `       ${paint('strong', 'git commit --no-verify')}`,
  ];
}

/** A path with escapes in it (odd bytes, controls, a masked credential) is not the name the shell needs. */
function isTypable(path: string): boolean {
  return display(path) === path && !path.includes('\\') && !path.includes('…');
}

/**
 * From the top, because git runs hooks there and people do not; `git reset` and not `git restore --staged`, which fails
 * before the first commit. Quoted for a POSIX shell.
 */
function pathspec(path: string): string {
  const spec = `${/^[A-Za-z0-9.][^*?[]*$/.test(path) ? ':/' : ':(top,literal)'}${path}`;
  return /^[\w./@%+=:,-]+$/.test(spec) ? spec : `'${spec.replaceAll("'", "'\\''")}'`;
}
