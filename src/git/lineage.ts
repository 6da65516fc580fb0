// Every commit with its parents, parents before children and else by date, and where the files of each differ from its first parent's.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { MOST_ARGUMENTS } from './object-list.ts';
import { type Git, startGit } from './process.ts';

export interface Ancestry {
  readonly commit: string;
  readonly parents: readonly string[];
}

/** At one path: the object before and after; undefined where there is none. */
export interface Change {
  readonly path: RawPath;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** `revisions`: arguments of git rev-list, one `input` line each beside them. Throws GitError. */
export async function listAncestry(git: Git, revisions: readonly string[], input = ''): Promise<Ancestry[]> {
  const child = startGit(git, [
    'rev-list',
    '--date-order',
    '--reverse',
    '--parents',
    '--stdin',
    ...revisions,
  ]);
  child.stdin.end(input);
  const commits: Ancestry[] = [];
  try {
    let rest = '';
    for await (const chunk of child.stdout) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [commit = '', ...parents] = line.split(' ');
        if (!OID.test(commit)) throw new GitError('the output of git rev-list is not what it should be');
        commits.push({ commit, parents });
      }
    }
    await child.ended;
    if (rest !== '') throw new GitError('the output of git rev-list is not what it should be');
    return commits;
  } finally {
    child.kill();
  }
}

/**
 * Only commits that differ are given, in the order of `commits`. `oids`: the objects that matter; undefined: all.
 * Throws GitError when git fails or says anything else.
 */
export async function* listChanges(
  git: Git,
  commits: readonly Ancestry[],
  oids: readonly string[] | undefined,
): AsyncGenerator<readonly [commit: string, change: Change], void, undefined> {
  const only = oids && oids.length <= MOST_ARGUMENTS ? oids : [];
  const child = startGit(git, [
    ...['diff-tree', '--stdin', '-r', '--root', '--raw', '-z', '--no-abbrev', '--no-renames'],
    ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=none'],
    ...only.map((oid) => `--find-object=${oid}`),
  ]);
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
    let rest = '';
    let commit: string | undefined;
    let change: RegExpExecArray | null = null;
    for await (const chunk of child.stdout) {
      const words = (rest + chunk.toString('latin1')).split('\0');
      rest = words.pop() ?? '';
      for (const word of words) {
        if (change) {
          if (commit === undefined || word === '') throw unreadable();
          const [, before = '', after = ''] = change;
          if (before !== after) yield [commit, { path: word, before: idOf(before), after: idOf(after) }];
          change = null;
        } else if (OID.test(word)) commit = word;
        else {
          change = CHANGE.exec(word);
          if (!change) throw unreadable();
        }
      }
    }
    if (rest !== '' || change) throw unreadable();
    await child.ended;
  } finally {
    child.kill();
  }
}

const idOf = (oid: string): string | undefined => (/^0+$/.test(oid) ? undefined : oid);
const unreadable = (): GitError => new GitError('the output of git diff-tree is not what it should be');
const LINES = 1000;
const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const CHANGE = /^:[0-7]{6} [0-7]{6} ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) [ADMT]$/;
