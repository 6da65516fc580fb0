// Every option of the command line, said once: parser, types, help and the README's table are made from this.

import type { Confidence } from './model.ts';

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

interface Text extends OptionText {
  readonly value: string;
}

export type Option = Flag | Choice<string> | Text;

const choice = <C extends string>(option: Choice<C>): Choice<C> => option;

/** Keys are the names in the code; on the command line `failOn` is `--fail-on`. Help shows them in this order. */
export const OPTIONS = {
  format: choice({
    alias: 'f',
    value: 'FORMAT',
    choices: ['human', 'json'],
    default: 'human',
    describe: 'how the report is written',
  }),
  output: { alias: 'o', value: 'FILE', describe: 'write the report to FILE, "-" is standard output' } as Text,
  failOn: choice<Confidence>({
    value: 'LEVEL',
    // From the surest on: each includes those before it.
    choices: ['certain', 'likely', 'possible'],
    default: 'likely',
    describe: 'the least sure finding that counts',
  }),
  exitZero: { describe: 'findings do not change the exit code; errors do' } as Flag,
  manager: choice({
    value: 'NAME',
    choices: ['auto', 'git', 'husky'],
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

type ValueOf<O> = O extends { readonly choices: readonly (infer C)[] }
  ? C
  : O extends Text
    ? string | undefined
    : boolean;

/** What a command gets, complete: the parser fills in every default. */
export type Options = { readonly [Name in OptionName]: ValueOf<(typeof OPTIONS)[Name]> };

/** Options common to the scanning commands. */
export type ScanOptions = Omit<Options, 'stdinFilename' | 'manager'>;
export type Format = Options['format'];
export type ColorChoice = Options['color'];

export const DEFAULT_OPTIONS: Options = {
  format: OPTIONS.format.default,
  output: undefined,
  failOn: OPTIONS.failOn.default,
  exitZero: false,
  manager: OPTIONS.manager.default,
  stdinFilename: undefined,
  color: OPTIONS.color.default,
  quiet: false,
  verbose: false,
  progress: true,
};

export const DEFAULT_SCAN_OPTIONS: ScanOptions = DEFAULT_OPTIONS;

export const isChoice = (option: Option): option is Choice<string> => 'choices' in option;
export const isFlag = (option: Option): option is Flag => !('value' in option);

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
