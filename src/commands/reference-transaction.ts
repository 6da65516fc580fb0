// keyscan hook reference-transaction STATE: scans what a change of a branch would bring into this repository, however it
// came about (reference/git-and-hooks.md R85).

import { ExitCode, UsageError } from '../errors.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import { openPolicy, workTree } from '../policy.ts';
import { parseUpdates } from '../sources/ref-updates.ts';
import type { HookOptions } from './hook.ts';
import { receivedRange } from './pre-receive.ts';
import { readInput, scanRange } from './scan-range.ts';

/** Only in the state `prepared` is everything there and can still be refused. Throws UsageError and GitError. */
export async function run({ operands: [, state], ...options }: HookOptions, io: Io): Promise<ExitCode> {
  if (state === undefined) throw new UsageError('this hook needs the state that git gives it');
  if (state !== 'prepared') return ExitCode.clean;
  const updates = parseUpdates(await readInput(io)).filter(({ name }) => isOwn(name));
  if (updates.every((update) => update.new === undefined)) return ExitCode.clean;
  const range = { ...receivedRange(updates), refs: [] };
  const policy = await openPolicy(options, workTree(io), io);
  return scanRange({ git: gitIn(io.cwd, io.env), range, policy }, options, io);
}

/** Branches and what is checked out. What a fetch brings is others' already, and in refs/remotes and refs/tags. */
const isOwn = (name: string): boolean => name === 'HEAD' || name.startsWith('refs/heads/');
