// What the next commit builds on: HEAD, nothing yet, or the parents of a merge.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GitError, UsageError } from '../errors.ts';
import { askGit, doesGit, type Git } from '../git/process.ts';
import { listIndexChanges, type RawChange, type Side } from '../git/raw-diff.ts';
import type { RawPath } from '../model.ts';

/** For a HEAD that names no commit: the whole index when the branch is unborn. Throws GitError when HEAD is broken. */
export async function listFirstCommit(git: Git): Promise<RawChange[]> {
  // `HEAD` without `^{commit}` resolves even when the commit it names is missing (R5).
  if (await doesGit(git, ['rev-parse', '--quiet', '--verify', 'HEAD']))
    throw new GitError('HEAD names a commit that is missing', '', 'run `git fsck`');
  if (!(await doesGit(git, ['symbolic-ref', '--quiet', 'HEAD'])))
    throw new GitError('HEAD names neither a commit nor a branch', '', 'run `git fsck`');
  return listIndexChanges(git, await line(git, ['hash-object', '-t', 'tree', '--stdin']));
}

/**
 * For a listing that brings nothing in: an index that is not there looks just like that to git (R2, R31).
 * Throws UsageError when nothing can be staged, or when the index is gone.
 */
export async function checkNothingStaged(git: Git, deletions: number): Promise<void> {
  if ((await line(git, ['rev-parse', '--is-bare-repository'])) === 'true')
    throw new UsageError('this is a bare repository: it has no index, so nothing can be staged');
  const index = await line(git, ['rev-parse', '--git-path', 'index']);
  const isDue = deletions > 0 || git.env.GIT_INDEX_FILE !== undefined;
  if (isDue && !existsSync(resolve(git.cwd, index)))
    throw new UsageError(
      `the index file is missing: ${index}`,
      'run `git reset` to make it again from HEAD; what was staged must be added anew',
    );
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
  const ids = (await readFile(path, 'latin1')).split('\n').filter((id) => id !== '');
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
