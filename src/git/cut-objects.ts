// Cuts what `git cat-file --batch` prints into objects as it comes: between chunks is waited, between objects is not.

import { type Head, headOf, MAX_HEADER, UNEXPECTED } from './batch-answers.ts';

export interface CutObject extends Head {
  /**
   * All of it, or the pieces of what is longer than `LARGEST_WHOLE`. Holds until the next objects are asked for; what is
   * left of the pieces then is read over.
   */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** An id, and what git has under it: nothing when it is missing, or what is wrong with it. */
export type Read = readonly [oid: string, object: CutObject | 'missing' | 'damaged'];

/**
 * `asked` gives the ids these are the answers to, one by one; undefined: no more has been asked for. All objects that end
 * in one chunk come together. `fail` is told what is wrong and throws; whether there should be more is left to the caller.
 */
export async function* cutObjects(
  chunks: AsyncIterable<Buffer>,
  asked: () => string | undefined,
  fail: (how: string) => Promise<never>,
): AsyncGenerator<readonly Read[], void, undefined> {
  const source = chunks[Symbol.asyncIterator]();
  /** What has come and was not looked at: `chunk` from `at` on. */
  let chunk: Buffer = NOTHING;
  let at = 0;
  let room: Buffer = NOTHING;

  async function refill(): Promise<boolean> {
    const { done, value } = await source.next();
    chunk = done ? NOTHING : value;
    at = 0;
    return !done;
  }

  /** What is in the chunk to its end, and the object that is not, or what is wrong: nothing more can be read then. */
  function complete(): Complete {
    const reads: Read[] = [];
    for (let end = chunk.indexOf(LF, at); end >= 0; end = chunk.indexOf(LF, at)) {
      const oid = asked();
      if (oid === undefined) return { reads, wrong: UNEXPECTED };
      const object = headOf(chunk.toString('latin1', at, end), oid);
      at = end + 1;
      if (object === 'missing') {
        reads.push([oid, object]);
        continue;
      }
      if (object?.oid !== oid) return { reads, wrong: UNEXPECTED };
      if (at + object.size >= chunk.length) return { reads, opened: object };
      const content = chunk.subarray(at, at + object.size);
      at += object.size;
      if (chunk[at] !== LF) return { reads, wrong: WRONG_SIZE };
      at += 1;
      reads.push([oid, { ...object, content }]);
    }
    return { reads };
  }

  /** Puts a head together that two chunks have of. False: the stream has ended before it. */
  async function moreHead(): Promise<boolean> {
    const start = chunk.subarray(at);
    if (start.length > MAX_HEADER) return fail(UNEXPECTED);
    if (await refill()) {
      if (start.length > 0) chunk = Buffer.concat([start, chunk]);
      return true;
    }
    return start.length > 0 ? fail('broke off in the middle of an answer') : false;
  }

  async function* pieces(object: { unread: number }): AsyncGenerator<Uint8Array, void, undefined> {
    while (object.unread > 0) {
      if (at === chunk.length && !(await refill())) await fail('broke off in the middle of an object');
      const piece = chunk.subarray(at, at + object.unread);
      at += piece.length;
      object.unread -= piece.length;
      yield piece;
    }
  }

  /** The room is used for every object. */
  async function gathered(size: number): Promise<Uint8Array> {
    if (room.length < size) room = Buffer.allocUnsafe(Math.min(2 * size, LARGEST_WHOLE));
    let length = 0;
    for await (const piece of pieces({ unread: size })) {
      room.set(piece, length);
      length += piece.length;
    }
    return room.subarray(0, size);
  }

  async function lineEnd(): Promise<void> {
    if (at === chunk.length && !(await refill())) await fail('broke off in the middle of an object');
    if (chunk[at] !== LF) await fail(WRONG_SIZE);
    at += 1;
  }

  for (;;) {
    const { reads, opened, wrong } = complete();
    if (reads.length > 0) yield reads;
    if (wrong !== undefined) await fail(wrong);
    if (opened === undefined) {
      if (!(await moreHead())) return;
    } else if (opened.size <= LARGEST_WHOLE) {
      const content = await gathered(opened.size);
      await lineEnd();
      yield [[opened.oid, { ...opened, content }]];
    } else {
      const object = { unread: opened.size };
      yield [[opened.oid, { ...opened, content: pieces(object) }]];
      for await (const _ of pieces(object));
      await lineEnd();
    }
  }
}

interface Complete {
  readonly reads: readonly Read[];
  readonly opened?: Head;
  readonly wrong?: string;
}

/** Bytes. A scan looks at what is longer in pieces anyway. */
export const LARGEST_WHOLE = 1 << 20;
const LF = 0x0a;
const WRONG_SIZE = 'gave an object of another size than it said';
const NOTHING: Buffer = Buffer.alloc(0);
