// keyscan uninstall: takes keyscan's hooks out again and puts back what was there before.

import { ExitCode } from '../errors.ts';
import { openRepository } from '../git/questions.ts';
import { openUserConfig } from '../git/user-config.ts';
import { everywhere, uninstallEverywhere } from '../hooks/everywhere.ts';
import { uninstallHooks } from '../hooks/install.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { uninstalled } from './hook-words.ts';
import { orRefusal } from './refusal-words.ts';

/** Throws GitError where there is no repository. */
export async function run(options: Pick<Options, 'manager' | 'global'>, io: Io): Promise<ExitCode> {
  const repository = options.global ? undefined : await openRepository(io.cwd, io.env);
  return orRefusal(io, async () => {
    const outcome = repository
      ? await uninstallHooks(repository, options)
      : await uninstallEverywhere(everywhere(await openUserConfig(io.cwd, io.env), io.env));
    io.stdout.write(uninstalled(outcome, io.cwd));
    return ExitCode.clean;
  });
}
