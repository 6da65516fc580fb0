// keyscan completion SHELL: prints the script, made from the tables of verbs and options.

import { print } from '../../commands/print.ts';
import { ExitCode, UsageError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { oneOf } from '../../options.ts';
import { SHELLS, type Shell } from './shells.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

export async function run(
  { operands: [word] }: { readonly operands: readonly string[] },
  io: Io,
): Promise<ExitCode> {
  const shell = SHELLS.find((each) => each === word);
  if (!shell) throw new UsageError(`there is completion for ${oneOf(SHELLS)}`);
  const write = await WRITERS[shell]();
  await print(io.stdout, write(vocabulary()));
  return ExitCode.clean;
}

const WRITERS: Readonly<Record<Shell, () => Promise<(words: Vocabulary) => string>>> = {
  bash: async () => (await import('./bash.ts')).bashCompletion,
  zsh: async () => (await import('./zsh.ts')).zshCompletion,
  fish: async () => (await import('./fish.ts')).fishCompletion,
};
