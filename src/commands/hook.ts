// keyscan hook NAME: what the hooks that git runs do.

import { type ExitCode, UsageError } from '../errors.ts';
import type { Glance } from '../glance.ts';
import type { Io } from '../io.ts';
import { oneOf, type ScanOptions } from '../options.ts';
import { run as runStaged } from './staged.ts';

export interface HookOptions extends ScanOptions {
  /** The hook's name, then what git gave it. */
  readonly operands: readonly string[];
  /** Where git's answers were handed over. */
  readonly glanced?: Glance | undefined;
}

type Run = (options: HookOptions, io: Io) => Promise<ExitCode>;

/**
 * Those every commit waits for need nothing loaded. A merge without conflict runs pre-merge-commit only, and `git am`
 * pre-applypatch (reference/git-and-hooks.md §1.3); each finds in the index what is to be recorded.
 */
const HOOKS: Readonly<Record<string, () => Run | Promise<Run>>> = {
  'pre-commit': () => runIndex,
  'pre-merge-commit': () => runIndex,
  'pre-applypatch': () => runIndex,
  'commit-msg': async () => (await import('./commit-msg.ts')).run,
  'pre-push': async () => (await import('./pre-push.ts')).run,
  'pre-receive': async () => (await import('./pre-receive.ts')).run,
  'reference-transaction': async () => (await import('./reference-transaction.ts')).run,
};

/** Says nothing unless there is something to act on. Throws UsageError for a hook that keyscan does not know. */
export async function run(options: HookOptions, io: Io): Promise<ExitCode> {
  const [name = ''] = options.operands;
  const load = Object.hasOwn(HOOKS, name) ? HOOKS[name] : undefined;
  if (!load)
    throw new UsageError('keyscan has nothing to do in this hook', `it knows ${oneOf(Object.keys(HOOKS))}`);
  const runHook = await load();
  return runHook({ ...options, quiet: true }, io);
}

async function runIndex(options: HookOptions, io: Io): Promise<ExitCode> {
  const { operands, ...others } = options;
  // The pre-commit framework starts its hooks in every stage alike, and by hand. For a commit, git says which index.
  const isRelayed = io.env.PRE_COMMIT === '1' && io.env.GIT_INDEX_FILE === undefined;
  if (isRelayed && io.env.PRE_COMMIT_REMOTE_NAME !== undefined)
    return (await import('./pre-push.ts')).run({ ...options, operands: ['pre-push'] }, io);
  // `pre-commit run --all-files`, as builds do, with nothing staged: to be silent would be to call all of it clean.
  return runStaged({ ...others, orTracked: isRelayed }, io);
}
