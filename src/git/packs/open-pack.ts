// A pack and its index. What cannot be read, or is not as it should be, is left to git.

import { readFile } from 'node:fs/promises';
import { type Entries, readEntries } from './entries.ts';
import { PackError } from './pack-error.ts';
import { openPackFile, type PackFile } from './pack-file.ts';
import { type PackIndex, readPackIndex } from './pack-index.ts';
import { findPacks } from './store.ts';

export interface IndexedPack {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly index: PackIndex;
}

/** All that can be read of a repository, the largest first. `objects`: where its objects lie. */
export async function indexedPacks(objects: string): Promise<readonly IndexedPack[]> {
  const packs: IndexedPack[] = [];
  for (const { path, size } of await findPacks(objects)) {
    const index = await openIndex(path);
    if (index !== undefined) packs.push({ path, size, index });
  }
  return packs;
}

/** Undefined when there is none that can be read. `path`: of the pack. */
export async function openIndex(path: string): Promise<PackIndex | undefined> {
  const content = await readFile(path.replace(/\.pack$/, '.idx')).catch(() => undefined);
  return (
    content &&
    withPack(path, (file) => {
      const index = readPackIndex(content, file.read(Math.max(0, file.size - TRAILER), file.size), file.size);
      const head = file.read(0, HEAD);
      const isPack = head.toString('latin1', 0, 4) === 'PACK' && VERSIONS.includes(head.readUInt32BE(4));
      if (!isPack || head.readUInt32BE(8) !== index.count) throw new PackError('a pack of another version');
      return index;
    })
  );
}

/** Undefined when the pack cannot be read. */
export function openEntries(path: string, index: PackIndex): Entries | undefined {
  return withPack(path, (file) => readEntries(index, file));
}

/** Undefined when the file cannot be read, or is not as it should be. */
export function withPack<T>(path: string, read: (file: PackFile) => T): T | undefined {
  try {
    const file = openPackFile(path);
    try {
      return read(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof PackError || isOfSystem(error)) return undefined;
    throw error;
  }
}

const isOfSystem = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'syscall' in error;

/** Bytes: a signature, the version, and how many objects there are. */
const HEAD = 12;
const VERSIONS = [2, 3];
/** Bytes of the longest checksum. */
const TRAILER = 32;
