// keyscan install: makes git ask keyscan before it records a commit or a merge, and before it pushes.

import { fileURLToPath } from 'node:url';
import { ExitCode } from '../errors.ts';
import { openRepository } from '../git/questions.ts';
import { openUserConfig } from '../git/user-config.ts';
import { everywhere, installEverywhere } from '../hooks/everywhere.ts';
import { installHooks } from '../hooks/install.ts';
import { startOf } from '../hooks/start.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { installed } from './hook-words.ts';
import { orRefusal } from './refusal-words.ts';

/** Throws GitError where there is no repository. */
export async function run(
  options: Pick<Options, 'manager' | 'strict' | 'global'>,
  io: Io,
): Promise<ExitCode> {
  const module = fileURLToPath(import.meta.url);
  const repository = options.global ? undefined : await openRepository(io.cwd, io.env);
  return orRefusal(io, async () => {
    const start = startOf(module, repository?.topLevel ?? null);
    const outcome = repository
      ? await installHooks(repository, options, start)
      : await installEverywhere(
          everywhere(await openUserConfig(io.cwd, io.env), io.env),
          start,
          options.strict,
        );
    io.stdout.write(installed(outcome, start, io.cwd));
    return ExitCode.clean;
  });
}
