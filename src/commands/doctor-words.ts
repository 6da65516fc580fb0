// What doctor says: one line for each check, then what to do.

import { type Check, LEVELS, type Level } from '../hooks/doctor/check.ts';
import { display, displayJson } from '../report/display.ts';
import type { Paint } from '../report/paint.ts';
import { wrap, wrapAfter } from '../report/wrap.ts';
import { version } from '../version.ts';
import { type Cure, cureOf, sentenceOf } from './check-words.ts';

const WIDTH = 80;

type Verdict = 'holds' | 'broken' | 'unknown';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: 'keyscan doctor: the gate holds.',
  broken: 'keyscan doctor: the gate does not hold.',
  unknown: 'keyscan doctor: whether the gate holds could not be found out.',
};

function verdictOn(checks: readonly Check[]): Verdict {
  const levels = checks.map(({ code }) => LEVELS[code]);
  return levels.includes('wrong') ? 'broken' : levels.includes('unknown') ? 'unknown' : 'holds';
}

const LABELS = {
  ok: ['ok', 'faint'],
  warning: ['warning', 'yellow'],
  wrong: ['WRONG', 'alarm'],
  unknown: ['unknown', 'alarm'],
} as const satisfies Record<Level, readonly [string, Parameters<Paint>[0]]>;

/** For people. `cwd` is where paths are meant from. */
export function diagnosis(checks: readonly Check[], cwd: string, paint: Paint): string {
  const verdict = verdictOn(checks);
  const lines = [
    paint(verdict === 'holds' ? 'strong' : 'alarm', VERDICTS[verdict]),
    '',
    ...checks.flatMap((check) => {
      const [label, style] = LABELS[LEVELS[check.code]];
      const [first = '', ...rest] = wrapAfter(`  ${label.padEnd(7)}  `, sentenceOf(check, cwd), WIDTH);
      return [first.replace(label, paint(style, label)), ...rest];
    }),
    ...whatToDo(checks, cwd, paint),
  ];
  return `${lines.join('\n')}\n`;
}

/** What several checks ask for is said once. */
function whatToDo(checks: readonly Check[], cwd: string, paint: Paint): readonly string[] {
  const cures = checks.flatMap((check) => cureOf(check, cwd) ?? []);
  const distinct = [...new Map(cures.map((cure) => [JSON.stringify(cure), cure])).values()];
  if (distinct.length === 0) return [];
  return [
    '',
    paint('strong', 'What to do now'),
    ...distinct.flatMap(({ text, commands }: Cure, at) => [
      '',
      ...wrapAfter(`  ${at + 1}. `, text, WIDTH),
      ...commands.map((command) => `       ${paint('strong', display(command))}`),
    ]),
  ];
}

/** For programs: `code` and `level` are promised, the words are not. Paths are absolute. */
export function diagnosisAsData(checks: readonly Check[], cwd: string): string {
  const data = {
    schemaVersion: 1,
    tool: { name: 'keyscan', version },
    verdict: verdictOn(checks),
    checks: checks.map((check) => ({
      code: check.code,
      level: LEVELS[check.code],
      hook: 'hook' in check ? check.hook : null,
      path: 'path' in check ? check.path : null,
      message: wrap(sentenceOf(check, cwd), Number.POSITIVE_INFINITY).join(' '),
      cure: cureOf(check, cwd) ?? null,
    })),
  };
  return displayJson(`${JSON.stringify(data, null, 2)}\n`);
}
