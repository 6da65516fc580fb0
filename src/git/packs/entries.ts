// What stands before each entry of a pack: its type, its size, and what it is a delta of (gitformat-pack(5)).

import type { PackFile } from './pack-file.ts';
import { type PackIndex, placeOf } from './pack-index.ts';

/** By place, see `PackIndex.offsets`. All of it is shared memory: several threads read one pack. */
export interface Entries {
  readonly count: number;
  /** One of the types below; 0: it cannot be read. */
  readonly types: Uint8Array;
  /** Of the object, or of the delta, in bytes. */
  readonly sizes: Uint32Array;
  /** For deltas the place of what they are a delta of, else -1. */
  readonly bases: Int32Array;
  /** See `PackIndex`. */
  readonly offsets: Float64Array;
  /** Bytes before the compressed ones, which end where the next entry begins. */
  readonly heads: Uint8Array;
}

export const COMMIT = 1;
export const TREE = 2;
export const BLOB = 3;
export const TAG = 4;
export const DELTA = 6;
const DELTA_OF_ID = 7;

/** Throws as `PackFile.read`. */
export function readEntries(index: PackIndex, file: PackFile): Entries {
  const { count, ids, offsets } = index;
  const entries: Entries = {
    count,
    types: new Uint8Array(new SharedArrayBuffer(count)),
    sizes: new Uint32Array(new SharedArrayBuffer(4 * count)),
    bases: new Int32Array(new SharedArrayBuffer(4 * count)).fill(-1),
    offsets,
    heads: new Uint8Array(new SharedArrayBuffer(count)),
  };
  for (let place = 0; place < count; place += 1) {
    const start = offsets[place] as number;
    const end = offsets[place + 1] as number;
    let at = start;
    let byte = file.byte(at++);
    const type = (byte >> 4) & 7;
    let size = byte & 0xf;
    for (let factor = 0x10; byte & MORE && at < end; factor *= 0x80) {
      byte = file.byte(at++);
      size += (byte & ~MORE) * factor;
    }
    let base = -1;
    if (type === DELTA) {
      let back = -1;
      do {
        byte = at < end ? file.byte(at++) : 0;
        back = (back + 1) * 0x80 + (byte & ~MORE);
      } while (byte & MORE);
      base = placeOf(offsets, start - back);
    } else if (type === DELTA_OF_ID) {
      const id = at + ids.length < end ? ids.find(file.read(at, at + ids.length), 0) : -1;
      base = id < 0 ? -1 : (index.places[id] as number);
      at += ids.length;
    }
    const isDelta = type === DELTA || type === DELTA_OF_ID;
    const isSound = isDelta ? base >= 0 : type >= COMMIT && type <= TAG;
    if (!isSound || size > LARGEST || at >= end || at - start > LONGEST_HEAD) continue;
    entries.types[place] = isDelta ? DELTA : type;
    entries.sizes[place] = size;
    entries.bases[place] = base;
    entries.heads[place] = at - start;
  }
  return entries;
}

const MORE = 0x80;
/** Two numbers, or one and an id. */
const LONGEST_HEAD = 64;
/** Bytes of an object that is read whole: a larger one is left to git, which hands it over in pieces. */
export const LARGEST = 1 << 25;
