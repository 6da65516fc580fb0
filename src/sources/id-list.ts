// Object ids as they come, and put in order, in a few large buffers.

import { BUCKETS, bucketOf, bucketStarts } from '../git/sorted-ids.ts';

export interface Ids {
  /** Of an id, in bytes; 0 when there is none. */
  length(): number;
  pieces(): readonly Buffer[];
}

/** Ids as they come. */
export function openIds(): Ids & {
  add(oid: string): void;
  addFrom(id: Buffer, at: number, length: number): void;
} {
  const full: Buffer[] = [];
  let piece = Buffer.alloc(0);
  let at = 0;
  let length = 0;
  const makeRoom = (own: number): void => {
    length ||= own;
    if (at < piece.length) return;
    if (at > 0) full.push(piece);
    piece = Buffer.alloc(PIECE * length);
    at = 0;
  };
  return {
    add: (oid) => {
      makeRoom(oid.length / 2);
      at += piece.write(oid, at, 'hex');
    },
    addFrom: (id, from, own) => {
      makeRoom(own);
      at += id.copy(piece, at, from, from + own);
    },
    length: () => length,
    pieces: () => [...full, piece.subarray(0, at)],
  };
}

/** Ids kept in one buffer. */
const PIECE = 4096;

/** Each once, by value, without those that are left out. */
export function sortedIds(pieces: readonly Buffer[], without: ReadonlySet<string>, length: number): Buffer {
  const all = Buffer.concat(pieces);
  const next = bucketStarts(all, length);
  const rough = Buffer.alloc(all.length);
  for (let at = 0; at < all.length; at += length) {
    const bucket = bucketOf(all, at);
    const place = next[bucket] ?? 0;
    all.copy(rough, place * length, at, at + length);
    next[bucket] = place + 1;
  }
  const sorted = Buffer.alloc(all.length);
  let size = 0;
  // `next` has become where each bucket ends.
  for (let bucket = 0, start = 0; bucket < BUCKETS; bucket += 1) {
    const end = next[bucket] ?? 0;
    const ids = Array.from({ length: end - start }, (_, each) =>
      rough.toString('hex', (start + each) * length, (start + each + 1) * length),
    );
    for (const id of new Set(ids.sort())) if (!without.has(id)) size += sorted.write(id, size, 'hex');
    start = end;
  }
  return sorted.subarray(0, size);
}
