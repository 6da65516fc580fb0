// Puts an object together from what it is a delta of (gitformat-pack(5), "Deltified representation").

import { PackError } from './pack-error.ts';
import type { Seams } from './seams.ts';

/** The size of what `delta` makes. Throws PackError when it is a delta of something of another size than `base`. */
export function sizeOfTarget(delta: Buffer, base: number): number {
  const source = number(delta, 0);
  if (source.value !== base) throw new PackError('a delta of something else');
  if (delta.length < SHORTEST) throw malformed();
  return number(delta, source.end).value;
}

/**
 * Writes the object into `target`, which has exactly its size. Adds to `seams` what is not one piece of `base`. Throws
 * PackError.
 */
export function applyDelta(base: Buffer, delta: Buffer, target: Buffer, seams: Seams): void {
  const size = target.length;
  let at = number(delta, number(delta, 0).end).end;
  let filled = 0;
  /** Where in the base the next copy would go on as if there were no seam. */
  let next = -1;
  while (at < delta.length) {
    const code = delta[at++] as number;
    if (code & COPY) {
      let from = 0;
      let length = 0;
      if (code & 0x01) from = delta[at++] as number;
      if (code & 0x02) from |= (delta[at++] as number) << 8;
      if (code & 0x04) from |= (delta[at++] as number) << 16;
      if (code & 0x08) from += (delta[at++] as number) * 0x1000000;
      if (code & 0x10) length = delta[at++] as number;
      if (code & 0x20) length |= (delta[at++] as number) << 8;
      if (code & 0x40) length |= (delta[at++] as number) << 16;
      if (length === 0) length = 0x10000;
      if (!(at <= delta.length && from + length <= base.length && filled + length <= size)) throw malformed();
      if (from !== next) seams.add(filled, filled, from);
      next = from + length;
      if (length < FEW)
        for (let each = 0; each < length; each += 1) target[filled + each] = base[from + each] as number;
      else base.copy(target, filled, from, next);
      filled += length;
    } else {
      const end = at + code;
      if (code === 0 || end > delta.length || filled + code > size) throw malformed();
      seams.add(filled, filled + code, 0);
      next = -1;
      while (at < end) target[filled++] = delta[at++] as number;
    }
  }
  if (filled !== size) throw malformed();
  // What follows the end of a piece may be missing.
  if (next !== base.length) seams.add(filled, filled, 0);
}

/** Seven bits in a byte, the lowest first. */
function number(delta: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let at = start;
  for (let factor = 1; at < delta.length && factor < 2 ** 49; factor *= 0x80) {
    const byte = delta[at++] as number;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, end: at };
  }
  throw malformed();
}

const malformed = (): PackError => new PackError('a malformed delta');

/** Bytes of two sizes and one instruction, as git wants it. */
const SHORTEST = 4;
const COPY = 0x80;
/** Bytes that are copied faster one by one. */
const FEW = 128;
