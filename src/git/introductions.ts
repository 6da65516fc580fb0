// Which commits of a range brought an object to a path: `git rev-list` into `git diff-tree --stdin`, raw and streamed.

import type { RawPath } from '../model.ts';
import { type Range, startRevisions } from './object-list.ts';
import { type Git, type GitProcess, startGit } from './process.ts';
import { openTreeChanges, TREE_CHANGES } from './tree-changes.ts';

/** Compared with one parent: a merge commit has as many of them for a path as it has parents that differ there. */
export interface Introduction {
  readonly commit: string;
  readonly oid: string;
  readonly path: RawPath;
  /** The path was not there before. */
  readonly isNew: boolean;
}

/**
 * From the newest commit to the oldest, children before their parents. `oids` are the objects to look for; when left
 * out, everything is given. Throws GitError when git fails or says anything else.
 */
export async function* listIntroductions(
  git: Git,
  range: Range,
  oids: readonly string[] | undefined,
): AsyncGenerator<Introduction, void, undefined> {
  const commits = startRevisions(git, range, ['--topo-order']);
  const changes = startGit(git, [
    ...TREE_CHANGES,
    '-m',
    ...(oids ?? []).map((oid) => `--find-object=${oid}`),
  ]);
  const passed = passOn(commits, changes);
  passed.catch(() => undefined);
  try {
    yield* parseIntroductions(changes.stdout);
    await changes.ended;
    await passed;
    await commits.ended;
  } finally {
    changes.kill();
    commits.kill();
  }
}

async function passOn({ stdout }: GitProcess, { stdin }: GitProcess): Promise<void> {
  for await (const chunk of stdout) stdin.write(chunk.toString('latin1'));
  stdin.end();
}

/** Throws GitError on anything that git does not say. */
export async function* parseIntroductions(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Introduction, void, undefined> {
  const changes = openTreeChanges();
  for await (const chunk of chunks)
    for (const { commit, path, status, after } of changes.take(chunk))
      if (status !== 'D' && after !== undefined) yield { commit, oid: after, path, isNew: status === 'A' };
  changes.end();
}
