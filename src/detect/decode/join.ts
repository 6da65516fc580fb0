// Puts back together what source code takes apart: concatenation, templates, arrays, continued and folded lines, tags.

import { BASE64_BYTES, isAlnum, isSpace, isTokenByte } from '../bytes.ts';
import type { ReadEscape } from './decoder.ts';
import { mayBeEscape } from './introducers.ts';

const NEWLINE = 0x0a;
const PLUS = 0x2b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const LONGEST_SEAM = 160;

const isQuote = (byte: number | undefined): boolean => byte === 0x22 || byte === 0x27 || byte === 0x60;

/** What may stand between two quoted pieces. An array or a statement that ends, ends what belongs together. */
const BETWEEN = new Set([...'$+.,&|()\\{}#@'].map((char) => char.charCodeAt(0)));

/** Words that may stand there as well: string prefixes, and what methods and operators are called. */
const WORDS = /^(?:[fFrRbBuUL]{1,2}|u8|concat|plus|append|Append|push|join|strcat|format|_|String|raw)$/;
const LONGEST_WORD = 8;

/**
 * A seam between two pieces of one token: a quoted piece ends and the next begins, or a line is continued or folded.
 * A seam means no character; what it takes away must stand between two token characters.
 */
export const readSeam: ReadEscape = (bytes, at, to) => {
  if (!isTokenByte(bytes[at - 1])) return undefined;
  const end =
    quotedSeam(bytes, at, to) ??
    appendSeam(bytes, at, to) ??
    templateSeam(bytes, at, to) ??
    tagSeam(bytes, at, to) ??
    lineSeam(bytes, at, to);
  return end === undefined || !isTokenByte(bytes[end]) ? undefined : { byte: -1, length: end - at };
};

/** Whether a piece of base64 that begins at `at` goes on from another: `…" + "…`, `…\⏎…`. */
export function continuesPiece(bytes: Uint8Array, at: number): boolean {
  let line = at - 1;
  while (at - line < LONGEST_SEAM && isSpace(bytes[line])) line--;
  if (bytes[line] === BACKSLASH) return BASE64_BYTES[bytes[line - 1] ?? 0] === 1;
  if (!isQuote(bytes[at - 1])) return false;
  let i = at - 2;
  while (at - i < LONGEST_SEAM && (isSpace(bytes[i]) || BETWEEN.has(bytes[i] as number))) i--;
  return isQuote(bytes[i]) && BASE64_BYTES[bytes[i - 1] ?? 0] === 1;
}

/** `" + "`, `', '`, `" "`, `").concat("`, `" \⏎ "`: from a closing quote to the opening one. */
function quotedSeam(bytes: Uint8Array, at: number, to: number): number | undefined {
  const open = skipBackslash(bytes, at);
  if (!isQuote(bytes[open])) return undefined;
  const limit = Math.min(to, at + LONGEST_SEAM);
  let i = open + 1;
  while (i < limit) {
    const byte = bytes[i] as number;
    if (isQuote(byte)) {
      i++;
      // An empty string or a doubled quote between two pieces is part of the seam.
      if (isTokenByte(bytes[i])) return i;
    } else if (isSpace(byte) || BETWEEN.has(byte)) {
      i++;
    } else {
      const word = wordAt(bytes, i, limit);
      if (!WORDS.test(word)) return undefined;
      i += word.length;
    }
  }
  return undefined;
}

/** `"; key += "`, `'⏎KEY+='`: a piece ends and the next is appended to it. */
function appendSeam(bytes: Uint8Array, at: number, to: number): number | undefined {
  if (!isQuote(bytes[at])) return undefined;
  const limit = Math.min(to, at + LONGEST_SEAM);
  const end = skipAppend(bytes, at + 1, limit);
  return end > 0 && end < limit ? end : undefined;
}

/** From behind a closing quote to behind the opening one of what is appended; `limit` where it is not told, -1 for nothing. */
function skipAppend(bytes: Uint8Array, at: number, limit: number): number {
  const skip = (from: number, isSkipped: (byte: number | undefined) => boolean): number => {
    let i = from;
    while (i < limit && isSkipped(bytes[i])) i++;
    return i;
  };
  const name = skip(at, (byte) => isSpace(byte) || byte === 0x3b || byte === 0x29);
  const nameEnd = skip(name, (byte) => isTokenByte(byte) || byte === 0x24 || byte === 0x2e);
  const sign = skip(nameEnd, isSpace);
  if (sign + 1 >= limit) return limit;
  if (nameEnd === name || bytes[sign] !== PLUS || bytes[sign + 1] !== EQUALS) return -1;
  const quote = skip(sign + 2, isSpace);
  if (quote >= limit) return limit;
  return isQuote(bytes[quote]) ? quote + 1 : -1;
}

