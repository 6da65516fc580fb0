// Every commit with its parents, parents before children and else by date, and where the files of each differ from its first parent's.

import { GitError } from '../errors.ts';
import { wholeLines } from './lines.ts';
import { OBJECT_ID } from './object-id.ts';
import { MOST_ARGUMENTS } from './object-list.ts';
import { type Git, startGit } from './process.ts';
import { openTreeChanges, TREE_CHANGES, type TreeChange } from './tree-changes.ts';

export interface Ancestry {
  readonly commit: string;
  readonly parents: readonly string[];
}

export interface Dated extends Ancestry {
  /** When it was committed, in seconds since 1970. */
  readonly time: number;
}

/** `revisions`: arguments of git rev-list, one `input` line each beside them. Throws GitError. */
export async function listAncestry(git: Git, revisions: readonly string[], input = ''): Promise<Dated[]> {
  const child = startGit(git, [
    'rev-list',
    '--date-order',
    '--reverse',
    '--parents',
    '--timestamp',
    '--stdin',
    ...revisions,
  ]);
  child.stdin.end(input);
  const commits: Dated[] = [];
  try {
    for await (const lines of wholeLines(child.stdout, LONGEST, unreadable))
      for (const line of lines) {
        const words = line.split(' ');
        const [time = '', commit = ''] = words;
        if (!/^\d+$/.test(time) || !OBJECT_ID.test(commit)) throw unreadable();
        commits.push({ commit, time: Number(time), parents: words.slice(2) });
      }
    await child.ended;
    return commits;
  } finally {
    child.kill();
  }
}

/**
 * Only commits that differ are given, in the order of `commits`, some changes at a time. `oids`: the objects that matter; undefined: all.
 * Throws GitError when git fails or says anything else.
 */
export async function* listChanges(
  git: Git,
  commits: readonly Ancestry[],
  oids: readonly string[] | undefined,
): AsyncGenerator<readonly TreeChange[], void, undefined> {
  const only = oids && oids.length <= MOST_ARGUMENTS ? oids : [];
  const child = startGit(git, [...TREE_CHANGES, ...only.map((oid) => `--find-object=${oid}`)]);
  // The first parent named makes git leave the others out (git-diff-tree(1), --stdin).
  for (let at = 0; at < commits.length; at += LINES)
    child.stdin.write(
      commits
        .slice(at, at + LINES)
        .map(({ commit, parents: [first] }) => (first ? `${commit} ${first}\n` : `${commit}\n`))
        .join(''),
    );
  child.stdin.end();
  try {
    const changes = openTreeChanges();
    for await (const chunk of child.stdout) yield [...changes.take(chunk)];
    changes.end();
    await child.ended;
  } finally {
    child.kill();
  }
}

const LINES = 1000;
/** Characters: no commit has so many parents. */
const LONGEST = 1 << 24;
const unreadable = (): GitError => new GitError('the output of git rev-list is not what it should be');
