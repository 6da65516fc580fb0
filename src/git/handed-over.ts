// What git has already said while Node was starting: the hook's script asks, and hands it over on stdin
// (hooks/asking.ts). That takes two children less, and git's time passes while Node's does.

import { readSync } from 'node:fs';
import { GitError } from '../errors.ts';
import { batchAnswers } from './batch-answers.ts';
import { type ByteStream, byteStream } from './byte-stream.ts';
import { type Answer, type ObjectReader, openObjects } from './objects.ts';
import type { Git } from './process.ts';
import { unquotedPath } from './quoted-path.ts';
import { parseRawDiff, type RawChange } from './raw-diff.ts';

/** The first two names the script asks `git cat-file` for; then the object id of every entry of the listing. */
export const FIRST_ASKED: readonly string[] = ['HEAD^{commit}', 'MERGE_HEAD^{commit}'];

/** What the script says to the hook program, after the hook's name. */
export const HANDED_OVER = '--handed-over';

export interface HandedOver {
  /** What the index holds and HEAD does not. */
  readonly changes: readonly RawChange[];
  /** Answers from what is written down as long as that goes, then from a git of its own. */
  readonly objects: ObjectReader;
}

/**
 * Reads the listing in lines, an empty line, git's exit code in a line; the objects are read when they are asked for.
 * `undefined` when that is not what stands there: then git has to be asked again, which also says why.
 */
export async function readHandedOver(git: Git, said: AsyncIterable<Buffer>): Promise<HandedOver | undefined> {
  const bytes = byteStream(said);
  const listing: string[] = [];
  for (;;) {
    const line = await bytes.upTo(LF, LONGEST);
    if (line === '') break;
    if (line === undefined) return undefined;
    listing.push(line);
  }
  if ((await bytes.upTo(LF, 3)) !== '0') return undefined;
  const changes = changesIn(listing);
  if (changes === undefined) return undefined;
  const names = [...FIRST_ASKED, ...changes.map((change) => change.new.oid)];
  return { changes, objects: writtenDown(bytes, names, git) };
}

/** `lines` of the listing, without their ends; `undefined` for what git would not print. Throws GitError as parseRawDiff does. */
export function changesIn(lines: readonly string[]): RawChange[] | undefined {
  const entries: string[] = [];
  for (const line of lines) {
    const [entry, printed] = line.split('\t');
    const path = printed && unquotedPath(printed);
    if (!path) return undefined;
    entries.push(`${entry}\0${path}\0`);
  }
  return parseRawDiff(Buffer.from(entries.join(''), 'latin1'));
}

/** `names`: what git was asked, in order. What is not asked again is passed over. */
function writtenDown(bytes: ByteStream, names: string[], git: Git): ObjectReader {
  const answers = batchAnswers(bytes, async (how) => {
    throw new GitError(`git cat-file ${how}`);
  });
  let later: ObjectReader | undefined;

  async function* read(asked: readonly string[]): AsyncGenerator<Answer, void, undefined> {
    for (const [index, name] of asked.entries()) {
      const answer = later ? undefined : await answerTo(name);
      if (answer) yield answer;
      else {
        later ??= openObjects(git);
        yield* later.read(asked.slice(index));
        return;
      }
    }
  }

  /** `undefined` when there is none that can be trusted. An object that breaks off later on is for the reader to see. */
  async function answerTo(name: string): Promise<Answer | undefined> {
    const at = names.indexOf(name);
    if (at < 0) return undefined;
    try {
      for (const passed of names.splice(0, at)) await answers.next(passed);
      return [names.shift() ?? name, await answers.next(name)];
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  return { read, close: async () => later?.close() };
}

/**
 * What has been read of it, then what is left. Blocks: there is nothing else to do while git is not ready. Each chunk is a
 * buffer of its own.
 */
export async function* standardInput(begun: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield begun;
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    const length = readSync(0, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}

const LF = 0x0a;
/** What a pipe holds. */
const CHUNK = 65_536;
/** No file system has longer paths, even when every byte of them is quoted. */
const LONGEST = 65_536;
