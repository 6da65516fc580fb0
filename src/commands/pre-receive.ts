// keyscan hook pre-receive: scans what a push brings to this repository, before it is let in.

import type { ExitCode } from '../errors.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import type { RangeOptions } from '../sources/objects.ts';
import { parseUpdates, type RefUpdate } from '../sources/ref-updates.ts';
import type { HookOptions } from './hook.ts';
import { readInput, scanRange } from './scan-range.ts';

/** The objects are still in quarantine, to which git's variables lead (R91). Throws UsageError and GitError. */
export async function run({ operands: _, ...options }: HookOptions, io: Io): Promise<ExitCode> {
  const git = gitIn(io.cwd, io.env);
  const range = receivedRange(parseUpdates(await readInput(io)));
  return scanRange({ git, range, tree: undefined }, options, io);
}

/** What the new references reach and no reference of the repository did. */
export function receivedRange(updates: readonly RefUpdate[]): RangeOptions {
  const fresh = updates.flatMap((update) => (update.new === undefined ? [] : { ...update, oid: update.new }));
  return {
    mode: 'receive',
    shown: fresh.map(({ old, oid }) => (old === undefined ? oid : `${old}..${oid}`)).join(' ') || null,
    range: { from: [...new Set(fresh.map(({ oid }) => oid))], without: [], also: ['--not', '--all'] },
    refs: fresh,
    // The server may be a shallow clone; what it is given is here.
    allowShallow: true,
  };
}
