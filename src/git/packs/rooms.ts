// Memory for the objects that are put together at one time, used again and again.

import { PackError } from './pack-error.ts';

export interface Room {
  readonly bytes: Buffer;
  /** What belongs to it, beyond `bytes` as well. */
  readonly whole: Buffer;
}

export interface Rooms {
  /**
   * Room for `size` bytes that `write` fills, until it is given back. When `write` throws, it is given back already. Throws
   * PackError when there is too much by now.
   */
  fill(size: number, write: (bytes: Buffer) => void): Room;
  give(room: Room): void;
}

/** `most`: bytes they may take together. */
export function openRooms(most: number): Rooms {
  const free: Buffer[] = [];
  let held = 0;

  /** The smallest that is large enough. What is let go of stays until V8 looks for it, so that is done only in need. */
  function take(size: number): Buffer {
    let best: Buffer | undefined;
    for (const room of free) if (room.length >= size && room.length < (best?.length ?? Infinity)) best = room;
    if (best !== undefined) {
      free.splice(free.lastIndexOf(best), 1);
      return best;
    }
    const length = Math.max(SMALLEST, size + (size >> 2));
    if (held + length > most) for (const room of free.splice(0)) held -= room.length;
    if (held + length > most) throw new PackError('too many large objects that are deltas of each other');
    held += length;
    return Buffer.allocUnsafeSlow(length);
  }

  return {
    fill(size, write) {
      const whole = take(size);
      const bytes = whole.subarray(0, size);
      try {
        write(bytes);
      } catch (error) {
        free.push(whole);
        throw error;
      }
      return { bytes, whole };
    },
    give: ({ whole }) => free.push(whole),
  };
}

/** Bytes. */
const SMALLEST = 1 << 16;
