// Object ids in ascending order, one after the other: finds one among millions.

export interface SortedIds {
  readonly bytes: Buffer;
  /** Of each id, in bytes. */
  readonly length: number;
  readonly count: number;
  /** Which of them begins in `id` at `at`; -1: none. */
  find(id: Buffer, at: number): number;
}

/** `length`: bytes of an id. */
export function openSortedIds(bytes: Buffer, length: number): SortedIds {
  const starts = bucketStarts(bytes, length);
  return {
    bytes,
    length,
    count: bytes.length / length,
    find: (id, at) => {
      const bucket = bucketOf(id, at);
      let start = starts[bucket] as number;
      let end = starts[bucket + 1] as number;
      // Ids can be made to begin alike.
      while (end - start > FEW) {
        const middle = (start + end) >>> 1;
        if (bytes.compare(id, at, at + length, middle * length, (middle + 1) * length) > 0) end = middle;
        else start = middle;
      }
      for (let each = start; each < end; each += 1)
        if (isSame(id, at, bytes, each * length, length)) return each;
      return -1;
    },
  };
}

/** Where the ids that begin with two bytes start, counted in ids; as if they were in order when they are not. */
export function bucketStarts(ids: Buffer, length: number): Uint32Array {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let at = 0; at < ids.length; at += length) {
    const after = bucketOf(ids, at) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket += 1)
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number);
  return starts;
}

export const BUCKETS = 1 << 16;
export const bucketOf = (bytes: Buffer, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

/** They mostly differ in their first bytes: to ask the buffer would take longer. */
function isSame(one: Buffer, from: number, other: Buffer, at: number, length: number): boolean {
  for (let each = 0; each < length; each += 1) if (one[from + each] !== other[at + each]) return false;
  return true;
}

/** Ids that are gone through one by one. */
const FEW = 16;
