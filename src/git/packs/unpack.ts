// Puts the objects of a pack together, each right after what it is a delta of, so that nothing is put together twice.

import { inflateSync } from 'node:zlib';
import { applyDelta, sizeOfTarget } from './delta.ts';
import { type Entries, LARGEST } from './entries.ts';
import type { Families } from './families.ts';
import { PackError } from './pack-error.ts';
import type { PackFile } from './pack-file.ts';
import { openRooms } from './rooms.ts';
import { openSeams, type Seams } from './seams.ts';

export interface Unpacked {
  /** See `PackIndex.offsets`. */
  readonly place: number;
  /** COMMIT, TREE, BLOB or TAG of entries.ts. */
  readonly type: number;
  /** Until the visit is over. */
  readonly bytes: Buffer;
  /** The place of what it is a delta of, which was visited before; -1: of nothing. */
  readonly base: number;
  /** Where it differs from that, until the visit is over. */
  readonly seams: Seams;
}

export interface Pack {
  readonly entries: Entries;
  readonly families: Families;
  readonly file: PackFile;
}

/**
 * Unpacks whole families, given their root. What cannot be read, and what is made of that, is not visited. `gap`: see
 * `openSeams`. What the system throws when the file cannot be read is thrown.
 */
export function openUnpacker(
  { entries, families, file }: Pack,
  gap: number,
  visit: (object: Unpacked) => void,
) {
  const { types, sizes, starts, ends } = entries;
  const seams = openSeams(gap);
  const rooms = openRooms(MOST_HELD);
  /** From the root to the object that was put together last: its bytes, and which of its children comes next. */
  const path: { place: number; bytes: Buffer; child: number }[] = [];

  function inflate(place: number): Buffer {
    const size = sizes[place] as number;
    const compressed = file.read(starts[place] as number, ends[place] as number);
    const bytes = inflateSync(compressed, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 });
    if (bytes.length !== size) throw new PackError('an entry of another size than it says');
    return bytes;
  }

  function put(place: number, base: Buffer, depth: number): Buffer {
    const delta = inflate(place);
    const size = sizeOfTarget(delta, base.length);
    if (size > LARGEST) throw new PackError('an object too large to be read whole');
    const target = rooms.at(depth, size);
    applyDelta(base, delta, target, seams);
    return target;
  }

  return (root: number): void => {
    const type = types[root] as number;
    const enter = (place: number, base: number, read: () => Buffer): void => {
      seams.clear();
      const bytes = ifReadable(read);
      if (bytes === undefined) return;
      visit({ place, type, bytes, base, seams });
      path.push({ place, bytes, child: families.first[place] as number });
    };
    enter(root, -1, () => inflate(root));
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { place: base, bytes, child: place } = top;
      if (place < 0) path.pop();
      else {
        top.child = families.next[place] as number;
        enter(place, base, () => put(place, bytes, path.length));
      }
    }
  };
}

/** Undefined when what it reads is not as it should be. */
function ifReadable(read: () => Buffer): Buffer | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof PackError || ZLIB.test(code)) return undefined;
    throw error;
  }
}

const ZLIB = /^(?:Z_|ERR_BUFFER_TOO_LARGE$)/;
/** Bytes. */
const MOST_HELD = 1 << 26;
