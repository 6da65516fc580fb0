// keyscan hook NAME: what the hooks that git runs do.

import { type ExitCode, UsageError } from '../errors.ts';
import { HANDED_OVER } from '../git/handed-over.ts';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { run as runStaged } from './staged.ts';

export interface HookOptions extends ScanOptions {
  /** The hook's name, then what git gave it. */
  readonly operands: readonly string[];
}

/** Says nothing unless there is something to act on. Throws UsageError for a hook that keyscan does not know. */
export async function run({ operands: [name, ...args], ...options }: HookOptions, io: Io): Promise<ExitCode> {
  if (!STAGED_HOOKS.includes(name))
    throw new UsageError('keyscan has nothing to do in this hook', `it knows ${STAGED_HOOKS.join(' and ')}`);
  return runStaged({ ...options, quiet: true, isHandedOver: args[0] === HANDED_OVER }, io);
}

/** A merge without conflict runs the second one only (reference/git-and-hooks.md §1.3). */
const STAGED_HOOKS: readonly (string | undefined)[] = ['pre-commit', 'pre-merge-commit'];
