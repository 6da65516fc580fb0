// The manual page man/keyscan.1, made from the tables of verbs and options (man(7), for groff and mandoc).

import { OPTIONS, type OptionName } from '../options.ts';
import { wrap } from '../report/wrap.ts';
import { EXIT_CODES, optionRow, usage } from './help.ts';
import { VERBS, type Verb } from './verbs.ts';

/** The text of the page. `version` is that of the package. */
export function manPage(version: string): string {
  const used = (Object.keys(OPTIONS) as OptionName[]).filter((name) =>
    VERBS.some(({ options }) => options.includes(name)),
  );
  return `${[
    '.\\" Made from the tables in src/ by: UPDATE_DOCS=1 npx jest test/package/documents',
    `.TH KEYSCAN 1 ${DATE} "keyscan ${version}" "User Commands"`,
    // Words to be copied are never divided, nor pulled apart.
    '.nh',
    '.ad l',
    '.SH NAME',
    'keyscan \\- keep OpenAI credentials out of git',
    '.SH SYNOPSIS',
    '.B keyscan',
    '.I command',
    '.RI [ options ]',
    '.SH DESCRIPTION',
    ...prose(
      'keyscan reads exactly what git is about to record, or what a push, a build or a folder holds, and fails when an ' +
        'OpenAI credential is in it. It says where the credential stands, what it is and what to do. It never prints one: ' +
        'a finding has its public prefix and its last four characters.',
    ),
    '.SH COMMANDS',
    ...VERBS.flatMap(verbSection),
    '.SH OPTIONS',
    ...prose('Each command takes those that are listed with it.'),
    ...used.flatMap((name) => tagged(...optionRow(name))),
    ...tagged('-h, --help', 'the help of keyscan or of a command'),
    ...tagged('-V, --version', 'the version'),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => tagged(code, meaning)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => tagged(name, meaning)),
    '.SH FILES',
    ...FILES.flatMap(([name, meaning]) => tagged(name, meaning)),
    '.SH SEE ALSO',
    '.BR git (1),',
    '.BR githooks (5)',
  ].join('\n')}\n`;
}

/** Of the version: the page changes with it, not with the calendar. */
const DATE = '2026-11-21';

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['CI', 'when set, keyscan without a command and a path does what keyscan ci does'],
  ['NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE', 'whether colours are used, unless --color says it'],
  ['GIT_DIR, GIT_INDEX_FILE and the other variables of git', 'mean what they mean to git'],
];

const FILES: readonly (readonly [string, string])[] = [
  ['.keyscan.json', 'the configuration, in the repository'],
  ['.keyscan-baseline', 'what is accepted already; it holds no credential'],
];

function verbSection(verb: Verb): string[] {
  const { summary, details, options, examples } = verb;
  return [
    `.SS ${quoted(literal(usage(verb)))}`,
    ...prose(`${summary[0]?.toUpperCase()}${summary.slice(1)}. ${details}`),
    ...(options.length === 0 ? [] : ['.PP', ...prose(`Options: ${options.map(shortRow).join(', ')}.`)]),
    ...examples.flatMap(([command, what]) => tagged(command, what)),
  ];
}

const shortRow = (name: OptionName): string =>
  optionRow(name)[0]
    .trim()
    .replace(/^-\w, /, '');

function tagged(name: string, meaning: string): string[] {
  return ['.TP', `.B ${quoted(literal(name.trim()))}`, ...prose(meaning)];
}

/** Lines of running text, as short as the formatters like them. */
const prose = (words: string): string[] =>
  wrap(
    escaped(words).replace(
      /(^|[^\w\\-])(-[\w-]+)/g,
      (_, before: string, option: string) => before + option.replaceAll('-', '\\-'),
    ),
    78,
  ).map(guarded);

/** What is typed as it stands: a hyphen is a minus sign, so that it can be copied. */
const literal = (words: string): string => guarded(escaped(words).replaceAll('-', '\\-'));

const escaped = (words: string): string =>
  words
    .replaceAll('\\', '\\e')
    .replaceAll('…', '...')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(
      /[^\n -~]/gu,
      (character) => `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`,
    );

/** A line that begins like a request is none. */
const guarded = (line: string): string => line.replace(/^(?=[.'])/, '\\&');

/** As the argument of a macro. */
const quoted = (word: string): string => `"${word.replaceAll('"', '\\(dq')}"`;
