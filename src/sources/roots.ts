// The paths a user named, and what stands there.

import { lstatSync, type Stats, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { codeOf } from './system-error.ts';
import { kindOf } from './walk.ts';

export interface Root {
  readonly kind: 'file' | 'folder' | 'problem';
  /** What reports call it, and what stands before the names of all below it. */
  readonly shown: RawPath;
  readonly prefix: RawPath;
  /** Absolute. */
  readonly file: RawPath;
  /** Of a problem. */
  readonly reason: string;
}

/** `path` is literal and relative to `cwd`, which is absolute; links are followed. Throws UsageError when it is none. */
export function rootAt(path: RawPath, cwd: string): Root {
  if (path === '') throw new UsageError('one of the paths is empty', 'perhaps a variable is not set');
  if (path.includes('\0'))
    throw new UsageError('one of the paths holds a NUL byte', 'a list of them is read with --null');
  const file = slashed(resolve(rawPath(cwd), path));
  const shown = tidy(slashed(path));
  const prefix = shown === '.' ? '' : shown.replace(/\/?$/, '/');
  const [kind, reason] = look(file);
  return { kind, shown, prefix, file, reason };
}

export const rawPath = (text: string): RawPath => Buffer.from(text, 'utf8').toString('latin1');

/** Reports use slashes on every system. */
export const slashed = (path: RawPath): RawPath => (sep === '/' ? path : path.replaceAll(sep, '/'));

/** `./src/` is `src`, and `./` is `.`. */
function tidy(path: RawPath): RawPath {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end).replace(/^(?:\.\/+)+/, '') || '.';
}

function look(path: RawPath): readonly [kind: Root['kind'], reason: string] {
  const name = Buffer.from(path, 'latin1');
  try {
    const stats = statSync(name);
    if (stats.isDirectory()) return ['folder', ''];
    return stats.isFile() ? ['file', ''] : ['problem', oddReason(kindOf(stats))];
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return ['problem', `cannot be read (${code})`];
    return ['problem', isLink(name) ? 'is a link that leads nowhere' : MISSING];
  }
}

const MISSING = 'there is no such file or folder (a path is taken as it is, never as a pattern)';

export const oddReason = (what: string): string =>
  `is a ${what} and no file; keyscan - scans what comes out of one`;

function isLink(name: Buffer): boolean {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(name);
  } catch {
    return false;
  }
  return stats.isSymbolicLink();
}
