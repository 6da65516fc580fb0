// The command line: words in, one verb run, an exit code out.

import { resolve } from 'node:path';
import { type Arguments, readArguments } from './cli/arguments.ts';
import { generalHelp, verbHelp } from './cli/help.ts';
import { nearest } from './cli/nearest.ts';
import { COMING, VERBS, type Verb } from './cli/verbs.ts';
import { print } from './commands/print.ts';
import { ExitCode, UsageError } from './errors.ts';
import type { Io } from './io.ts';
import { DEFAULT_OPTIONS, type Options, spelled } from './options.ts';
import { version } from './version.ts';

/** Throws UsageError when the words make no sense; the caller prints it. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const hook = VERBS.find((verb) => verb.name === 'hook');
  // What git hands to a hook (a URL, a file name) is never an option.
  if (hook && args[0] === 'hook' && args[1] !== undefined && !args[1].startsWith('-'))
    return (await hook.load()).run({ ...DEFAULT_OPTIONS, operands: args.slice(1) }, io);
  const read = await readArguments(args);
  const [name, ...operands] = read.words;
  if (read.version) return say(`${version}\n`, io);
  if (read.help) return say(name === undefined ? generalHelp() : verbHelp(verbOf(name)), io);
  if (name === undefined) throw new UsageError('say what to do', LIST);
  const verb = verbOf(name);
  checkWords(verb, operands, read);
  checkFiles(read.options, io.cwd);
  return (await verb.load()).run({ ...read.options, operands }, io);
}

function verbOf(name: string): Verb {
  const verb = VERBS.find((each) => each.name === name);
  if (verb) return verb;
  if (COMING.includes(name)) throw new UsageError(`${name} is not available yet in this version`, LIST);
  if (!/^[a-z-]{1,20}$/.test(name))
    throw new UsageError('scanning files is not available yet in this version', LIST);
  const near = nearest(name, [...VERBS.map((each) => each.name), ...COMING]);
  throw new UsageError(`there is no command ${name}`, near ? `Did you mean keyscan ${near}?` : LIST);
}

const LIST = 'keyscan --help lists the commands';

/** Words that make no sense are not repeated: one of them may be a credential. */
function checkWords(verb: Verb, operands: readonly string[], { given }: Arguments): void {
  const hint = `See keyscan ${verb.name} --help`;
  const foreign = [...given].find((name) => !verb.options.includes(name));
  if (foreign !== undefined) throw new UsageError(`${verb.name} has no option ${spelled(foreign)}`, hint);
  if (operands.length < (verb.fewest ?? 0)) throw new UsageError(`${verb.name} needs ${verb.operands}`, hint);
  if (operands.length > (verb.most ?? 0))
    throw new UsageError(
      `${verb.name} takes ${verb.operands ? `only ${verb.operands}` : 'no further words'}`,
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
