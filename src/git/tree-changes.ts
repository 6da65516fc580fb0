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
  let change: RegExpExecArray | null = null;
  return {
    *take(chunk) {
      const words = (rest + chunk.toString('latin1')).split('\0');
      rest = words.pop() ?? '';
      for (const word of words) {
        if (change) {
          const [, before = '', after = '', status = '']: RegExpExecArray = change;
          if (commit === undefined || word === '') throw unreadable();
          if (before !== after)
            yield { commit, path: word, status, before: idOf(before), after: idOf(after) };
          change = null;
        } else if (OBJECT_ID.test(word)) commit = word;
        else {
          change = CHANGE.exec(word);
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
const CHANGE = /^:[0-7]{6} [0-7]{6} ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) ([ADMT])$/;
