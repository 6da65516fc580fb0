// The help texts, made from the tables of verbs and options; at most 80 columns wide.

import { isChoice, isFlag, type OptionName, oneOf, spelled } from '../options.ts';
import { wrap, wrapAfter } from '../report/wrap.ts';
import { optionOf, VERBS, type Verb } from './verbs.ts';

const WIDTH = 80;

export function generalHelp(): string {
  return page([
    [
      'keyscan keeps OpenAI credentials out of git: it reads what git is about to record and refuses the commit.',
    ],
    ['Usage: keyscan COMMAND [options]'],
    section(
      'Commands',
      VERBS.map(({ name, operands, summary }) => [[name, operands].filter(Boolean).join(' '), summary]),
    ),
    section('Options', [
      ['-h, --help', 'this text; after a command: its options and examples'],
      ['-V, --version', 'the version'],
    ]),
    section('Examples', [
      ['keyscan install', 'from now on git asks keyscan before every commit'],
      ['keyscan staged', 'look now, without committing'],
      ['keyscan staged --help', 'more about one command'],
    ]),
    section('Exit codes', EXIT_CODES),
  ]);
}

export function verbHelp(verb: Verb): string {
  return page([
    [`Usage: ${usage(verb)}`],
    [verb.details],
    section('Options', [...verb.options.map((name) => optionRow(name, verb)), ['-h, --help', 'this text']]),
    section('Examples', verb.examples),
  ]);
}

export function usage({ name, operands, options }: Verb): string {
  return ['keyscan', name, operands, options.length > 0 ? '[options]' : undefined].filter(Boolean).join(' ');
}

export const EXIT_CODES: readonly Row[] = [
  ['0', 'everything was looked at, and nothing counts'],
  ['1', 'something was found that counts (see --fail-on)'],
  ['2', 'not everything could be looked at, or keyscan was called wrongly'],
];

type Row = readonly [left: string, right: string];

/** `-f, --format FORMAT` and what it does; the README's table is compared with this. */
export function optionRow(name: OptionName, verb?: Verb): Row {
  const option = optionOf(name, verb);
  const alias = option.alias ? `-${option.alias}, ` : '    ';
  const value = isFlag(option) ? '' : ` ${option.value}`;
  const choices = isChoice(option) ? `: ${oneOf(option.choices)} (${option.default})` : '';
  return [`${alias}${spelled(name)}${value}`, option.describe + choices];
}

/** Two columns when the left one is short enough throughout, otherwise the explanation below each row. */
function section(title: string, rows: readonly Row[]): string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  const besides = widest <= 38;
  return [
    title,
    ...rows.flatMap(([left, right]) =>
      besides
        ? wrapAfter(`  ${left.padEnd(widest)}  `, right, WIDTH)
        : [`  ${left}`, ...wrap(right, WIDTH, '      ')],
    ),
  ];
}

/** Paragraphs apart; a paragraph of one long line is wrapped. */
function page(paragraphs: readonly (readonly string[])[]): string {
  const lines = paragraphs.map((lines) =>
    (lines.length === 1 ? wrap(lines[0] ?? '', WIDTH) : lines).join('\n'),
  );
  return `${lines.join('\n\n')}\n`;
}
