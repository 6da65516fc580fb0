// What can stand on the command line, as completion needs it: every option with what it takes, every verb with its words.

import {
  isChoice,
  isFlag,
  isReportFiles,
  OPTIONS,
  type Option,
  type OptionName,
  spelled,
} from '../../options.ts';
import { builtinRules } from '../../rules/builtin.ts';
import { optionOf, VERBS, type Verb } from '../verbs.ts';

/** `none`: a flag; `anything`: what only its user can know. */
export type Value = 'none' | 'anything' | 'files' | 'revisions' | ListedValue;
/** One of these, or with `files` one of these and "=" and a file. */
export interface ListedValue {
  readonly listed: readonly string[];
  readonly files: boolean;
}

export interface KnownOption {
  /** `--fail-on` */
  readonly long: string;
  /** `f`, for -f */
  readonly short?: string;
  readonly describe: string;
  readonly valueName: string;
  readonly value: Value;
  readonly isRepeatable: boolean;
}

export interface KnownVerb {
  /** Empty for files. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly KnownOption[];
  readonly words: 'none' | 'files' | 'revisions' | readonly string[];
  /** Whether more than one of those words may follow. */
  readonly hasMany: boolean;
}

export interface Vocabulary {
  readonly verbs: readonly KnownVerb[];
  /** Of all verbs. */
  readonly options: readonly KnownOption[];
}

export function vocabulary(): Vocabulary {
  const names = Object.keys(OPTIONS) as OptionName[];
  const used = names.filter((name) => VERBS.some(({ options }) => options.includes(name)));
  return { verbs: VERBS.map(knownVerb), options: used.map((name) => knownOption(name)) };
}

function knownVerb(verb: Verb): KnownVerb {
  const { name, summary, options, words, most = 0 } = verb;
  return {
    name,
    summary,
    options: [
      ...options.map((option) => knownOption(option, verb)),
      standing('--help', 'h', 'what it does, its options and examples'),
      ...(name === '' ? [standing('--version', 'V', 'the version')] : []),
    ],
    words: words === 'rules' ? builtinRules.map(({ id }) => id) : (words ?? 'none'),
    hasMany: most > 1 && typeof words === 'string',
  };
}

function knownOption(name: OptionName, verb?: Verb): KnownOption {
  const option = optionOf(name, verb);
  return {
    long: spelled(name),
    ...(option.alias ? { short: option.alias } : {}),
    describe: option.describe,
    valueName: isFlag(option) ? '' : option.value,
    value: whatTakes(option),
    isRepeatable: 'repeatable' in option,
  };
}

const standing = (long: string, short: string, describe: string): KnownOption => ({
  ...{ long, short, describe, valueName: '', value: 'none', isRepeatable: false },
});

function whatTakes(option: Option): Value {
  if (isFlag(option)) return 'none';
  if (isReportFiles(option)) return { listed: OPTIONS.format.choices, files: true };
  if (isChoice(option)) return { listed: option.choices, files: false };
  if (option.value === 'REVISION') return 'revisions';
  return option.value === 'FILE' || option.value === 'PATH' ? 'files' : 'anything';
}
