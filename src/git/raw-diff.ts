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
  // No pathspec (R4), no filter and no renames (R11): every entry arrives with its final object id.
  const format = ['--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const where = ['--ignore-submodules=none', base, '--'];
  return parseRawDiff(await askGit(git, ['diff-index', '--cached', ...format, ...where]));
}

/** Reads `:<mode> <mode> <oid> <oid> <status>NUL<path>NUL`…; whatever else it meets is a GitError, never left out. */
export function parseRawDiff(output: Buffer): RawChange[] {
  const fields = output.toString('latin1').split('\0');
  if (fields.pop() !== '') throw unreadable('is cut off');
  if (fields.length % 2 !== 0) throw unreadable('is cut off');
  const changes: RawChange[] = [];
  for (let i = 0; i < fields.length; i += 2) changes.push(parseChange(fields[i] ?? '', fields[i + 1] ?? ''));
  return changes;
}

const HEADER = /^:(\d{6}) (\d{6}) ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) ([ADMTU])$/;

function parseChange(header: string, path: RawPath): RawChange {
  const [, oldMode = '', newMode = '', oldOid = '', newOid = '', status = ''] = HEADER.exec(header) ?? [];
  const change: RawChange = {
    status: status as RawChange['status'],
    old: { mode: modeOf(oldMode), oid: oldOid },
    new: { mode: modeOf(newMode), oid: newOid },
    path,
  };
  if (path === '' || oldOid.length !== newOid.length || !isSound(change))
    throw unreadable('holds an unknown entry');
  return change;
}

/** An all-zero id must never reach cat-file, which would call it missing (R10). */
function isSound({ status, old, new: fresh }: RawChange): boolean {
  const isGone = fresh.mode === 'absent' && isZero(fresh.oid);
  if (status === 'U') return isGone;
  if (status === 'D') return isGone && isThere(old);
  return isThere(fresh) && (status === 'A' ? old.mode === 'absent' && isZero(old.oid) : isThere(old));
}

const isThere = ({ mode, oid }: Side): boolean => mode !== 'absent' && !isZero(oid);
const isZero = (oid: string): boolean => /^0+$/.test(oid);

function modeOf(digits: string): EntryMode {
  const mode = MODES.get(digits);
  if (mode === undefined) throw unreadable('holds an unknown entry');
  return mode;
}

const MODES: ReadonlyMap<string, EntryMode> = new Map([
  ['000000', 'absent'],
  ['100644', 'file'],
  ['100755', 'file'],
  // Written by early versions of git, and still read by all.
  ['100664', 'file'],
  ['120000', 'symlink'],
  ['160000', 'gitlink'],
]);

const unreadable = (how: string): GitError => new GitError(`the output of git diff-index ${how}`);
