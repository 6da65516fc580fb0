// Lists what a range of history is made of: `git rev-list` gives the ids of commits, trees, blobs and tags, never a patch.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { wholeLines } from './lines.ts';
import { OBJECT_ID } from './object-id.ts';
import { askGit, type Git, type GitProcess, startGit } from './process.ts';

/** What can be reached from some objects and not from others. */
export interface Range {
  /** Full object ids of commits, tags, trees or blobs. */
  readonly from: readonly string[];
  /** Full object ids that git has; what they reach is left out. */
  readonly without: readonly string[];
  /** Further arguments of git rev-list that name revisions, such as `--all`, or `--not --all`. */
  readonly also?: readonly string[];
}

export interface ListedObject {
  readonly oid: string;
  /**
   * One of the paths it stands at, from the top of its tree, cut at a line end; empty for commits, tags and the tops of
   * trees. Good enough to call something by, not to attribute it (reference/git-and-hooks.md R39).
   */
  readonly path: RawPath;
  /** Something refers to it and git does not have it. */
  readonly isMissing: boolean;
}

/**
 * Every object of the range once, some at a time: commits first, from the newest on. Throws GitError when git fails or
 * says anything else. An object that is missing is listed; a commit that is, makes git fail.
 */
export async function* listObjects(
  git: Git,
  range: Range,
): AsyncGenerator<readonly ListedObject[], void, undefined> {
  if (range.from.length === 0 && range.also === undefined) return;
  const child = startRevisions(git, range, ['--objects', '--missing=print']);
  try {
    let isEmpty = true;
    for await (const lines of wholeLines(child.stdout, MAX_LINE, unreadable)) {
      isEmpty = false;
      yield lines.map(objectOf);
    }
    await child.ended;
    if (isEmpty) await checkEmpty(git, range);
  } finally {
    child.kill();
  }
}

/** git lists nothing, too, when it could not write (its descriptor was closed): a number it has to say. */
async function checkEmpty(git: Git, range: Range): Promise<void> {
  const { words, input } = told(range);
  const said = await askGit(git, ['rev-list', '--objects', '--count', ...words], input);
  if (said.toString('latin1') !== '0\n')
    throw new GitError('git rev-list lists nothing, although there is something');
}

/** Starts `git rev-list` over the range. Throws GitError for what is no object id: git could take it for an option. */
export function startRevisions(git: Git, range: Range, args: readonly string[]): GitProcess {
  const { words, input } = told(range);
  const child = startGit(git, ['rev-list', ...args, ...words]);
  child.stdin.end(input);
  return child;
}

/** As arguments, which cannot get lost, unless there are too many. Without the rest of it, more would be scanned. */
function told({ from, without, also = [] }: Range): { words: string[]; input: string } {
  if (![...from, ...without].every((oid) => OBJECT_ID.test(oid))) throw new GitError('not an object id');
  const rest = [...from.slice(MOST_ARGUMENTS), ...without.map((oid) => `^${oid}`)];
  return {
    words: [...from.slice(0, MOST_ARGUMENTS), '--stdin', ...also],
    input: rest.map((line) => `${line}\n`).join(''),
  };
}

function objectOf(line: string): ListedObject {
  const isMissing = line.startsWith('?');
  const start = isMissing ? 1 : 0;
  const space = line.indexOf(' ');
  const oid = line.slice(start, space < 0 ? undefined : space);
  if (!OBJECT_ID.test(oid)) throw unreadable();
  return { oid, path: space < 0 ? '' : line.slice(space + 1), isMissing };
}

const unreadable = (): GitError => new GitError('the output of git rev-list is not what it should be');

/** Fits into one command line everywhere. */
export const MOST_ARGUMENTS = 300;
/** Longer than any path git can check out. */
const MAX_LINE = 1 << 20;
