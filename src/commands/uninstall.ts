// keyscan uninstall: takes keyscan's hooks out again and puts back what was there before.

import { ExitCode } from '../errors.ts';
import { openRepository } from '../git/questions.ts';
import { uninstallHooks } from '../hooks/install.ts';
import type { Io } from '../io.ts';
import { orRefusal, uninstalled } from './hook-words.ts';
import type { InstallOptions } from './install.ts';

/** Throws GitError where there is no repository. */
export async function run(options: InstallOptions, io: Io): Promise<ExitCode> {
  const repository = await openRepository(io.cwd, io.env);
  return orRefusal(io, async () => {
    const outcome = await uninstallHooks(repository, options.manager ?? 'auto');
    io.stdout.write(uninstalled(outcome, io.cwd));
    return ExitCode.clean;
  });
}
