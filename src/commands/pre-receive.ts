// keyscan hook pre-receive: scans what a push brings to this repository, before it is let in.

import { trustedPolicy } from '../ci/trusted-policy.ts';
import type { ExitCode } from '../errors.ts';
import { commitFiles } from '../git/commit-files.ts';
import { type ObjectReader, openObjects } from '../git/objects.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import { openPolicy } from '../policy.ts';
import type { RangeOptions } from '../sources/objects.ts';
import { parseUpdates, type RefUpdate } from '../sources/ref-updates.ts';
import type { HookOptions } from './hook.ts';
import { readInput, scanRange } from './scan-range.ts';

/**
 * The objects are still in quarantine, to which git's variables lead (R91). What counts is decided by the main branch as it
 * is before the push: whoever pushes a key would else bring the permission along. Throws UsageError and GitError.
 */
export async function run({ operands: _, ...options }: HookOptions, io: Io): Promise<ExitCode> {
  const git = gitIn(io.cwd, io.env);
  const range = receivedRange(parseUpdates(await readInput(io)));
  const objects = openObjects(git);
  try {
    const files = commitFiles(git, objects, await mainBranch(objects));
    const before = await openPolicy(options, files, io);
    const { judge } = trustedPolicy({ before, files, own: async () => before });
    return await scanRange({ git, range, policy: { ...before, judge } }, options, io);
  } finally {
    await objects.close();
  }
}

/** The commit HEAD stands for; undefined in a repository that has none yet. */
async function mainBranch(objects: ObjectReader): Promise<string | undefined> {
  let commit: string | undefined;
  for await (const [, object] of objects.read(['HEAD^{commit}'])) commit = object?.oid;
  return commit;
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
