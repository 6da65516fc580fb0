// Where the entries of trees begin. Of a tree that is a delta, only those are read that were not copied as a whole.

import type { Unpacked } from '../../git/packs/unpack.ts';
import { endOfName } from '../../git/tree.ts';

/**
 * Gives where each entry of a tree begins, and where the last one ends; undefined when it is no tree. Says of each that was not
 * copied as a whole from the base where its mode and its id begin. `known`: what was given for the base; undefined: nothing is
 * known of it.
 */
export type ReadEntries = (
  tree: Pick<Unpacked, 'bytes' | 'seams' | 'isBase'>,
  known: Uint32Array | undefined,
  visit: (bytes: Buffer, mode: number, id: number) => void,
) => Uint32Array | undefined;

export function openTreeEntries(idLength: number): ReadEntries {
  /** Where those of the tree at hand begin. */
  let places = new Uint32Array(1 << 12);

  return ({ bytes, seams: { bounds, origins, count }, isBase }, known, visit) => {
    const most = Math.ceil(bytes.length / idLength) + 1;
    if (places.length < most) places = new Uint32Array(2 * most);
    let used = 0;
    let at = 0;

    /** Those that begin before `to`. */
    function read(to: number): boolean {
      while (at < to) {
        const name = endOfName(bytes, at, idLength);
        if (name < 0) return false;
        visit(bytes, at, name + 1);
        places[used++] = at;
        at = name + 1 + idLength;
      }
      return true;
    }

    for (let stretch = 0; known !== undefined && stretch < count; stretch += 1) {
      const from = bounds[2 * stretch + 1] as number;
      const to = stretch + 1 < count ? (bounds[2 * stretch + 2] as number) : bytes.length;
      if (!read(from)) return undefined;
      /** From where it stands in the base to where it stands here. */
      const shift = from - (origins[stretch] as number);
      const next = firstFrom(known, at - shift);
      if (at > to || known[next] !== at - shift) continue;
      const last = firstFrom(known, to - shift + 1) - 1;
      for (let each = next; each < last; each += 1) places[used++] = (known[each] as number) + shift;
      at = (known[last] as number) + shift;
    }
    if (!read(bytes.length)) return undefined;
    places[used++] = at;
    return isBase ? places.slice(0, used) : NONE;
  };
}

/** Which of them, in ascending order, is the first that is not below `least`. */
function firstFrom(places: Uint32Array, least: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NONE = new Uint32Array();
