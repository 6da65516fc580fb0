// Every option of the command line, said once: parser, types, help and the README's table are made from this.

import type { Confidence, Shard } from './model.ts';

interface OptionText {
  readonly alias?: string;
  /** What help says; the choices and the default are added to it. */
  readonly describe: string;
}

/** On or off, and off unless given; with `negated`, on unless `--no-…` is given. */
interface Flag extends OptionText {
  readonly negated?: true;
}

/** `value` is what help calls it. */
interface Choice<C extends string> extends OptionText {
  readonly value: string;
  readonly choices: readonly C[];
  readonly default: C;
}

/** A configuration may say it, too: so it is undefined unless it was given. */
interface ConfiguredChoice<C extends string> extends Choice<C> {
  readonly configured: true;
}

interface Text extends OptionText {
  readonly value: string;
}

/** May be given more than once. */
interface List extends Text {
  readonly repeatable: true;
}

/** A report that goes to a file of its own. */
export interface ReportFile {
  readonly format: Format;
  /** As it was given. */
  readonly file: string;
}

/** `FORMAT=FILE`, may be given more than once. */
interface ReportFiles extends List {
  readonly names: 'report files';
}

/** A whole number from 1 on. */
interface Count extends Text {
  readonly counts: true;
}

/** `I/N` */
interface Part extends Text {
  readonly parts: true;
}

export type Option = Flag | Choice<string> | Text | List | ReportFiles | Count | Part;

/** How a report can be written; src/report/formats.ts says of each what it is for. */
const FORMATS = [
  'human',
  'json',
  'jsonl',
  'sarif',
  'github',
  'gitlab',
  'codequality',
  'junit',
  'html',
] as const;
export type Format = (typeof FORMATS)[number];

const choice = <C extends string>(option: Choice<C>): Choice<C> => option;

/** Keys are the names in the code; on the command line `failOn` is `--fail-on`. Help shows them in this order. */
export const OPTIONS = {
  format: choice<Format>({
    alias: 'f',
    value: 'FORMAT',
    choices: FORMATS,
    default: 'human',
    describe: 'how the report is written',
  }),
  output: { alias: 'o', value: 'FILE', describe: 'write the report to FILE, "-" is standard output' } as Text,
  failOn: {
    value: 'LEVEL',
    // From the surest on: each includes those before it.
    choices: ['certain', 'likely', 'possible'],
    default: 'likely',
    configured: true,
    describe: 'the least sure finding that counts',
  } as ConfiguredChoice<Confidence>,
  exitZero: { describe: 'findings do not change the exit code; errors do' } as Flag,
  report: {
    value: 'FORMAT=FILE',
    repeatable: true,
    names: 'report files',
    describe: 'also write a report to FILE; may be repeated',
  } as ReportFiles,
  config: { value: 'FILE', describe: 'use this configuration instead of the .keyscan.json found' } as Text,
  baseline: { value: 'FILE', describe: 'the file of what is accepted (.keyscan-baseline)' } as Text,
  inlineIgnore: { negated: true, describe: 'comments like keyscan:ignore do not count' } as Flag,
  honor: {
    value: 'TOOLS',
    describe: "heed other tools' comments, too: gitleaks,trufflehog,detect-secrets",
  } as Text,
  jobs: {
    value: 'N',
    counts: true,
    describe: 'files read at once, for slow disks (1 if not said); threads of history (cores, at most 4)',
  } as Count,
  allowShallow: { describe: 'a shallow clone is enough: scan what is there' } as Flag,
  includeIgnored: { describe: 'files git ignores, too' } as Flag,
  filesFrom: {
    value: 'FILE',
    describe: 'scan the paths listed in FILE, one a line; "-" is standard input',
  } as Text,
  null: { alias: '0', describe: 'the paths of --files-from end in NUL' } as Flag,
  shard: {
    value: 'I/N',
    parts: true,
    describe: 'only part I of N of the objects, for a run on several machines (see keyscan merge)',
  } as Part,
  since: {
    value: 'DATE',
    describe: 'only commits after this, as git reads dates; a day counts whole',
  } as Text,
  cache: { negated: true, describe: 'read everything again, and remember nothing' } as Flag,
  base: { value: 'REVISION', describe: 'what was there before; the commits since are scanned' } as Text,
  head: { value: 'REVISION', describe: 'the last commit to scan' } as Text,
  strict: { describe: 'also guard every change of a branch (hook reference-transaction)' } as Flag,
  global: { describe: 'for every repository of this user' } as Flag,
  reason: { value: 'TEXT', describe: 'why; kept with the entry' } as Text,
  expires: { value: 'DATE', describe: 'until when, as YYYY-MM-DD' } as Text,
  for: { value: 'PATH', describe: 'what holds for this file' } as Text,
  manager: choice({
    value: 'NAME',
    choices: ['auto', 'git', 'husky', 'lefthook', 'pre-commit'],
    default: 'auto',
    describe: 'who runs the hooks; auto finds out',
  }),
  stdinFilename: { value: 'NAME', describe: 'what to call the input in the report' } as Text,
  color: choice({
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    describe: 'colours; auto heeds NO_COLOR and FORCE_COLOR',
  }),
  quiet: { alias: 'q', describe: 'say nothing when there is nothing to act on' } as Flag,
  verbose: { alias: 'v', describe: 'also list what was skipped or ignored, and why' } as Flag,
  progress: { negated: true, describe: 'no progress display' } as Flag,
} as const;

