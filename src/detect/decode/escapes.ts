// Escapes of single characters: backslashes as JSON, JavaScript, C, CSS and shells write them, percent, HTML, U+XXXX.

import { hexValue } from '../bytes.ts';
import { byteOf, FOREIGN, type ReadEscape, type Replacement } from './decoder.ts';

const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;

const SIMPLE: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  f: 0x0c,
  v: 0x0b,
  b: 0x08,
  e: 0x1b,
  '"': 0x22,
  "'": 0x27,
  '`': 0x60,
  '/': 0x2f,
  '\\': BACKSLASH,
  $: 0x24,
  // Markdown, LaTeX and regular expressions.
  _: 0x5f,
  '-': 0x2d,
};

/** `\n`, `\"`, `\/`, `\_`, `\xNN`, `\x{…}`, `\uNNNN`, `\u{…}`, `\UNNNNNNNN`, octal `\NNN` and `\NN`, CSS `\54 ` and `\000054`. */
export const readBackslash: ReadEscape = (bytes, at, to) => {
  if (bytes[at] !== BACKSLASH || at + 1 >= to) return undefined;
  const letter = String.fromCharCode(bytes[at + 1] as number);
  if (letter === 'x') return braced(bytes, at, to) ?? hexDigits(bytes, at, 2, 2, to);
  if (letter === 'u') return braced(bytes, at, to) ?? hexDigits(bytes, at, 2, 4, to);
  if (letter === 'U') return hexDigits(bytes, at, 2, 8, to);
  return cssEscape(bytes, at, to) ?? octal(bytes, at, to) ?? simple(letter);
};

function simple(letter: string): Replacement | undefined {
  const byte = SIMPLE[letter];
  return byte === undefined ? undefined : { byte, length: 2 };
}

/** `\000054`, or two digits and a space. */
function cssEscape(bytes: Uint8Array, at: number, to: number): Replacement | undefined {
  if (bytes[at + 1] === 0x30 && bytes[at + 2] === 0x30) return hexDigits(bytes, at, 1, 6, to);
  const short = hexDigits(bytes, at, 1, 2, to);
  return short && bytes[at + 3] === 0x20 && !isBehindOctal(bytes, at)
    ? { byte: short.byte, length: 4 }
    : undefined;
}

/** Right behind `\NN` or `\NNN`, without the space that CSS ends its own with, stands one more of these. */
function isBehindOctal(bytes: Uint8Array, at: number): boolean {
  if (!isOctal(bytes[at - 1]) || !isOctal(bytes[at - 2])) return false;
  return bytes[at - 3] === BACKSLASH || (isOctal(bytes[at - 3]) && bytes[at - 4] === BACKSLASH);
}

const isOctal = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x37;

/** Three digits, or the two that are enough for digits and a hyphen. */
function octal(bytes: Uint8Array, at: number, to: number): Replacement | undefined {
  let value = 0;
  let length = 1;
  for (; length < 4 && at + length < to; length++) {
    const digit = (bytes[at + length] as number) - 0x30;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  return length < 3 ? undefined : { byte: byteOf(value), length };
}

/** `\x{54}`, `\u{54}`: one to six digits in braces. */
function braced(bytes: Uint8Array, at: number, to: number): Replacement | undefined {
  if (bytes[at + 2] !== 0x7b) return undefined;
  let value = 0;
  for (let i = at + 3; i < to && i < at + 10; i++) {
    if (bytes[i] === 0x7d) return i === at + 3 ? undefined : { byte: byteOf(value), length: i + 1 - at };
    const digit = hexValue(bytes[i]);
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return undefined;
}

/** Exactly `count` hexadecimal digits after `skip` bytes of introduction. */
function hexDigits(
  bytes: Uint8Array,
  at: number,
  skip: number,
  count: number,
  to: number,
): Replacement | undefined {
  if (at + skip + count > to) return undefined;
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = hexValue(bytes[at + skip + i]);
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return { byte: byteOf(value), length: skip + count };
}

/** `%54` as in URLs. */
export const readPercent: ReadEscape = (bytes, at, to) =>
  bytes[at] === 0x25 ? hexDigits(bytes, at, 1, 2, to) : undefined;

/** `=3D`, the one escape of quoted-printable mail that every assignment in it shows. */
export const readQuotedEquals: ReadEscape = (bytes, at, to) =>
  at + 3 <= to && bytes[at] === 0x3d && bytes[at + 1] === 0x33 && bytes[at + 2] === 0x44
    ? { byte: 0x3d, length: 3 }
    : undefined;

/** `U+0054`, with the space that usually follows. */
export const readUnicodeName: ReadEscape = (bytes, at, to) => {
  if (bytes[at] !== 0x55 || bytes[at + 1] !== 0x2b) return undefined;
  const digits = hexDigits(bytes, at, 2, 4, to);
  return digits && bytes[at + digits.length] === 0x20 ? { ...digits, length: digits.length + 1 } : digits;
};

const ENTITIES: Readonly<Record<string, number>> = {
  quot: 0x22,
  apos: 0x27,
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  nbsp: 0x20,
  equals: 0x3d,
  colon: 0x3a,
  lowbar: 0x5f,
  UnderBar: 0x5f,
  hyphen: 0x2d,
  dash: 0x2d,
  grave: 0x60,
  Tab: 0x09,
  NewLine: 0x0a,
  shy: -1,
  ZeroWidthSpace: -1,
};

/** `&#84;`, `&#x54;` (the semicolon may be missing, as browsers allow) and the named entities that touch keys. */
export const readEntity: ReadEscape = (bytes, at, to) => {
  if (bytes[at] !== 0x26) return undefined;
  return bytes[at + 1] === 0x23 ? numericEntity(bytes, at, to) : namedEntity(bytes, at, to);
};

function numericEntity(bytes: Uint8Array, at: number, to: number): Replacement | undefined {
  const isHex = ((bytes[at + 2] ?? 0) | 0x20) === 0x78;
  const base = isHex ? 16 : 10;
  const first = at + (isHex ? 3 : 2);
  let value = 0;
  let end = first;
  for (; end < to && end < first + 7; end++) {
    const digit = hexValue(bytes[end]);
    if (digit < 0 || digit >= base) break;
    value = value * base + digit;
  }
  if (end === first) return undefined;
  return { byte: byteOf(value), length: end - at + (bytes[end] === SEMICOLON ? 1 : 0) };
}

const LONGEST_ENTITY = 16;

function namedEntity(bytes: Uint8Array, at: number, to: number): Replacement | undefined {
  let name = '';
  for (let i = at + 1; i < to && i <= at + LONGEST_ENTITY; i++) {
    if (bytes[i] === SEMICOLON) {
      const known = Object.hasOwn(ENTITIES, name);
      return { byte: known ? (ENTITIES[name] as number) : FOREIGN, length: i + 1 - at };
    }
    const char = String.fromCharCode(bytes[i] as number);
    if (!/[A-Za-z0-9]/.test(char)) return undefined;
    name += char;
  }
  return undefined;
}
