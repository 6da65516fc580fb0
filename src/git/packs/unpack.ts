// Puts the objects of a pack together, each right after what it is a delta of, so that nothing is put together twice.

import { applyDelta, sizeOfTarget } from './delta.ts';
import { type Entries, LARGEST } from './entries.ts';
import type { Families } from './families.ts';
import { openInflate } from './inflate.ts';
import { PackError } from './pack-error.ts';
import type { PackFile } from './pack-file.ts';
import { openRooms, type Room } from './rooms.ts';
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
  /** Whether more is made of it. */
  readonly isBase: boolean;
}

export interface Pack {
  readonly entries: Entries;
  readonly families: Families;
  readonly file: PackFile;
}

/**
 * Unpacks whole families, given their root. What cannot be read, and what is made of that, is not visited. What `visit` says of
 * an object it is given with each that is made of it. `gap`: see `openSeams`. What the system throws when the file cannot be
 * read is thrown.
 */
export function openUnpacker<Said>(
  { entries, families, file }: Pack,
  gap: number,
  visit: (object: Unpacked, saidOfBase: Said | undefined) => Said,
) {
  const { types, sizes, offsets, heads } = entries;
  const seams = openSeams(gap);
  const rooms = openRooms(MOST_HELD);
  const inflate = openInflate();
  /** From the root to the object that was put together last, without those nothing more is made of. */
  const path: { readonly place: number; readonly room: Room; readonly said: Said; child: number }[] = [];

  function inflated(place: number): Room {
    const size = sizes[place] as number;
    const start = (offsets[place] as number) + (heads[place] as number);
    const compressed = file.read(start, offsets[place + 1] as number);
    // One byte more would tell that there is more.
    const room = rooms.fill(size + 1, (bytes) => {
      if (inflate(compressed, bytes) !== size) throw new PackError('an entry of another size than it says');
    });
    return { ...room, bytes: room.bytes.subarray(0, size) };
  }

  function put(place: number, base: Buffer): Room {
    const delta = inflated(place);
    try {
      const size = sizeOfTarget(delta.bytes, base.length);
      if (size > LARGEST) throw new PackError('an object too large to be read whole');
      return rooms.fill(size, (target) => applyDelta(base, delta.bytes, target, seams));
    } finally {
      rooms.give(delta);
    }
  }

  function enter(place: number, type: number, room: Room, base: number, saidOfBase?: Said): void {
    const child = families.first[place] as number;
    const said = visit({ place, type, bytes: room.bytes, base, seams, isBase: child >= 0 }, saidOfBase);
    if (child < 0) rooms.give(room);
    else path.push({ place, room, said, child });
  }

  return (root: number): void => {
    const type = types[root] as number;
    seams.clear();
    const whole = ifReadable(() => inflated(root));
    if (whole === undefined) return;
    enter(root, type, whole, -1);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { place: base, room, said, child } = top;
      seams.clear();
      const made = ifReadable(() => put(child, room.bytes));
      top.child = families.next[child] as number;
      if (top.child < 0) {
        path.pop();
        rooms.give(room);
      }
      if (made !== undefined) enter(child, type, made, base, said);
    }
  };
}

/** Undefined when what it reads is not as it should be. */
function ifReadable(read: () => Room): Room | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PackError) return undefined;
    throw error;
  }
}

/** Bytes. */
const MOST_HELD = 1 << 26;
