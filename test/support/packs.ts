// Packs made by hand, byte for byte (gitformat-pack(5)), and what the reader of packs makes of any.

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { familiesOf } from '../../src/git/packs/families.ts';
import { openEntries, openIndex, withPack } from '../../src/git/packs/open-pack.ts';
import { openUnpacker } from '../../src/git/packs/unpack.ts';
import type { WorkTree } from './repository.ts';

export interface GitObject {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: readonly string[] = ['', 'commit', 'tree', 'blob', 'tag'];

/** What our reader can read of a pack, by id. */
export async function readPack(path: string): Promise<Map<string, GitObject>> {
  const read = new Map<string, GitObject>();
  const index = await openIndex(path);
  const entries = index && openEntries(path, index);
  if (index === undefined || entries === undefined) return read;
  const ids = Array.from({ length: index.count }, (_, each) =>
    index.ids.bytes.toString('hex', each * index.ids.length, (each + 1) * index.ids.length),
  );
  const idAt = new Map(ids.map((id, each) => [index.places[each], id]));
  const families = familiesOf(entries, () => true);
  withPack(path, (file) => {
    const unpack = openUnpacker({ entries, families, file }, 1, ({ place, type, bytes, base }) => {
      const id = idAt.get(place) ?? '';
      if (read.has(id)) throw new Error(`${id} was visited twice`);
      if (base >= 0 && !read.has(idAt.get(base) ?? '')) throw new Error(`${id} was visited before its base`);
      read.set(id, { type: TYPES[type] ?? '', bytes: Buffer.from(bytes) });
    });
    for (let place = 0; place < entries.count; place += 1) if (families.roots[place] === 1) unpack(place);
  });
  return read;
}

/** Every object, as git prints it. */
export function printedObjects(tree: WorkTree): Map<string, GitObject> {
  const printed = new Map<string, GitObject>();
  const all = tree.bytes(['cat-file', '--batch-all-objects', '--batch']);
  for (let at = 0; at < all.length; ) {
    const end = all.indexOf(10, at);
    const [id = '', type = '', size = ''] = all.toString('latin1', at, end).split(' ');
    printed.set(id, { type, bytes: all.subarray(end + 1, end + 1 + Number(size)) });
    at = end + 2 + Number(size);
  }
  return printed;
}

/** The paths of all packs. */
export function packsOf(tree: WorkTree): string[] {
  const folder = resolve(tree.path, tree.git('rev-parse', '--git-path', 'objects/pack'));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pack'))
    .map((name) => join(folder, name));
}

/** An object of a pack that is made by hand. */
export interface Entry extends GitObject {
  /** Stands for its type and what it is a delta of; `start`: where in the pack it begins. */
  readonly head?: (start: number, size: number) => Buffer;
  /** What is kept of it, when that is not all of it. */
  readonly kept?: Buffer;
}

export const object = (type: string, content: string | Uint8Array): Entry => ({
  type,
  bytes: Buffer.from(content),
});

/** `made`: what comes of it; `back`: bytes from its own start to that of its base. */
export const deltaOf = (
  made: Entry,
  delta: readonly number[] | Buffer,
  back: (start: number) => number,
): Entry => ({
  ...made,
  kept: Buffer.from(delta),
  head: (start, size) => Buffer.concat([headOf(6, size), distance(back(start))]),
});

export const deltaOfId = (made: Entry, delta: readonly number[] | Buffer, base: Entry): Entry => ({
  ...made,
  kept: Buffer.from(delta),
  head: (_, size) => Buffer.concat([headOf(7, size), Buffer.from(idOf(base), 'hex')]),
});

export const idOf = ({ type, bytes }: GitObject): string =>
  createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');

/** Writes pack and index into a repository of SHA-1; the path of the pack. */
export function writePack(tree: WorkTree, entries: readonly Entry[]): string {
  const pieces: Buffer[] = [Buffer.from('PACK'), numbers(2, entries.length)];
  let size = 12;
  const placed = entries.map((entry) => {
    const { type, bytes, kept = bytes, head } = entry;
    const start = size;
    const its = Buffer.concat([
      head?.(start, kept.length) ?? headOf(TYPES.indexOf(type), kept.length),
      deflateSync(kept),
    ]);
    pieces.push(its);
    size += its.length;
    return { id: Buffer.from(idOf(entry), 'hex'), start, check: crc32(its) };
  });
  const pack = Buffer.concat(pieces);
  const sum = sha1(pack);
  placed.sort((a, b) => Buffer.compare(a.id, b.id));
  const upTo = Array.from(
    { length: 256 },
    (_, byte) => placed.filter(({ id }) => (id[0] ?? 0) <= byte).length,
  );
  const index = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63]),
    numbers(2, ...upTo),
    ...placed.map(({ id }) => id),
    numbers(...placed.map(({ check }) => check)),
    numbers(...placed.map(({ start }) => start)),
    sum,
  ]);
  const folder = join(tree.path, '.git/objects/pack');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `pack-${sum.toString('hex')}.pack`);
  writeFileSync(path, Buffer.concat([pack, sum]));
  writeFileSync(path.replace(/pack$/, 'idx'), Buffer.concat([index, sha1(index)]));
  return path;
}

/** git makes them read-only. */
export function overwrite(path: string, content: Uint8Array): void {
  chmodSync(path, 0o644);
  writeFileSync(path, content);
}

const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest();

function numbers(...each: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * each.length);
  for (const [at, number] of each.entries()) bytes.writeUInt32BE(number, 4 * at);
  return bytes;
}

/** Type and size: four bits of it, then seven in a byte. */
function headOf(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 0xf)];
  for (let rest = size >>> 4; rest > 0; rest >>>= 7) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}

/** Seven bits in a byte, the highest first, and one less for each that follows. */
function distance(back: number): Buffer {
  const bytes = [back & 0x7f];
  for (let rest = back >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (--rest & 0x7f));
  return Buffer.from(bytes);
}
