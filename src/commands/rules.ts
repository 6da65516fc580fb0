// keyscan rules [ID]: what is looked for, as a list or one rule at length.

import { ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { nearest } from '../nearest.ts';
import type { ColorChoice, Format } from '../options.ts';
import { useColor } from '../report/color.ts';
import { SEVERITY_STYLE } from '../report/entry.ts';
import { type Paint, painter } from '../report/paint.ts';
import { wrapAfter } from '../report/wrap.ts';
import { builtinRules } from '../rules/builtin.ts';
import type { Rule } from '../rules/rule.ts';
import { print } from './print.ts';
import { rulePage } from './rule-page.ts';

interface RulesOptions {
  readonly format: Format;
  readonly color: ColorChoice;
  readonly operands: readonly string[];
}

export async function run({ format, color, operands }: RulesOptions, io: Io): Promise<ExitCode> {
  const [id] = operands;
  const rule = builtinRules.find((each) => each.id === id);
  if (id !== undefined && !rule) throw noSuchRule(id);
  const paint = painter(useColor(color, io.env, io.stdout));
  if (format === 'json') await print(io.stdout, `${JSON.stringify(rule ?? builtinRules, null, 2)}\n`);
  else await print(io.stdout, rule ? rulePage(rule, paint) : ruleList(builtinRules, paint));
  return ExitCode.clean;
}

/** The id is not repeated: it may be a credential that was pasted in the wrong place. */
function noSuchRule(id: string): UsageError {
  const meant = nearest(
    id,
    builtinRules.map((each) => each.id),
  );
  const hint = meant === undefined ? 'keyscan rules lists them' : `did you mean ${meant}?`;
  return new UsageError('there is no rule with that id', hint);
}

function ruleList(rules: readonly Rule[], paint: Paint): string {
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const rows = rules.flatMap(({ id, severity, title }) => {
    const [first = '', ...rest] = wrapAfter(`${id.padEnd(widest)}  ${severity.padEnd(8)}  `, title, 80);
    return [first.replace(severity, paint(SEVERITY_STYLE[severity], severity)), ...rest];
  });
  return `${rows.join('\n')}\n`;
}
