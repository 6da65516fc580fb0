// Object ids, by their first eight bytes: a history names the same ones in every version of a folder, millions of times.

export interface IdSet {
  /** The id that begins in `bytes` at `at`. */
  addFrom(bytes: Uint8Array, at: number): void;
  /** Hexadecimal, as in the next two. */
  add(oid: string): void;
  delete(oid: string): void;
  /** Whether it was there. */
  deleteFrom(bytes: Uint8Array, at: number): boolean;
  has(oid: string): boolean;
  size(): number;
  /** What it holds, for `addWords` of another one. */
  words(): Uint32Array;
  addWords(words: Uint32Array): void;
  deleteWords(words: Uint32Array): void;
  /** With its memory. */
  clear(): void;
}

/** Grows with the number of ids, by 12 bytes for each at least and 24 at most. */
export function openIdSet(): IdSet {
  let capacity: number;
  let slots: Uint32Array;
  /** Of each slot whether it is free, taken or was given up. */
  let states: Uint8Array;
  let used: number;
  let size: number;
  begin(SMALLEST);

  function begin(room: number): void {
    capacity = room;
    slots = new Uint32Array(2 * capacity);
    states = new Uint8Array(capacity);
    used = 0;
    size = 0;
  }

  function find(high: number, low: number): number {
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & (capacity - 1);
    while (states[slot] !== FREE && (slots[2 * slot] !== high || slots[2 * slot + 1] !== low))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  function enter(high: number, low: number): void {
    const slot = find(high, low);
    if (states[slot] === TAKEN) return;
    if (states[slot] === FREE) used += 1;
    slots[2 * slot] = high;
    slots[2 * slot + 1] = low;
    states[slot] = TAKEN;
    size += 1;
    if (used > (capacity >> 1) + (capacity >> 2)) grow();
  }

  function grow(): void {
    const [oldSlots, oldStates] = [slots, states];
    begin(2 * capacity);
    for (let slot = 0; slot < oldStates.length; slot += 1)
      if (oldStates[slot] === TAKEN) enter(oldSlots[2 * slot] as number, oldSlots[2 * slot + 1] as number);
  }

  const slotOf = (oid: string): number => find(halfOf(oid, 0), halfOf(oid, 8));
  const giveUp = (slot: number): boolean => {
    if (states[slot] !== TAKEN) return false;
    states[slot] = GIVEN_UP;
    size -= 1;
    return true;
  };

  return {
    addFrom: (bytes, at) => enter(wordAt(bytes, at), wordAt(bytes, at + 4)),
    add: (oid) => enter(halfOf(oid, 0), halfOf(oid, 8)),
    delete: (oid) => giveUp(slotOf(oid)),
    deleteFrom: (bytes, at) => giveUp(find(wordAt(bytes, at), wordAt(bytes, at + 4))),
    has: (oid) => states[slotOf(oid)] === TAKEN,
    size: () => size,
    words: () => {
      const words = new Uint32Array(2 * size);
      for (let slot = 0, at = 0; slot < capacity; slot += 1)
        if (states[slot] === TAKEN) {
          words[at++] = slots[2 * slot] as number;
          words[at++] = slots[2 * slot + 1] as number;
        }
      return words;
    },
    addWords: (words) => {
      // They come in the order of their slots: without room for all, they would crowd together.
      while (2 * (size + words.length / 2) > capacity) grow();
      for (let at = 0; at < words.length; at += 2) enter(words[at] as number, words[at + 1] as number);
    },
    deleteWords: (words) => {
      for (let at = 0; at < words.length; at += 2) giveUp(find(words[at] as number, words[at + 1] as number));
    },
    clear: () => begin(SMALLEST),
  };
}

const wordAt = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)) >>>
  0;
const halfOf = (oid: string, at: number): number => Number.parseInt(oid.slice(at, at + 8), 16);

/** A power of two. */
const SMALLEST = 1 << 12;
const FREE = 0;
const TAKEN = 1;
const GIVEN_UP = 2;
