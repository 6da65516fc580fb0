// Which entries of a pack are deltas of which, as far as they are needed.

import { DELTA, type Entries } from './entries.ts';

/** By place; shared memory. */
export interface Families {
  /** The first of those that are deltas of it; -1: none is needed. */
  readonly first: Int32Array;
  /** The next that is a delta of the same. */
  readonly next: Int32Array;
  /** 1 for those that are needed and no delta. */
  readonly roots: Uint8Array;
}

/** Needed is what is wanted, and what that is made of. */
export function familiesOf({ count, types, bases }: Entries, isWanted: (place: number) => boolean): Families {
  const first = new Int32Array(new SharedArrayBuffer(4 * count)).fill(-1);
  const next = new Int32Array(new SharedArrayBuffer(4 * count)).fill(-1);
  const roots = new Uint8Array(new SharedArrayBuffer(count));
  const isNeeded = new Uint8Array(count);
  // Backwards, so that the children of one are in the order they are kept in.
  for (let wanted = count - 1; wanted >= 0; wanted -= 1) {
    if (!isWanted(wanted)) continue;
    for (let place = wanted; isNeeded[place] === 0; ) {
      isNeeded[place] = 1;
      const base = bases[place] as number;
      if (base < 0) {
        roots[place] = types[place] === DELTA || types[place] === 0 ? 0 : 1;
        break;
      }
      next[place] = first[base] as number;
      first[base] = place;
      place = base;
    }
  }
  putLargestLast(bases, isNeeded, first, next);
  return { first, next, roots };
}

/**
 * When the last that is made of something is put together, that itself is no longer kept (unpack.ts): so a family of a million
 * keeps no more than twenty at a time, where chains of 50 large objects would all be kept.
 */
function putLargestLast(bases: Int32Array, isNeeded: Uint8Array, first: Int32Array, next: Int32Array): void {
  // Nearly all lie behind what they are made of (gitformat-pack(5), OBJ_OFS_DELTA); of others, less is counted.
  const sizes = new Uint32Array(bases.length).fill(1);
  for (let place = bases.length - 1; place >= 0; place -= 1) {
    const base = bases[place] as number;
    if (base >= 0 && isNeeded[place] === 1) sizes[base] = (sizes[base] as number) + (sizes[place] as number);
  }
  for (let base = 0; base < bases.length; base += 1) {
    const start = first[base] as number;
    if (start < 0 || (next[start] as number) < 0) continue;
    let largest = start;
    let beforeLargest = -1;
    let last = start;
    for (let each = next[start] as number; each >= 0; each = next[each] as number) {
      if ((sizes[each] as number) >= (sizes[largest] as number)) {
        largest = each;
        beforeLargest = last;
      }
      last = each;
    }
    if (largest === last) continue;
    if (beforeLargest < 0) first[base] = next[largest] as number;
    else next[beforeLargest] = next[largest] as number;
    next[last] = largest;
    next[largest] = -1;
  }
}
