// What the next commit builds on: HEAD, nothing yet, or the parents of a merge.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GitError, UsageError } from '../errors.ts';
import { askGit, doesGit, type Git } from '../git/process.ts';
import type { RawChange, Side } from '../git/raw-diff.ts';
import type { RawPath } from '../model.ts';

/** For a HEAD that names no commit: the empty tree when the branch is unborn. Throws GitError when HEAD is broken. */
export async function unbornBase(git: Git): Promise<string> {
  // `HEAD` without `^{commit}` resolves even when the commit it names is missing (R5).
  const isNamed = await doesGit(git, ['rev-parse', '--quiet', '--verify', 'HEAD']);
  if (isNamed || !(await doesGit(git, ['symbolic-ref', '--quiet', 'HEAD'])))
    throw new GitError('HEAD names a commit that is missing', '', 'run `git fsck`');
  return emptyTree(git);
}

/** Its id depends on the hash function of the repository; git knows it without having it stored. */
export const emptyTree = (git: Git): Promise<string> => line(git, ['hash-object', '-t', 'tree', '--stdin']);

/**
 * For a listing that brings nothing in: git lists the same where there is no index (R2, R31), and nothing at all when
 * it could not write. Throws UsageError where nothing can be staged or the index is gone, GitError when git contradicts
 * its own listing.
 */
export async function checkNothingNew(git: Git, base: string, listed: number): Promise<void> {
  if ((await line(git, ['rev-parse', '--is-bare-repository'])) === 'true')
    throw new UsageError('this is a bare repository: it has no index, so nothing can be staged');
  const index = await line(git, ['rev-parse', '--git-path', 'index']);
  const isDue = listed > 0 || git.env.GIT_INDEX_FILE !== undefined;
  if (isDue && !existsSync(resolve(git.cwd, index)))
    throw new UsageError(
      `the index file is missing: ${index}`,
      'run `git reset` to make it again from HEAD; what was staged must be added anew',
    );
  const quiet = [
    'diff-index',
    '--cached',
    '--quiet',
    '--no-ext-diff',
    '--ignore-submodules=none',
    base,
    '--',
  ];
  if (listed === 0 && !(await doesGit(git, quiet)))
    throw new GitError('git diff-index lists nothing, although the index differs from HEAD');
}

/**
 * Commits other than HEAD the next one may build on: those a running `git merge` names in its environment (it has
 * not written MERGE_HEAD yet, R7), and those of a merge that stopped.
 */
export async function mergeCandidates(git: Git, hasMergeHead: boolean): Promise<string[]> {
  const running = Object.keys(git.env).flatMap(
    (name) => /^GITHEAD_([0-9a-f]{40,64})$/i.exec(name)?.[1] ?? [],
  );
  return [...new Set([...running, ...(hasMergeHead ? await stoppedMerge(git) : [])])];
}

/** All lines of MERGE_HEAD: as a revision it stands for the first one only. A branch may have that name too. */
async function stoppedMerge(git: Git): Promise<string[]> {
  const path = resolve(git.cwd, await line(git, ['rev-parse', '--git-path', 'MERGE_HEAD']));
  if (!existsSync(path)) return [];
  const ids = readFileSync(path, 'latin1')
    .split('\n')
    .filter((id) => id !== '');
  if (!ids.every((id) => /^[0-9a-f]{40,64}$/.test(id)))
    throw new GitError('MERGE_HEAD holds something else than commits');
  return ids;
}

/**
 * For each change against HEAD, the contents its path has in HEAD and in the merge parents; `others` holds the changes
 * against each of those. A path that is not among them is the same there as in the index.
 */
export function previousVersions(
  others: readonly (readonly RawChange[])[],
): (change: RawChange) => readonly string[] {
  const byPath = others.map(
    (changes) => new Map<RawPath, Side>(changes.map((change) => [change.path, change.old])),
  );
  return (change) => {
    const sides = [change.old, ...byPath.map((old) => old.get(change.path) ?? change.new)];
    return [
      ...new Set(sides.filter(({ mode }) => mode === 'file' || mode === 'symlink').map(({ oid }) => oid)),
    ];
  };
}

async function line(git: Git, args: readonly string[]): Promise<string> {
  return (await askGit(git, args)).toString('utf8').replace(/\r?\n$/, '');
}
