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
  return { first, next, roots };
}