const skipBackslash = (bytes: Uint8Array, at: number): number => (bytes[at] === BACKSLASH ? at + 1 : at);

function wordAt(bytes: Uint8Array, at: number, limit: number): string {
  let word = '';
  for (let i = at; i < limit && word.length <= LONGEST_WORD && isTokenByte(bytes[i]); i++) {
    word += String.fromCharCode(bytes[i] as number);
  }
  return word;
}

/** `${"` and `"}` inside a template literal, `#{'` in Ruby: a quoted piece inside text begins or ends. */
function templateSeam(bytes: Uint8Array, at: number, to: number): number | undefined {
  const limit = Math.min(to, at + LONGEST_TEMPLATE);
  const begins = (bytes[at] === 0x24 || bytes[at] === 0x23) && bytes[at + 1] === 0x7b;
  if (!begins && !isQuote(bytes[at])) return undefined;
  for (let i = at + (begins ? 2 : 1); i < limit; i++) {
    if (begins ? isQuote(bytes[i]) : bytes[i] === 0x7d) return i + 1;
    if (!isSpace(bytes[i])) return undefined;
  }
  return undefined;
}

const LONGEST_TEMPLATE = 16;

/**
 * Whether a piece that ends in a quote right before `at` may go on with a piece that begins with `next`, escaped or not, as far
 * as `bytes[at, to)` tells. False only where no seam can begin, or it leads to something else.
 */
export function mayGoOn(bytes: Uint8Array, at: number, to: number, next: number): boolean {
  const limit = at + LONGEST_SEAM;
  if (skipAppend(bytes, at, Math.min(to, limit)) > 0 || mayContinueLine(bytes, at, to)) return true;
  for (let i = at; i < limit; ) {
    if (i >= to) return true;
    const byte = bytes[i] as number;
    if (byte === next || mayBeEscape(bytes, i, to)) return true;
    if (isQuote(byte) || isSpace(byte) || BETWEEN.has(byte)) {
      i++;
      continue;
    }
    // Behind an opening quote begins the next piece.
    const word = i > at && isQuote(bytes[i - 1]) ? '' : wordAt(bytes, i, Math.min(to, limit));
    const end = i + word.length;
    for (; i < end; i++) if (mayBeEscape(bytes, i, to)) return true;
    // The end of what is told may have cut it.
    if (end === to) return true;
    if (!WORDS.test(word)) return mayBeEscape(bytes, end, to) && word !== '';
  }
  return false;
}

/** Whether a backtick right before `at` may be one that continues a line. */
function mayContinueLine(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at - 1] !== 0x60) return false;
  let i = at;
  while (i < to && (bytes[i] === 0x20 || bytes[i] === 0x0d)) i++;
  return i === to || bytes[i] === NEWLINE;
}

/** `<wbr>`, `</span><span class="s">`: where a mail program lets a long word break, or a program marks some of it. */
function tagSeam(bytes: Uint8Array, at: number, to: number): number | undefined {
  const limit = Math.min(to, at + LONGEST_SEAM);
  let i = at;
  while (bytes[i] === 0x3c) {
    if (bytes[i + 1] !== 0x2f && !isAlnum(bytes[i + 1])) return undefined;
    while (i < limit && bytes[i] !== 0x3e) if (bytes[++i] === 0x3c) return undefined;
    if (i >= limit) return undefined;
    i++;
  }
  return i > at ? i : undefined;
}

/**
 * A line end with its indentation, after a continuation sign or none: `\⏎`, `=⏎` (quoted-printable), folded YAML; and with what
 * each line of a comment or of a quoted mail begins with.
 */
function lineSeam(bytes: Uint8Array, at: number, to: number): number | undefined {
  let i = at;
  if (bytes[i] === BACKSLASH || bytes[i] === 0x3d || bytes[i] === 0x60 || bytes[i] === 0x5e) i++;
  while (bytes[i] === 0x20 || bytes[i] === 0x0d) i++;
  if (bytes[i] !== NEWLINE) return undefined;
  const limit = Math.min(to, at + LONGEST_SEAM);
  while (i < limit && isSpace(bytes[i])) i++;
  if (bytes[i] === BACKSLASH && isTokenByte(bytes[i + 1])) i++;
  return i < limit ? afterLead(bytes, i, limit) : undefined;
}

/** Behind `# `, `// `, ` * `, `> > `, where such a line goes on. */
function afterLead(bytes: Uint8Array, at: number, limit: number): number {
  let i = at;
  while (i < limit && (LEADS.has(bytes[i] as number) || bytes[i] === 0x20)) i++;
  return bytes[i - 1] === 0x20 ? i : at;
}

const LEADS = new Set([...'#/*>;'].map((char) => char.charCodeAt(0)));
