// The format of what `git cat-file --batch` prints: header, bytes, line end.

import type { ByteStream } from './byte-stream.ts';
import { OBJECT_ID } from './object-id.ts';

export type ObjectType = 'blob' | 'commit' | 'tree' | 'tag';

/** What git says of an object before its content; `size` in bytes. */
export interface Head {
  readonly oid: string;
  readonly type: ObjectType;
  readonly size: number;
}

export interface GitObject extends Head {
  /** Can be read once, and only until the next object is asked for; what is left then is read over. */
  readonly content: AsyncIterable<Uint8Array>;
}

export interface BatchAnswers {
  /** The answer to `name`, an object id or a revision without line ends; `undefined`: git says it is missing. */
  next(name: string): Promise<GitObject | undefined>;
  /** Reads over what is left of the object last answered. */
  finish(): Promise<void>;
}

/** `fail` is told what is wrong and throws. */
export function batchAnswers(bytes: ByteStream, fail: (how: string) => Promise<never>): BatchAnswers {
  /** The object last answered; undefined once its bytes and its line end have been read. */
  let current: { unread: number } | undefined;

  async function next(name: string): Promise<GitObject | undefined> {
    await finish();
    const header =
      (await bytes.upTo(LF, name.length + MAX_HEADER)) ?? (await fail('ended or broke off early'));
    const head = headOf(header, name);
    if (head === 'missing') return undefined;
    if (head === undefined) return fail(UNEXPECTED);
    current = { unread: head.size };
    return { ...head, content: content(current) };
  }

  async function* content(object: { unread: number }): AsyncGenerator<Uint8Array, void, undefined> {
    while (object.unread > 0) {
      const piece = (await bytes.some(object.unread)) ?? (await fail('broke off in the middle of an object'));
      object.unread -= piece.length;
      yield piece;
    }
  }

  async function finish(): Promise<void> {
    if (current === undefined) return;
    for await (const _ of content(current));
    if ((await bytes.upTo(LF, 0)) !== '') await fail('gave an object of another size than it said');
    current = undefined;
  }

  return { next, finish };
}

/** What a line says of `name`, an object id or a revision; `undefined`: it is no answer to that. */
export function headOf(line: string, name: string): Head | 'missing' | undefined {
  if (line === `${name} missing`) return 'missing';
  const [, oid, type, size] = HEADER.exec(line) ?? [];
  if (oid === undefined || (OBJECT_ID.test(name) && oid !== name)) return undefined;
  return { oid, type: type as ObjectType, size: Number(size) };
}

const LF = 0x0a;
export const UNEXPECTED = 'gave an unexpected answer';
/** What `git cat-file --batch` says of an object before its content. */
const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|commit|tree|tag) (\d{1,15})$/;
/** An id, a type and a size, or ` missing` after the name. */
export const MAX_HEADER = 96;
