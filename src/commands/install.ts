// keyscan install: makes git ask keyscan before it records a commit or a merge.

import { fileURLToPath } from 'node:url';
import { ExitCode } from '../errors.ts';
import { openRepository } from '../git/questions.ts';
import { installHooks, type ManagerChoice } from '../hooks/install.ts';
import { startOf } from '../hooks/start.ts';
import type { Io } from '../io.ts';
import { installed, orRefusal } from './hook-words.ts';

export interface InstallOptions {
  readonly operands?: readonly string[];
  /** Who runs the hooks; by default what is found. */
  readonly manager?: ManagerChoice;
}

/** Throws GitError where there is no repository. */
export async function run(options: InstallOptions, io: Io): Promise<ExitCode> {
  const repository = await openRepository(io.cwd, io.env);
  return orRefusal(io, async () => {
    const start = startOf(fileURLToPath(import.meta.url), repository.topLevel);
    const outcome = await installHooks(repository, options.manager ?? 'auto', start);
    io.stdout.write(installed(outcome, start, io.cwd));
    return ExitCode.clean;
  });
}
