// Reads objects byte for byte over one `git cat-file --batch`: the only way keyscan sees content (§0.1).

import { GitError } from '../errors.ts';
import { batchAnswers, type GitObject } from './batch-answers.ts';
import { byteStream } from './byte-stream.ts';
import { type Git, type GitProcess, startGit } from './process.ts';

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
  const answers = batchAnswers(bytes, fail);
  let broken: GitError | undefined;

  async function* read(names: readonly string[]): AsyncGenerator<Answer, void, undefined> {
    let answered = 0;
    try {
      for (const name of names) {
        // Few enough at a time for the pipe to hold: writing never waits for git, which may wait for us (R63).
        if (answered % BATCH === 0) ask(names.slice(answered, answered + BATCH));
        if (broken) throw broken;
        const object = await answers.next(name);
        answered += 1;
        yield [name, object];
      }
    } finally {
      if (answered < names.length) broken ??= new GitError('git cat-file was left with answers nobody read');
    }
  }

  const ask = (names: readonly string[]): unknown =>
    child.stdin.write(names.map((name) => `${name}\n`).join(''));

  /** How git ended says more than what it printed. Killed first: it may have closed its output and still be there. */
  async function fail(how: string): Promise<never> {
    child.kill();
    broken = await child.ended.then(
      () => new GitError(`git cat-file ${how}`),
      (error: GitError) =>
        error.detail === '' && error.hint === undefined ? new GitError(`git cat-file ${how}`) : error,
    );
    throw broken;
  }

  async function close(): Promise<void> {
    try {
      if (broken) throw broken;
      await answers.finish();
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
export async function readWhole(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  const [only] = pieces;
  return only && pieces.length === 1 ? only : Buffer.concat(pieces);
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

/** Times 65 bytes for a SHA-256 id and its LF: below the 64 KiB a pipe holds. */
const BATCH = 512;
