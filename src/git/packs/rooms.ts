// Memory for one object at each depth of a chain of deltas, used again for the next object there.

import { PackError } from './pack-error.ts';

export interface Rooms {
  /** Room for `size` bytes, until the next call with this depth or a smaller one. Throws PackError when there is too much. */
  at(depth: number, size: number): Buffer;
}

/** `most`: bytes they may take together. */
export function openRooms(most: number): Rooms {
  const rooms: Buffer[] = [];
  let held = 0;
  const giveUp = (depth: number): void => {
    for (const room of rooms.splice(depth)) held -= room.length;
  };
  return {
    at(depth, size) {
      const old = rooms[depth];
      if (old && old.length >= size) return old.subarray(0, size);
      const length = Math.max(SMALLEST, size + (size >> 1));
      if (held - (old?.length ?? 0) + length > most) giveUp(depth);
      const others = held - (rooms[depth]?.length ?? 0);
      if (others + length > most) throw new PackError('a chain of deltas too large to be held');
      const room = Buffer.allocUnsafeSlow(length);
      rooms[depth] = room;
      held = others + length;
      return room.subarray(0, size);
    },
  };
}

/** Bytes. */
const SMALLEST = 1 << 15;
