// The ids of everything in the object store, whether something leads to it or not.

import { GitError } from '../errors.ts';
import { failureWords } from './failure.ts';
import { wholeLines } from './lines.ts';
import { type Git, startGit } from './process.ts';

/** Some ids, one after the other. */
export interface Ids {
  readonly bytes: Buffer;
  /** Of each id, in bytes: 20 or 32. */
  readonly length: number;
}

/**
 * Each id once, in ascending order, which git lists four times as fast as packs have them; some at a time. Throws GitError, also
 * when git has left something out: it passes over a pack whose index it cannot read and ends as if all were well.
 */
export async function* listEvery(git: Git): AsyncGenerator<Ids, void, undefined> {
  const child = startGit(git, ['cat-file', '--batch-all-objects', '--batch-check=%(objectname)']);
  child.stdin.end();
  const values = digitValues();
  try {
    let rest: Buffer = Buffer.alloc(0);
    let digits = 0;
    for await (const chunk of child.stdout) {
      const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      digits ||= text.indexOf(LF);
      if (digits < 0 && text.length <= LONGEST_ID) digits = 0;
      else if (!ID_DIGITS.includes(digits)) throw unreadable();
      const count = digits > 0 ? Math.floor(text.length / (digits + 1)) : 0;
      rest = text.subarray(count * (digits + 1));
      if (count > 0) yield { bytes: readIds(text, count, digits, values), length: digits / 2 };
    }
    if (rest.length > 0) throw unreadable();
    await child.ended;
    const complaint = child.complaint();
    if (/^error: /m.test(complaint))
      throw new GitError(...failureWords('git has not listed every object', complaint));
  } finally {
    child.kill();
  }
}

/** `count` lines of so many hexadecimal digits. */
function readIds(text: Buffer, count: number, digits: number, values: Uint8Array): Buffer {
  const ids = Buffer.allocUnsafe((count * digits) / 2);
  let at = 0;
  /** All values there were. */
  let seen = 0;
  for (let line = 0; line < count; line += 1) {
    const start = line * (digits + 1);
    for (let each = start; each < start + digits; each += 2) {
      const high = values[text[each] as number] as number;
      const low = values[text[each + 1] as number] as number;
      seen |= high | low;
      ids[at++] = (high << 4) | low;
    }
    if (text[start + digits] !== LF) throw unreadable();
  }
  if (seen >= NO_DIGIT) throw unreadable();
  return ids;
}

/** Of small hexadecimal digits, by their codes; NO_DIGIT of anything else. */
function digitValues(): Uint8Array {
  const values = new Uint8Array(256).fill(NO_DIGIT);
  for (const [value, code] of Buffer.from('0123456789abcdef').entries()) values[code] = value;
  return values;
}

/** The ids of all commits, in no order. Throws GitError. */
export async function* listCommits(git: Git): AsyncGenerator<string, void, undefined> {
  const child = startGit(git, [
    ...['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objecttype) %(objectname)'],
  ]);
  child.stdin.end();
  try {
    for await (const lines of wholeLines(child.stdout, LONGEST, unreadable))
      for (const line of lines) if (line.startsWith('commit ')) yield line.slice('commit '.length);
    await child.ended;
  } finally {
    child.kill();
  }
}

const unreadable = (): GitError => new GitError('the list of git cat-file is not what it should be');
const LF = 0x0a;
/** A bit no digit has. */
const NO_DIGIT = 0x10;
const ID_DIGITS = [40, 64];
const LONGEST_ID = 64;
/** A type, and an id of SHA-256. */
const LONGEST = 80;
