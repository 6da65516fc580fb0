// The command line: words in, one verb run, an exit code out.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Arguments, readArguments } from './cli/arguments.ts';
import { generalHelp, verbHelp } from './cli/help.ts';
import { FILES, VERBS, type Verb } from './cli/verbs.ts';
import { print } from './commands/print.ts';
import { ExitCode, UsageError } from './errors.ts';
import { repositoryAround } from './git/around.ts';
import type { Io } from './io.ts';
import { nearest } from './nearest.ts';
import { DEFAULT_OPTIONS, type Options, spelled } from './options.ts';
import { version } from './version.ts';

/** Throws UsageError when the words make no sense; the caller prints it. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const hook = named('hook');
  // What git hands to a hook (a URL, a file name) is never an option.
  if (hook && args[0] === 'hook' && args[1] !== undefined && !args[1].startsWith('-'))
    return (await hook.load()).run({ ...DEFAULT_OPTIONS, operands: args.slice(1) }, io);
  const read = await readArguments(args);
  const [word] = read.words;
  if (read.version) return say(`${version}\n`, io);
  if (read.help) return say(word === undefined ? generalHelp() : verbHelp(verbOf(word, io)), io);
  const verb = verbFor(read, io);
  const operands = verb.name === word && word !== '' ? read.words.slice(1) : read.words;
  checkWords(verb, operands, read);
  checkFiles(read.options, io.cwd);
  return (await verb.load()).run({ ...read.options, operands }, io);
}

function verbFor(read: Arguments, io: Io): Verb {
  const [word] = read.words;
  if (word === undefined) return verbOfNoWord(read, io);
  return read.arePaths ? FILES : verbOf(word, io);
}

/** A word that is no command is a path, unless it looks like a mistyped command and nothing of that name is there. */
function verbOf(word: string, io: Io): Verb {
  const verb = named(word);
  if (verb) return verb;
  if (!/^[a-z-]{1,20}$/.test(word) || existsSync(resolve(io.cwd, word))) return FILES;
  const near = nearest(
    word,
    VERBS.map((each) => each.name),
  );
  throw new UsageError(
    `there is no command ${word}, nor a file or folder`,
    near ? `Did you mean keyscan ${near}?` : LIST,
  );
}

/** CONTRACT §1: in CI the change, elsewhere the files. */
function verbOfNoWord({ given }: Arguments, io: Io): Verb {
  const ci = named('ci');
  const isBuild = !['', 'false', '0'].includes(io.env.CI ?? '');
  return ci && isBuild && !given.has('filesFrom') && repositoryAround(io.cwd) !== undefined ? ci : FILES;
}

const named = (name: string): Verb | undefined => VERBS.find((verb) => verb.name === name);

const LIST = 'keyscan --help lists the commands';

/** Words that make no sense are not repeated: one of them may be a credential. */
function checkWords(verb: Verb, operands: readonly string[], { given }: Arguments): void {
  const called = verb.name || 'keyscan PATH';
  const hint = `See keyscan ${verb.name || '.'} --help`;
  const foreign = [...given].find((name) => !verb.options.includes(name));
  if (foreign !== undefined) throw new UsageError(`${called} has no option ${spelled(foreign)}`, hint);
  if (operands.length < (verb.fewest ?? 0)) throw new UsageError(`${called} needs ${verb.operands}`, hint);
  if (operands.length > (verb.most ?? 0))
    throw new UsageError(
      `${called} takes ${verb.operands ? `only ${verb.operands}` : 'no further words'}`,
      hint,
    );
}

/** One report would replace the other. */
function checkFiles({ output, report }: Options, cwd: string): void {
  const named = output === undefined || output === '-' ? [] : [output];
  const files = [...named, ...report.map(({ file }) => file)].map((file) => resolve(cwd, file));
  if (new Set(files).size < files.length)
    throw new UsageError('two reports would go to one file', 'give each a file of its own');
}

async function say(text: string, io: Io): Promise<ExitCode> {
  await print(io.stdout, text);
  return ExitCode.clean;
}
