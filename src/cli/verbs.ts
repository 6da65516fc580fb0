// Every verb of the command line, said once: dispatch, help and the README's table are made from this.

import type { ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import {
  type Format,
  OPTIONS,
  type Option,
  type OptionName,
  type Options,
  oneOf,
  SCANNING,
} from '../options.ts';
import { SHELLS } from './completion/shells.ts';

/** Every option, complete, and the words that follow the verb. */
export interface Invocation extends Options {
  readonly operands: readonly string[];
}

/** The listed ones, the first only. */
export type Words = 'files' | 'revisions' | 'rules' | readonly string[];

export interface Verb {
  /** Empty for the one that is called by its operands alone. */
  readonly name: string;
  /** The words that may follow, as help shows them. */
  readonly operands?: string;
  readonly fewest?: number;
  /** Most words that may follow; left out: none. */
  readonly most?: number;
  /** What those words can be, for completion; left out: anything. */
  readonly words?: Words;
  readonly summary: string;
  readonly details: string;
  readonly options: readonly OptionName[];
  /** Those of --format it has; left out: all. */
  readonly formats?: readonly Format[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  load(): Promise<{ run(invocation: Invocation, io: Io): Promise<ExitCode> }>;
}

/** As this verb takes it; without one, as all others do. */
export function optionOf(name: OptionName, verb?: Verb): Option {
  return name === 'format' && verb?.formats ? { ...OPTIONS.format, choices: verb.formats } : OPTIONS[name];
}

export const FILES: Verb = {
  name: '',
  operands: '[PATH…]',
  most: Number.POSITIVE_INFINITY,
  words: 'files',
  summary: 'scan files: those given, and those below the folders given',
  details:
    'Without a PATH it is the folder you are in. In a repository, what counts below a folder is all that git tracks and ' +
    'all that it does not ignore, submodules and repositories within it included; anywhere else it is everything. A file ' +
    'that is given is always scanned. A PATH is taken as it is, never as a pattern; one that is called like a command is ' +
    'given as ./staged, or behind --. A link that is given is followed; any other counts as the text that git would record of it. ' +
    'Nothing to scan below a folder is an error.',
  options: [...SCANNING, 'includeIgnored', 'filesFrom', 'null'],
  examples: [
    ['keyscan .', 'the folder you are in'],
    ['keyscan src .env', 'a folder, and a file that git ignores'],
    ['git diff --name-only --diff-filter=d -z main | keyscan --files-from - -0', 'the files a command lists'],
  ],
  load: () => import('../commands/files.ts'),
};

/** The other formats are for findings. */
const ABOUT_ITSELF: readonly Format[] = ['human', 'json'];

export const VERBS: readonly Verb[] = [
  {
    name: 'staged',
    summary: 'scan exactly what the next commit would record',
    details:
      'Reads what is in the index, as git would write it, and never the files of the work tree: a key that is staged ' +
      'is found even when the file has been cleaned since, and the other way round.',
    options: SCANNING,
    examples: [
      ['keyscan staged', 'before you commit'],
      ['keyscan staged --format json --output report.json', 'for a program, into a file only you can read'],
      ['keyscan staged --fail-on possible', 'let weaker signs count too'],
    ],
    load: () => import('../commands/staged.ts'),
  },
  FILES,
  {
    name: '-',
    summary: 'scan standard input',
    details:
      'Reads to the end of the input, in any encoding and of any size. Input that is closed, or the null device, is an ' +
      'error: nothing was handed over.',
    options: [...SCANNING, 'stdinFilename'],
    examples: [
      ['git diff | keyscan -', 'what has changed and is not staged'],
      ['keyscan - --stdin-filename app.log < app.log', 'name the input in the report'],
      ['docker logs web 2>&1 | keyscan - --quiet', 'silent unless something is found'],
    ],
    load: () => import('../commands/stdin.ts'),
  },
  {
    name: 'history',
    operands: '[REVISION…]',
    most: Number.POSITIVE_INFINITY,
    summary: 'scan every object of the repository, and tell the story of each key',
    details:
      'Reads every object once: all branches and tags, stashes, notes, what only a reflog leads to, the index, and what ' +
      'nothing leads to any more; files, messages and names. Says of each key who brought it and when, what still holds ' +
      'it, whether it has left this machine, and what to do. With a REVISION (A..B, main) or --since it is what those ' +
      'commits bring. What was read and holds nothing is remembered below the git directory (as ids, nothing else), so that ' +
      'the next run reads only what is new.',
    options: [...SCANNING, 'since', 'shard', 'cache'],
    examples: [
      ['keyscan history', 'the whole repository'],
      ['keyscan history origin/main..', 'what you have not pushed'],
      ['keyscan history -f html -o keyscan.html', 'the stories as a page'],
    ],
    load: () => import('../commands/history.ts'),
  },
  {
    name: 'ci',
    summary: 'scan what a CI build is about: its new commits, and the files at its head',
    details:
      'Takes the range from the variables of the CI service and prints it. Needs a clone with the whole history of the ' +
      'change. Configuration, baseline and ignore comments count as they were before the change, so that no change can ' +
      'allow its own key.',
    options: [...SCANNING, 'base', 'head'],
    examples: [
      ['keyscan ci', 'in the script of a build'],
      ['keyscan ci --base origin/main', 'on your own machine, or where no variable names the base'],
    ],
    load: () => import('../commands/ci.ts'),
  },
  {
    name: 'merge',
    operands: 'FILE…',
    fewest: 1,
    most: Number.POSITIVE_INFINITY,
    words: 'files',
    summary: 'put the JSON reports of several runs together, in any format',
    details:
      'Each FILE is what a run with --format json has written. Parts of one run (--shard I/N) become what one run would ' +
      'have reported, with its exit code; a part that is missing, broken, there twice or of another run makes it 2, with ' +
      'all that was found printed. Reports of whole runs are of several repositories: their paths then begin with what ' +
      'tells the files apart. One FILE alone is written again in another format.',
    options: ['format', 'output', 'report', 'failOn', 'exitZero', 'color', 'quiet', 'verbose'],
    examples: [
      ['keyscan merge part-*.json', 'what the parts came to'],
      ['keyscan merge reports/*.json -f html -o keyscan.html', 'many repositories, as a page'],
    ],
    load: () => import('../commands/merge.ts'),
  },
  {
    name: 'hook',
    operands: 'NAME [args…]',
    fewest: 1,
    most: Number.POSITIVE_INFINITY,
    words: [
      ...['pre-commit', 'pre-merge-commit', 'pre-applypatch', 'commit-msg', 'pre-push', 'pre-receive'],
      'reference-transaction',
    ],
    summary: 'what git runs; you rarely need to',
    details:
      'Does what the hook of that name does: pre-commit, pre-merge-commit and pre-applypatch look at what is staged, ' +
      'commit-msg at the message, pre-push at what would be published, pre-receive (on a server) at what arrives, ' +
      'reference-transaction at what a branch would be given. Silent when there is nothing to say.',
    options: [],
    examples: [
      ['keyscan hook pre-commit', 'in a hook script of your own'],
      ['keyscan hook pre-push "$@"', 'the same; git says on standard input what is pushed'],
      ['git hook run pre-commit', 'run the installed hook without a commit (git 2.36)'],
    ],
    load: () => import('../commands/hook.ts'),
  },
  {
    name: 'install',
    summary: 'make git ask keyscan before every commit, merge and push',
    details:
      'Sets the hooks pre-commit, pre-merge-commit and pre-push where git looks for them, or adds lines to the files of ' +
      'husky, lefthook or pre-commit. A hook that is there keeps running; installing twice changes nothing.',
    options: ['manager', 'strict', 'global'],
    examples: [
      ['keyscan install', 'in any folder of the repository'],
      ['keyscan install --global', 'every repository of yours, also those to come'],
      ['keyscan install --strict', 'also rebase, cherry-pick, am and commit --no-verify'],
      ['git commit --no-verify', 'one commit without any hook'],
    ],
    load: () => import('../commands/install.ts'),
  },
  {
    name: 'uninstall',
    summary: 'take the hooks out again, byte for byte as it was',
    details: 'Removes what install has set and puts an earlier hook back.',
    options: ['manager', 'global'],
    examples: [
      ['keyscan uninstall', 'in any folder of the repository'],
      ['keyscan uninstall --manager husky', 'only the lines in the scripts of husky'],
      ['keyscan uninstall --global', 'what install --global has set'],
    ],
    load: () => import('../commands/uninstall.ts'),
  },
  {
    name: 'doctor',
    summary: 'prove with a test key that the hooks refuse it, or say why not',
    details:
      'Runs the hooks git would run, with a key that was never issued in an index of its own, and without it. Everything ' +
      'in those hooks runs, tests too. Exit code 0: all is proven; 1: the gate does not hold; 2: that could not be found out.',
    options: ['format', 'color', 'progress'],
    formats: ABOUT_ITSELF,
    examples: [
      ['keyscan doctor', 'in any folder of the repository'],
      ['keyscan doctor --format json', 'for a program: each finding has a code'],
    ],
    load: () => import('../commands/doctor.ts'),
  },
  {
    name: 'config',
    summary: 'what the configuration says, and which file says it',
    details:
      'Shows every value that holds for the folder you are in, or for a file: of single values the one that wins, of lists ' +
      'all there is. docs/configuration.md explains the file .keyscan.json.',
    options: ['for', 'config', 'format', 'color'],
    formats: ABOUT_ITSELF,
    examples: [
      ['keyscan config', 'what holds here'],
      ['keyscan config --for test/fixtures/key.txt', 'what holds for one file, and which patterns match it'],
      ['keyscan config --format json', 'for a program'],
    ],
    load: () => import('../commands/config.ts'),
  },
  {
    name: 'baseline',
    operands: '[PATH…]',
    most: Number.POSITIVE_INFINITY,
    words: 'files',
    summary: 'accept every credential that is in the files now',
    details:
      'Scans the files as keyscan does without a command, and writes what counts into .keyscan-baseline at the top of ' +
      'the repository: one line for each credential, by a salted hash. From then on only what is not in it counts. Review ' +
      'it like code; revoke what it holds, and take the line out.',
    options: ['reason', 'expires', 'baseline', 'config', 'failOn', 'includeIgnored', 'quiet', 'progress'],
    examples: [
      ['keyscan baseline --reason "old, revoked in May"', 'begin with a repository that has old findings'],
      ['keyscan baseline test --expires 2027-01-31', 'only what is below test, for a time'],
    ],
    load: () => import('../commands/baseline.ts'),
  },
  {
    name: 'ignore',
    operands: 'FINGERPRINT',
    fewest: 1,
    most: 1,
    summary: 'accept one credential, wherever it stands',
    details:
      'Adds one line to .keyscan-baseline, with the reason. Every finding shows its fingerprint. Doing it again changes ' +
      'the reason and the last day.',
    options: ['reason', 'expires', 'baseline', 'config'],
    examples: [
      ['keyscan ignore FINGERPRINT --reason "revoked"', 'the fingerprint is in the report'],
      ['keyscan ignore FINGERPRINT --reason "demo" --expires 2027-01-31', 'until that day'],
    ],
    load: () => import('../commands/ignore.ts'),
  },
  {
    name: 'rules',
    operands: '[ID]',
    most: 1,
    words: 'rules',
    summary: 'what is looked for; with an ID: its formats, advice and sources',
    details: 'Lists every rule, or explains one.',
    options: ['format', 'color'],
    formats: ABOUT_ITSELF,
    examples: [
      ['keyscan rules', 'the list'],
      ['keyscan rules openai-project-key', 'what the key looks like and how to revoke it'],
      ['keyscan rules --format json', 'for a program'],
    ],
    load: () => import('../commands/rules.ts'),
  },
  {
    name: 'completion',
    operands: 'SHELL',
    fewest: 1,
    most: 1,
    words: SHELLS,
    summary: `print what makes ${oneOf(SHELLS)} complete the words of keyscan`,
    details:
      'For the command keyscan in PATH. Write the script to where the shell looks for it, or read it in when the shell ' +
      'starts. It starts nothing but git, for the names of branches and tags.',
    options: [],
    examples: [
      ['source <(keyscan completion bash)', 'in ~/.bashrc'],
      ['source <(keyscan completion zsh)', 'in ~/.zshrc, after compinit'],
      ['keyscan completion fish >~/.config/fish/completions/keyscan.fish', 'once'],
    ],
    load: () => import('./completion/completion.ts'),
  },
];
