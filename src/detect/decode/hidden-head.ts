// Whether a stretch could hold the head of a key, escaped or divided. Asked of all that stands near a context word, so it
// reads bytes: a regular expression would have a string made of each stretch.

import { classOf, isAlnum } from '../bytes.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const ZERO = 0x30;
const CAPITAL_U = 0x55;
const BACKSLASH = 0x5c;
const K = 0x6b;
const N = 0x6e;
const S = 0x73;

/** The last letter of the head, and what escapes of its characters begin with. */
const TELLING = classOf('k\\%&U\x1b');

/** Whether `sk-` could be read in `bytes[from, to)` once escapes are undone and seams are closed (soft.ts). */
export function mayHideHead(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (
      TELLING[bytes[at] as number] === 1 &&
      (bytes[at] === K ? isDividedHead(bytes, from, at) : isEscape(bytes, at))
    )
      return true;
  return false;
}

/** An escape that can mean a letter or a hyphen, or put a colour between two. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1] ?? 0;
  switch (bytes[at]) {
    case BACKSLASH:
      return 'uxU01234567'.includes(String.fromCharCode(next));
    case PERCENT:
      return next >= 0x34 && next <= 0x37;
    case AMPERSAND:
      return next === HASH;
    case CAPITAL_U:
      return next === PLUS && bytes[at + 2] === ZERO && bytes[at + 3] === ZERO;
    default:
      return true;
  }
}

const LONGEST_SEAM = 60;

/** The `k` at `at`, with an `s` before it and nothing between but signs, each perhaps with the letter of an escaped line end. */
function isDividedHead(bytes: Uint8Array, from: number, at: number): boolean {
  if (!maySeparate(bytes, at + 1)) return false;
  let before = at - 1;
  for (let signs = 0; signs <= LONGEST_SEAM && before >= from; signs++) {
    if (bytes[before] === S) return true;
    if (bytes[before] === N) before--;
    if (before < from || isAlnum(bytes[before])) return false;
    before--;
  }
  return false;
}

/** The hyphen, and what escapes of it and seams begin with. */
const SEPARATING = classOf('-"\'`$#\\=^%&\x1b\x9b\xc2\xe2\xef');
const LONGEST_BREAK = 80;

/** Whether the hyphen of the head may stand at `at`, or behind a seam that begins there; spaces begin one before a line end. */
function maySeparate(bytes: Uint8Array, at: number): boolean {
  let end = at;
  while (end < at + LONGEST_BREAK && (bytes[end] === SPACE || bytes[end] === CR)) end++;
  return bytes[end] === LF || SEPARATING[bytes[at] ?? 0] === 1;
}
