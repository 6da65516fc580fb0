// Everything below a folder that is in no repository.

import { type Dirent, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RawPath } from '../model.ts';
import { codeOf } from './system-error.ts';

export interface Walked {
  /** Regular files and links, from the folder; links are not followed. */
  readonly files: readonly RawPath[];
  readonly skipped: readonly LeftOut[];
  /** Folders that cannot be listed. */
  readonly problems: readonly LeftOut[];
}

export interface LeftOut {
  /** From the folder; empty for itself. */
  readonly path: RawPath;
  readonly reason: string;
}

/**
 * `folder` is absolute. A folder that cannot be listed is a problem and ends nothing. Repositories are folders like all
 * others, except for what git keeps about them (R73). Throws an Error when fast-glob gives other entries than there are.
 */
export async function walk(folder: RawPath): Promise<Walked> {
  const { default: fastGlob } = await import('fast-glob');
  const skipped: LeftOut[] = [];
  const problems: LeftOut[] = [];
  let listed = 0;

  // Where fast-glob thinks it is. It never sees a real name: as a pattern's subject, one that ends in a line end would
  // match nothing (seen with 3.3.3), and one that is not UTF-8 would lead nowhere.
  const top = resolve('/');
  const list = (shown: string): Dirent[] => {
    const path = hidden(shown.slice(top.length));
    const entries = entriesOf(path);
    const isStore = STORE.every((name) => entries.some((entry) => entry.name === name));
    return entries.filter((entry) => {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      const reason = reasonToSkip(entry, isStore);
      if (reason !== undefined) skipped.push({ path: inside, reason });
      else if (!entry.isDirectory()) listed += 1;
      entry.name = shownAs(entry.name);
      return reason === undefined;
    });
  };
  const entriesOf = (path: RawPath): Dirent[] => {
    try {
      const raw = Buffer.from(`${folder}/${path}`, 'latin1');
      return readdirSync(raw, { withFileTypes: true, encoding: 'latin1' });
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      problems.push({ path, reason: `cannot be listed (${code})` });
      return [];
    }
  };

  const files = fastGlob
    .sync('**', {
      cwd: top,
      dot: true,
      unique: false,
      onlyFiles: false,
      followSymbolicLinks: false,
      objectMode: true,
      // Asked for entries with their types only, never for mere names.
      fs: { readdirSync: (shown: string) => list(shown) as Dirent[] & string[] },
    })
    .filter(({ dirent }) => !dirent.isDirectory())
    .map(({ path }) => hidden(path));
  if (files.length !== listed) throw new Error('fast-glob does not give what it was given');
  return { files, skipped, problems };
}

/** What a folder holds in which git keeps objects, bare or not. */
const STORE: readonly string[] = ['HEAD', 'objects', 'refs'];

function reasonToSkip(entry: Dirent, isStore: boolean): string | undefined {
  if (entry.isDirectory()) {
    if (entry.name === '.git') return "git's own folder; keyscan history reads what it records";
    return isStore && entry.name === 'objects'
      ? 'compressed git objects; keyscan history reads them'
      : undefined;
  }
  if (entry.isFile() || entry.isSymbolicLink()) return undefined;
  return `${kindOf(entry)}, not scanned`;
}

/** Of an entry that is neither a regular file nor a link nor a folder. */
export function kindOf(entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): string {
  if (entry.isFIFO()) return 'named pipe';
  return entry.isSocket() ? 'socket' : 'device';
}

/** Bytes that could mean something to a pattern become characters beyond latin1, which mean nothing. */
const shownAs = (name: RawPath): string =>
  name.replace(/[^\w.-]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) + SHIFT));
const hidden = (path: string): RawPath =>
  path.replace(/[\u0100-\u01ff]/g, (character) => String.fromCharCode(character.charCodeAt(0) - SHIFT));
const SHIFT = 0x100;
