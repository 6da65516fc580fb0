// What git has said while Node was starting (handed-over.ts), where all of it is here: without a promise between two of its
// parts. What is not as for a plain commit is thrown, and handed-over.ts reads it then.

import { GitError } from '../errors.ts';
import { headOf } from './batch-answers.ts';
import { changesIn, FIRST_ASKED } from './handed-over.ts';
import type { RawChange } from './raw-diff.ts';

export interface Listing {
  readonly changes: readonly RawChange[];
  /** Where the text of the listing ends, and where the answers begin. All of a name that is ASCII stands in it as it is. */
  readonly end: number;
  readonly answers: number;
}

/** `undefined`: more of it has to come. Throws GitError for anything but a listing of git's that is whole. */
export function listingIn(bytes: Buffer): Listing | undefined {
  const end = bytes.indexOf('\n\n');
  const codeEnd = bytes.indexOf(LF, end + 2);
  if (end < 0 || codeEnd < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const changes = ESCAPED_ASCII.test(text) ? undefined : changesIn(text.split('\n'));
  if (changes === undefined || bytes.toString('latin1', end + 2, codeEnd) !== '0') throw UNUSUAL;
  return { changes, end, answers: codeEnd + 1 };
}

/** What git-config(1), core.quotePath, says of names: bytes above ASCII are written `\200` to `\377`. */
const ESCAPED_ASCII = /\\(?![23])/;

/**
 * Gives, by their ids, the contents of all files that the index has and HEAD does not; `undefined`: more has to come. It is
 * called with all that has come, again and again, and goes on where it has stopped. Throws GitError for a branch without
 * commits, a submodule, an object that is missing, and where there is nothing at all.
 */
export function contentsOf({
  changes,
  answers,
}: Listing): (bytes: Buffer) => ReadonlyMap<string, Buffer> | undefined {
  const asked = [...HEADS, ...changes.map(answerTo)];
  const contents = new Map<string, Buffer>();
  let next = 0;
  let at = answers;

  /** Whether the next answer is there as a whole. */
  function take(bytes: Buffer, [name, expected]: Answer): boolean {
    const lineEnd = bytes.indexOf(LF, at);
    if (lineEnd < 0) return false;
    const head = headOf(bytes.toString('latin1', at, lineEnd), name);
    const start = lineEnd + 1;
    if (head === undefined || !expected.includes(head === 'missing' ? head : head.type)) throw UNUSUAL;
    if (head === 'missing') {
      at = start;
      return true;
    }
    const end = start + head.size;
    if (end >= bytes.length) return false;
    if (bytes[end] !== LF) throw UNUSUAL;
    if (head.type === 'blob') contents.set(name, bytes.subarray(start, end));
    at = end + 1;
    return true;
  }

  return (bytes) => {
    for (let answer = asked[next]; answer !== undefined; answer = asked[++next])
      if (!take(bytes, answer)) return undefined;
    if (contents.size === 0) throw UNUSUAL;
    return contents;
  };
}

type Answer = readonly [name: string, expected: readonly string[]];

/** There is a HEAD, and there may be a merge: whatever it brings in, all that HEAD lacks is looked at. */
const HEADS: readonly Answer[] = FIRST_ASKED.map((name, index) => [
  name,
  index === 0 ? ['commit'] : ['commit', 'missing'],
]);

/** What is deleted has an id of zeros, under which there is nothing. */
function answerTo({ status, new: { oid, mode } }: RawChange): Answer {
  if (status === 'D') return [oid, ['missing']];
  return [oid, mode === 'file' || mode === 'symlink' ? ['blob'] : []];
}

const UNUSUAL = new GitError('no plain commit');
const LF = 0x0a;
