// Reads the words of the command line by the table of options; yargs does the splitting.

import type { Argv } from 'yargs';
import { UsageError } from '../errors.ts';
import type { Shard } from '../model.ts';
import { nearest } from '../nearest.ts';
import {
  DEFAULT_OPTIONS,
  dashed,
  isChoice,
  isCount,
  isFlag,
  isList,
  isPart,
  isReportFiles,
  OPTIONS,
  type Option,
  type OptionName,
  type Options,
  oneOf,
  type ReportFile,
  reportFile,
  shardOf,
  spelled,
} from '../options.ts';
import { optionOf, VERBS } from './verbs.ts';

export interface Arguments {
  /** Everything that is not an option, in order. */
  readonly words: readonly string[];
  /** The first of them stands behind `--`: it is a path, whatever it is called. */
  readonly arePaths: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly given: ReadonlySet<OptionName>;
  readonly options: Options;
}

const NAMES = Object.keys(OPTIONS) as OptionName[];

/** Throws UsageError on an unknown option (naming the nearest one) and on a value the option cannot have. */
export async function readArguments(args: readonly string[]): Promise<Arguments> {
  // Loading yargs takes about as long as starting Node.
  if (!args.some((word) => word.startsWith('-')))
    return {
      words: args,
      arePaths: false,
      help: false,
      version: false,
      given: new Set(),
      options: DEFAULT_OPTIONS,
    };
  const { default: yargs } = await import('yargs');
  refuseFlagValues(args);
  const parsed = parse(yargs(), reworded(args));
  const known = new Set(['_', '--', '$0', 'help', 'version', ...NAMES.map(dashed)]);
  const unknown = Object.keys(parsed).find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownOption(parsed[unknown] === false ? `no-${unknown}` : unknown);
  const [before, behind] = [parsed._, parsed['--'] ?? []] as [readonly unknown[], readonly unknown[]];
  const words = [...before, ...behind].map(String);
  const verb = VERBS.find(({ name }) => name === words[0]);
  const given = NAMES.filter((name) => parsed[dashed(name)] !== undefined);
  return {
    words,
    arePaths: before.length === 0 && words[0] !== '-',
    help: parsed.help === true,
    version: parsed.version === true,
    given: new Set(given),
    options: {
      ...DEFAULT_OPTIONS,
      ...Object.fromEntries(
        given.map((name) => [name, checked(name, optionOf(name, verb), parsed[dashed(name)])]),
      ),
    },
  };
}

function parse(parser: Argv, args: readonly string[]): Readonly<Record<string, unknown>> {
  parser
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
      'populate--': true,
    })
    .help(false)
    .version(false)
    .exitProcess(false)
    .fail(false)
    .options({ help: { alias: 'h', type: 'boolean' }, version: { alias: 'V', type: 'boolean' } });
  for (const name of NAMES) {
    const option: Option = OPTIONS[name];
    parser.option(dashed(name), { alias: option.alias ?? [], type: isFlag(option) ? 'boolean' : 'string' });
  }
  try {
    return parser.parseSync([...args]);
  } catch {
    // yargs trips over options that are called like a property every object has (--constructor).
    throw new UsageError('there is no such option', 'See keyscan --help');
  }
}

/** yargs takes `-0` for a number, and does not take the `-` of `--output -` for a value, whatever it is told. */
function reworded(args: readonly string[]): string[] {
  const valued = NAMES.filter((name) => !isFlag(OPTIONS[name])).map(spelled);
  const words: string[] = [];
  for (const [at, word] of args.entries()) {
    if (word === '--') return [...words, ...args.slice(at)];
    const before = args[at - 1] ?? '';
    if (word === '-' && valued.includes(before)) words.splice(-1, 1, `${before}=-`);
    else words.push(word === '-0' ? spelled('null') : word);
  }
  return words;
}

/** yargs takes `--quiet=maybe` for `--no-quiet`. */
function refuseFlagValues(args: readonly string[]): void {
  const end = args.indexOf('--');
  for (const word of end < 0 ? args : args.slice(0, end)) {
    const name = /^--(?:no-)?([a-z-]+)=/.exec(word)?.[1];
    const flag = NAMES.some((each) => dashed(each) === name && isFlag(OPTIONS[each]));
    if (flag) throw new UsageError(`--${name} takes no value`);
  }
}

/** Of an option given twice the last one holds, unless it may be repeated. */
function checked(name: OptionName, option: Option, value: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (isReportFiles(option)) return values.map(checkedReport);
  if (isList(option)) return values.map((each) => checkedText(name, option, each));
  const last = values.at(-1);
  if (isPart(option)) return checkedShard(last);
  return isFlag(option) ? last : checkedText(name, option, last);
}

function checkedReport(value: unknown): ReportFile {
  const report = reportFile(String(value));
  if (report) return report;
  throw new UsageError(
    '--report needs FORMAT=FILE',
    `FORMAT is ${oneOf(OPTIONS.format.choices)}; what is printed is chosen by --format`,
  );
}

function checkedShard(value: unknown): Shard {
  const shard = shardOf(String(value));
  if (shard) return shard;
  throw new UsageError('--shard needs I/N', 'part I of N, counted from 1: --shard 1/4 to --shard 4/4');
}

/** The value is not repeated: people paste the wrong thing. */
function checkedText(name: OptionName, option: Option, value: unknown): string | number {
  if (typeof value === 'string' && value !== '') {
    if (isCount(option)) {
      if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
    } else if (!isChoice(option) || option.choices.includes(value)) return value;
  }
  throw new UsageError(`${spelled(name)} needs ${needed(option)}`);
}

function needed(option: Option): string {
  if (isChoice(option)) return oneOf(option.choices);
  if (isCount(option)) return 'a whole number from 1 on';
  return isFlag(option) ? 'no value' : `a ${option.value}`;
}

function unknownOption(name: string): UsageError {
  const given = name.length === 1 ? `-${name}` : `--${name}`;
  const near = nearest(given, ['--help', '--version', ...NAMES.map(spelled)]);
  const hint = near ? `Did you mean ${near}?` : 'See keyscan --help';
  return new UsageError(
    /^[a-z-]{1,20}$/i.test(name) ? `there is no option ${given}` : 'there is no such option',
    hint,
  );
}
