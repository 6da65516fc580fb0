// Reads pieces of a large file: what is near what was read before is at hand.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { PackError } from './pack-error.ts';

export interface PackFile {
  /** In bytes. */
  readonly size: number;
  /** One byte. Throws as `read`. */
  byte(at: number): number;
  /** `[from, to)` of the file, until the next call. Throws PackError beyond its end, and what the system throws. */
  read(from: number, to: number): Buffer;
  close(): void;
}

/** Keeps 4 MB of the file. Throws what the system throws. */
export function openPackFile(path: string): PackFile {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const blocks = new Map<number, Buffer>();
  let spare: Buffer = Buffer.alloc(0);
  /** What `byte` has read from last: the file from `near` on. */
  let last: Buffer = Buffer.alloc(0);
  let near = 0;

  /** `number` counts blocks; the last one is shorter. */
  function block(number: number): Buffer {
    const known = blocks.get(number);
    if (known) return known;
    let room: Buffer | undefined;
    if (blocks.size === BLOCKS)
      for (const [oldest, bytes] of blocks) {
        blocks.delete(oldest);
        room = bytes;
        break;
      }
    room ??= Buffer.allocUnsafeSlow(BLOCK);
    fill(room, number * BLOCK, Math.min(BLOCK, size - number * BLOCK));
    blocks.set(number, room);
    // Its room may have been the last one's.
    last = last.subarray(0, 0);
    return room;
  }

  function fill(room: Buffer, from: number, length: number): void {
    for (let filled = 0; filled < length; ) {
      const read = readSync(file, room, filled, length - filled, from + filled);
      if (read === 0) throw new PackError('a pack has become shorter');
      filled += read;
    }
  }

  return {
    size,
    byte(at) {
      if (at < near || at >= near + last.length) {
        if (at < 0 || at >= size) throw new PackError('a pack ends too early');
        const number = Math.floor(at / BLOCK);
        near = number * BLOCK;
        last = block(number).subarray(0, size - near);
      }
      return last[at - near] as number;
    },
    read(from, to) {
      if (from < 0 || to < from || to > size) throw new PackError('a pack ends too early');
      const first = Math.floor(from / BLOCK);
      const start = from - first * BLOCK;
      const length = to - from;
      if (start + length <= BLOCK) return block(first).subarray(start, start + length);
      if (spare.length < length) spare = Buffer.allocUnsafeSlow(2 * length);
      if (length > BLOCK) fill(spare, from, length);
      else {
        block(first).copy(spare, 0, start);
        block(first + 1).copy(spare, BLOCK - start, 0, length - (BLOCK - start));
      }
      return spare.subarray(0, length);
    },
    close: () => closeSync(file),
  };
}

/** Bytes. */
const BLOCK = 1 << 18;
const BLOCKS = 16;
