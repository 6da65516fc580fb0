// What `git diff-tree --stdin` says of commit after commit, raw: which object a path had before and has after.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { OBJECT_ID } from './object-id.ts';

export interface TreeChange {
  readonly commit: string;
  readonly path: RawPath;
  /** As git calls it: A added, D deleted, M modified, T of another type. */
  readonly status: string;
  /** Ids of the object before and after; undefined where there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The arguments of git it is read from; object ids to look for, and `-m`, may follow. */
export const TREE_CHANGES: readonly string[] = [
  ...['diff-tree', '--stdin', '-r', '--root', '--raw', '-z', '--no-abbrev', '--no-renames'],
  ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=none'],
];

export interface TreeChangeReader {
  /** A change of the mode alone is not given. Throws GitError on anything that git does not say. */
  take(chunk: Buffer): Generator<TreeChange, void, undefined>;
  /** To be called after the last chunk. Throws GitError when it broke off. */
  end(): void;
}

/** Reads `<commit>NUL` and then `:<mode> <mode> <oid> <oid> <status>NUL<path>NUL`…, in chunks of any size. */
export function openTreeChanges(): TreeChangeReader {
  let rest = '';
  let commit: string | undefined;
  let change: Change | undefined;
  return {
    *take(chunk) {
      const text = rest + chunk.toString('latin1');
      const end = text.lastIndexOf('\0') + 1;
      rest = text.slice(end);
      if (end === 0) return;
      for (const word of text.slice(0, end - 1).split('\0')) {
        if (change) {
          const { before, after, status }: Change = change;
          if (commit === undefined || word === '') throw unreadable();
          if (before !== after)
            yield { commit, path: word, status, before: idOf(before), after: idOf(after) };
          change = undefined;
        } else if (OBJECT_ID.test(word)) commit = word;
        else {
          change = CHANGE.exec(word)?.groups as Change | undefined;
          if (!change) throw unreadable();
        }
      }
    },
    end() {
      if (rest !== '' || change) throw unreadable();
    },
  };
}

const idOf = (oid: string): string | undefined => (/^0+$/.test(oid) ? undefined : oid);
const unreadable = (): GitError => new GitError('the output of git diff-tree is not what it should be');
const CHANGE =
  /^:[0-7]{6} [0-7]{6} (?<before>[0-9a-f]{40}|[0-9a-f]{64}) (?<after>[0-9a-f]{40}|[0-9a-f]{64}) (?<status>[ADMT])$/;

/** What `CHANGE` takes apart. */
interface Change {
  readonly before: string;
  readonly after: string;
  readonly status: string;
}
