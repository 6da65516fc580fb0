// Which names have been met. A history holds the same few in every version of a folder, millions of times.

export interface NameSet {
  /** Whether `bytes[from, to)` is met for the first time. Forgets now and then: memory is bounded, a name may come twice. */
  add(bytes: Uint8Array, from: number, to: number): boolean;
}

/** Compares bytes with bytes: to ask a Set, a string would have to be made of every name first. */
export function openNameSet(): NameSet {
  /** By hash, from the next free slot on: where a name ends in `text`, and begins; 0 and 0: free. */
  const slots = new Uint32Array(2 * SLOTS);
  const text = Buffer.allocUnsafe(TEXT);
  let used = 0;
  let count = 0;

  return {
    add(bytes, from, to) {
      let slot = hashOf(bytes, from, to) & (SLOTS - 1);
      // Names can be made to have the same hash: what finds no place among the first is not kept.
      for (let tried = 1; slots[2 * slot] !== 0; tried += 1) {
        if (isSame(text, slots[2 * slot + 1] as number, slots[2 * slot] as number, bytes, from, to))
          return false;
        if (tried === MOST_TRIED) return true;
        slot = (slot + 1) & (SLOTS - 1);
      }
      const length = to - from;
      if (length > TEXT) return true;
      if (count === SLOTS / 2 || used + length > TEXT) {
        slots.fill(0);
        used = 0;
        count = 0;
      }
      text.set(bytes.subarray(from, to), used);
      slots[2 * slot] = used + length;
      slots[2 * slot + 1] = used;
      used += length;
      count += 1;
      return true;
    },
  };
}

function isSame(
  text: Uint8Array,
  start: number,
  end: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): boolean {
  if (end - start !== to - from) return false;
  for (let at = from; at < to; at += 1) if (bytes[at] !== text[start + at - from]) return false;
  return true;
}

/** FNV-1a, its high bits brought down. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** A power of two; half of them are ever used. */
const SLOTS = 1 << 19;
const MOST_TRIED = 64;
/** Bytes: some thirty for each name. */
const TEXT = 1 << 23;
