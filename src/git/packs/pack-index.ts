// Reads the index of a pack: which object begins where (gitformat-pack(5), "Version 2 pack-*.idx files").

import { openSortedIds, type SortedIds } from '../sorted-ids.ts';
import { PackError } from './pack-error.ts';

export interface PackIndex {
  readonly count: number;
  /** In shared memory. */
  readonly ids: SortedIds;
  /** Where the entries of the pack begin, in ascending order, and then where the last one ends; shared memory. */
  readonly offsets: Float64Array;
  /** For each id the place of its entry in `offsets`. */
  readonly places: Uint32Array;
}

/** `index`: the whole file; `trailer`: the last 32 bytes of the pack, whose size is `packSize`. Throws PackError. */
export function readPackIndex(index: Buffer, trailer: Buffer, packSize: number): PackIndex {
  if (index.length < HEAD || index.readUInt32BE(0) !== MAGIC || index.readUInt32BE(4) !== 2)
    throw new PackError('a pack index of another version');
  const count = index.readUInt32BE(HEAD - 4);
  const idLength = ID_LENGTHS.find((length) => isOf(index, trailer, length));
  if (idLength === undefined) throw new PackError('a pack index of another pack');
  const starts = offsetsIn(index, HEAD + count * (idLength + CHECKSUM), count, index.length - 2 * idLength);
  const bytes = Buffer.from(new SharedArrayBuffer(count * idLength));
  index.copy(bytes, 0, HEAD);
  if (!isSearchable(index, bytes, idLength)) throw new PackError('a pack index that is not in order');
  const offsets = new Float64Array(new SharedArrayBuffer(8 * (count + 1)));
  offsets[count] = packSize - idLength;
  const places = new Uint32Array(count);
  const order = ascending(starts, packSize);
  for (let place = 0; place < count; place += 1) {
    const each = order[place] as number;
    offsets[place] = starts[each] as number;
    places[each] = place;
  }
  for (let place = 0; place < count; place += 1)
    if ((offsets[place] as number) >= (offsets[place + 1] as number))
      throw new PackError('two entries of a pack begin at one place, or beyond its end');
  return { count, ids: openSortedIds(bytes, idLength), offsets, places };
}

/** An index ends with the checksum its pack ends with, and one of its own. */
function isOf(index: Buffer, trailer: Buffer, length: number): boolean {
  const start = index.length - 2 * length;
  return start >= HEAD && trailer.subarray(-length).equals(index.subarray(start, start + length));
}

/**
 * git finds an object only where its id ascends, and where the table of first bytes leads. One that lies in a pack twice is
 * listed once: which of both git reads is its own business.
 */
function isSearchable(index: Buffer, ids: Buffer, length: number): boolean {
  let before = -1;
  for (let at = 0; at < ids.length; at += length) {
    const first = ids.readUInt32BE(at);
    if (first < before || (first === before && ids.compare(ids, at - length, at, at, at + length) <= 0))
      return false;
    before = first;
  }
  for (let byte = 0, start = 0; byte < 256; byte += 1) {
    const end = index.readUInt32BE(8 + 4 * byte);
    if (end < start || end * length > ids.length) return false;
    if (end > start && (ids[start * length] !== byte || ids[(end - 1) * length] !== byte)) return false;
    start = end;
  }
  return true;
}

/** Those beyond 2 GB stand in a table of their own, behind. */
function offsetsIn(index: Buffer, table: number, count: number, end: number): Float64Array {
  const large = table + 4 * count;
  if (large > end) throw new PackError('a pack index ends too early');
  const offsets = new Float64Array(count);
  for (let each = 0; each < count; each += 1) {
    const small = index.readUInt32BE(table + 4 * each);
    if (small < IS_LARGE) offsets[each] = small;
    else {
      const at = large + 8 * (small - IS_LARGE);
      if (at + 8 > end) throw new PackError('a pack index ends too early');
      offsets[each] = Number(index.readBigUInt64BE(at));
    }
  }
  return offsets;
}

/**
 * Which of these whole numbers is the smallest, which the next and so on, when all are below `end`: sorted by some bits after the
 * other, the lowest first, which takes a third of the time of a comparison of each.
 */
function ascending(numbers: Float64Array, end: number): Uint32Array {
  const count = numbers.length;
  let order = new Uint32Array(count);
  for (let each = 0; each < count; each += 1) order[each] = each;

  let other = new Uint32Array(count);
  for (let unit = 1; unit < end; unit *= DIGITS) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let each = 0; each < count; each += 1) {
      const behind = (((numbers[each] as number) / unit) & (DIGITS - 1)) + 1;
      starts[behind] = (starts[behind] as number) + 1;
    }
    for (let digit = 1; digit <= DIGITS; digit += 1)
      starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
    for (let place = 0; place < count; place += 1) {
      const each = order[place] as number;
      const digit = ((numbers[each] as number) / unit) & (DIGITS - 1);
      const to = starts[digit] as number;
      other[to] = each;
      starts[digit] = to + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/** Where `offset` stands in `offsets`, which ascend; -1 when it does not. */
export function placeOf(offsets: Float64Array, offset: number): number {
  let low = 0;
  let high = offsets.length - 2;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = offsets[middle] as number;
    if (found === offset) return middle;
    if (found < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** `\377tOc` */
const MAGIC = 0xff744f63;
/** Magic, version, and how many ids begin with each byte or a smaller one. */
const HEAD = 8 + 4 * 256;
/** Of each entry. */
const CHECKSUM = 4;
const ID_LENGTHS = [20, 32];
const IS_LARGE = 0x80000000;
/** Values of the bits that are sorted by at once. */
const DIGITS = 1 << 14;
