// Reads what `git diff-index --cached --raw -z` prints: which objects the index holds that another tree does not.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { askGit, type Git } from './process.ts';

export type EntryMode = 'absent' | 'file' | 'symlink' | 'gitlink';

export interface Side {
  readonly mode: EntryMode;
  readonly oid: string;
}

export interface RawChange {
  readonly status: 'A' | 'D' | 'M' | 'T' | 'U';
  readonly old: Side;
  readonly new: Side;
  readonly path: RawPath;
}

/** Where the index differs from a tree. `base` is an object id or revision. Throws GitError. */
export async function listIndexChanges(git: Git, base: string): Promise<RawChange[]> {
  return parseRawDiff(await askGit(git, [...INDEX_LISTING, '-z', base, '--']));
}

/** No pathspec (R4), no filter and no renames (R11): every entry arrives with its final object id. */
export const INDEX_LISTING: readonly string[] = [
  ...['diff-index', '--cached', '--raw', '--no-abbrev', '--no-renames'],
  ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=none'],
];

/** Reads `:<mode> <mode> <oid> <oid> <status>NUL<path>NUL`…; whatever else it meets is a GitError, never left out. */
export function parseRawDiff(output: Buffer): RawChange[] {
  const text = output.toString('latin1');
  const changes: RawChange[] = [];
  let end = 0;
  for (const match of text.matchAll(ENTRY)) {
    changes.push(changeOf(match as unknown as EntryMatch));
    end += match[0].length;
  }
  if (end !== text.length || !changes.every(isSound))
    throw new GitError('the output of git diff-index is not what it should be');
  return changes;
}

/** Each entry starts where the one before it has ended. */
const ENTRY =
  /:(000000|100644|100755|100664|120000|160000) (000000|100644|100755|100664|120000|160000) ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) ([ADMTU])\0([^\0]+)\0/gy;

type EntryMatch = readonly [
  entry: string,
  oldMode: string,
  newMode: string,
  oldOid: string,
  newOid: string,
  status: RawChange['status'],
  path: RawPath,
];

function changeOf([, oldMode, newMode, oldOid, newOid, status, path]: EntryMatch): RawChange {
  return {
    status,
    old: { mode: modeOf(oldMode), oid: oldOid },
    new: { mode: modeOf(newMode), oid: newOid },
    path,
  };
}

function modeOf(digits: string): EntryMode {
  if (digits === '000000') return 'absent';
  if (digits === '120000') return 'symlink';
  // 100644, 100755, and 100664, which early versions of git wrote.
  return digits === '160000' ? 'gitlink' : 'file';
}

/** An all-zero id must never reach cat-file, which would call it missing (R10). */
function isSound({ status, old, new: fresh }: RawChange): boolean {
  if (old.oid.length !== fresh.oid.length) return false;
  const isGone = fresh.mode === 'absent' && isZero(fresh.oid);
  if (status === 'U') return isGone;
  if (status === 'D') return isGone && isThere(old);
  return isThere(fresh) && (status === 'A' ? old.mode === 'absent' && isZero(old.oid) : isThere(old));
}

const isThere = ({ mode, oid }: Side): boolean => mode !== 'absent' && !isZero(oid);
const isZero = (oid: string): boolean => /^0+$/.test(oid);
