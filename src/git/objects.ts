// Reads objects byte for byte over one `git cat-file --batch`: the only way keyscan sees content (§0.1).

import { GitError } from '../errors.ts';
import { byteStream } from './byte-stream.ts';
import { type Git, type GitProcess, startGit } from './process.ts';

export type ObjectType = 'blob' | 'commit' | 'tree' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly size: number;
  /** Can be read once, and only until the next object is asked for; what is left then is read over. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** What was asked, and what git has under that name: nothing when it is missing. */
export type Answer = readonly [name: string, object: GitObject | undefined];

export interface ObjectReader {
  /**
   * One answer for each name, in order; names are object ids or revisions without line ends. To be read to its end.
   * Throws GitError as soon as an answer is not to be trusted, and from then on always.
   */
  read(names: readonly string[]): AsyncGenerator<Answer, void, undefined>;
  /** Ends git. Throws GitError when anything was wrong with any answer, or with how git ended. */
  close(): Promise<void>;
}

/** Starts git at once; a git that cannot run shows in the first answer. */
export function openObjects(git: Git): ObjectReader {
  return objectReader(startGit(git, ['cat-file', '--batch']));
}

/** Reads what a running `git cat-file --batch` says. */
export function objectReader(child: GitProcess): ObjectReader {
  const bytes = byteStream(child.stdout);
  let broken: GitError | undefined;
  /** The object last answered; undefined once its bytes and its line end have been read. */
  let current: { unread: number } | undefined;

  async function* read(names: readonly string[]): AsyncGenerator<Answer, void, undefined> {
    let answered = 0;
    try {
      for (const name of names) {
        // Few enough at a time for the pipe to hold: writing never waits for git, which may wait for us (R63).
        if (answered % BATCH === 0) ask(names.slice(answered, answered + BATCH));
        await finishObject();
        const object = await answerTo(name);
        answered += 1;
        yield [name, object];
      }
    } finally {
      if (answered < names.length) broken ??= new GitError('git cat-file was left with answers nobody read');
    }
  }

  const ask = (names: readonly string[]): boolean =>
    child.stdin.write(names.map((name) => `${name}\n`).join(''));

  async function answerTo(name: string): Promise<GitObject | undefined> {
    const header = (await bytes.line(name.length + MAX_HEADER)) ?? (await fail('ended or broke off early'));
    if (header === `${name} missing`) return undefined;
    const [, oid = '', type, size] = HEADER.exec(header) ?? [];
    if (type === undefined || (OID.test(name) && oid !== name)) return fail('gave an unexpected answer');
    current = { unread: Number(size) };
    return { oid, type: type as ObjectType, size: current.unread, content: content(current) };
  }

  async function* content(object: { unread: number }): AsyncGenerator<Uint8Array, void, undefined> {
    while (object.unread > 0) {
      const piece = (await bytes.some(object.unread)) ?? (await fail('broke off in the middle of an object'));
      object.unread -= piece.length;
      yield piece;
    }
  }

  async function finishObject(): Promise<void> {
    if (broken) throw broken;
    if (current === undefined) return;
    for await (const _ of content(current));
    if ((await bytes.line(0)) !== '') await fail('gave an object of another size than it said');
    current = undefined;
  }

  /** How git ended says more than what it printed. Killed first: it may have closed its output and still be there. */
  async function fail(how: string): Promise<never> {
    child.kill();
    broken = await child.ended.then(
      () => new GitError(`git cat-file ${how}`),
      (error: GitError) => (error.detail === '' ? new GitError(`git cat-file ${how}`) : error),
    );
    throw broken;
  }

  async function close(): Promise<void> {
    try {
      await finishObject();
      child.stdin.end();
      if ((await bytes.some(1)) !== undefined) await fail('said more than it was asked');
      await child.ended;
    } finally {
      if (broken) child.kill();
    }
  }

  return { read, close };
}

/** All bytes of a small object. */
export async function readWhole(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The content of one object. Throws GitError when it is missing. */
export async function* readObject(
  objects: ObjectReader,
  oid: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const [, object] of objects.read([oid])) {
    if (object === undefined) throw new GitError(`git object ${oid} is missing`);
    yield* object.content;
  }
}

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const HEADER = /^([0-9a-f]{40}|[0-9a-f]{64}) (blob|commit|tree|tag) (\d{1,15})$/;
/** An id, a type and a size, or ` missing` after the name. */
const MAX_HEADER = 96;
/** Times 65 bytes for a SHA-256 id and its LF: below the 64 KiB a pipe holds. */
const BATCH = 512;