export type OptionName = keyof typeof OPTIONS;

type ValueOf<O> =
  O extends ConfiguredChoice<infer C>
    ? C | undefined
    : O extends { readonly choices: readonly (infer C)[] }
      ? C
      : O extends ReportFiles
        ? readonly ReportFile[]
        : O extends List
          ? readonly string[]
          : O extends Count
            ? number | undefined
            : O extends Part
              ? Shard | undefined
              : O extends Text
                ? string | undefined
                : boolean;

/** What a command gets, complete: the parser fills in every default. */
export type Options = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> };

/** Options common to the scanning commands. */
export type ScanOptions = Pick<Options, (typeof SCANNING)[number]>;
export type ColorChoice = Options['color'];

export const DEFAULT_OPTIONS: Options = {
  format: OPTIONS.format.default,
  output: undefined,
  failOn: undefined,
  exitZero: false,
  report: [],
  config: undefined,
  baseline: undefined,
  inlineIgnore: true,
  honor: undefined,
  jobs: undefined,
  allowShallow: false,
  includeIgnored: false,
  filesFrom: undefined,
  null: false,
  shard: undefined,
  since: undefined,
  cache: true,
  base: undefined,
  head: undefined,
  strict: false,
  global: false,
  reason: undefined,
  expires: undefined,
  for: undefined,
  manager: OPTIONS.manager.default,
  stdinFilename: undefined,
  color: OPTIONS.color.default,
  quiet: false,
  verbose: false,
  progress: true,
};

export const DEFAULT_SCAN_OPTIONS: ScanOptions = DEFAULT_OPTIONS;

/** CONTRACT §3: what every scanning command takes, in the order of the table. */
export const SCANNING = [
  'format',
  'output',
  'report',
  'failOn',
  'exitZero',
  'config',
  'baseline',
  'inlineIgnore',
  'honor',
  'jobs',
  'allowShallow',
  'color',
  'quiet',
  'verbose',
  'progress',
] as const satisfies readonly OptionName[];

export const isChoice = (option: Option): option is Choice<string> => 'choices' in option;
export const isReportFiles = (option: Option): option is ReportFiles => 'names' in option;
export const isList = (option: Option): option is List => 'repeatable' in option;
export const isCount = (option: Option): option is Count => 'counts' in option;
export const isPart = (option: Option): option is Part => 'parts' in option;
export const isFlag = (option: Option): option is Flag => !('value' in option);

/** `FORMAT=FILE`, read; `undefined` when it is none. Standard output is no file. */
export function reportFile(word: string): ReportFile | undefined {
  const at = word.indexOf('=');
  const format = FORMATS.find((each) => each === word.slice(0, Math.max(0, at)));
  const file = word.slice(at + 1);
  return format === undefined || file === '' || file === '-' ? undefined : { format, file };
}

/** `I/N`, read: I of 1 to N. `undefined` when it is none. */
export function shardOf(word: string): Shard | undefined {
  const [, index, count] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(word) ?? []).map(Number);
  return index !== undefined && count !== undefined && index <= count ? { index, count } : undefined;
}

/** As people write it: `failOn` is `fail-on`. */
export function dashed(name: OptionName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `--fail-on`, and `--no-progress` for what can only be turned off. */
export function spelled(name: OptionName): string {
  const option: Option = OPTIONS[name];
  return `--${isFlag(option) && option.negated ? 'no-' : ''}${dashed(name)}`;
}

/** `human or json` */
export function oneOf(choices: readonly string[]): string {
  return choices.join(', ').replace(/, ([^,]*)$/, ' or $1');
}
