// Tells literals that lead nowhere by what stands right beside them: for a single one, a whole file would be looked through,
// and in a history every version of it.

import type { Anchor, PieceOf } from './anchors.ts';
import { BASE64_BYTES, isAlnum } from './bytes.ts';
import type { Compiled } from './compile.ts';
import { mayBeEscape } from './decode/introducers.ts';
import { mayGoOn } from './decode/join.ts';
import { mayBeJwt } from './jwt.ts';

/**
 * Whether the literal that stands at `at` may lead to a credential, as far as `bytes[from, to)` tells: what stands beyond could
 * be anything.
 */
export function mayLead(
  { table: { literals, anchors, meanings }, formsAt }: Compiled,
  bytes: Uint8Array,
  literal: number,
  at: number,
  from: number,
  to: number,
): boolean {
  const anchor = anchors[meanings[literal] as number] as Anchor;
  switch (anchor.kind) {
    case 'form':
      return formsAt(anchor.literal).forms.some(
        ({ compiled, hasMarker }) => hasMarker || compiled.mayFollow(bytes, at + compiled.anchor.length, to),
      );
    case 'damaged':
      return (
        anchor.divided === undefined ||
        mayGoOn(bytes, at + anchor.divided.quoteEnd, to, anchor.divided.next.charCodeAt(0))
      );
    case 'base64':
    case 'reversed':
    case 'rot13': {
      const end = at + (literals[literal] as string).length;
      return anchor.pieceOf?.some((piece) => mayBelong(bytes, at, end, piece, from, to)) ?? true;
    }
    case 'jwt':
      return mayBeJwt(bytes, at, to);
    default:
      return true;
  }
}

/** Whether the piece `[start, end)` may stand in its text: what does not belong to base64 may break it off. */
function mayBelong(
  bytes: Uint8Array,
  start: number,
  end: number,
  [before, behind]: PieceOf,
  from: number,
  to: number,
): boolean {
  for (let each = 0; each < behind.length && end + each < to; each += 1) {
    const byte = bytes[end + each] as number;
    if (byte === behind.charCodeAt(each)) continue;
    if (goesOn(bytes, end + each, 1, to)) return false;
    break;
  }
  for (let each = 1; each <= before.length && start - each >= from; each += 1) {
    const byte = bytes[start - each] as number;
    if (byte === before.charCodeAt(before.length - each)) continue;
    return !goesOn(bytes, start - each, -1, from) || mayEndEscape(bytes, start - each, from);
  }
  return true;
}

/** Whether the byte at `at` may be the last of an escape: what wraps base64 in a string is `\n`, `%0A` in a URL. */
function mayEndEscape(bytes: Uint8Array, at: number, from: number): boolean {
  for (let begin = at; begin >= from && begin > at - LONGEST_ESCAPE; begin -= 1)
    if (mayBeEscape(bytes, begin, bytes.length)) return true;
  return from > 0 && from > at - LONGEST_ESCAPE;
}

/** `\u{00000a}`, and a terminal sequence that sets a colour of 24 bits. */
const LONGEST_ESCAPE = 20;

/** Whether base64 goes on at `at`: a sign may as well be what a line begins with, or stand between two texts. */
function goesOn(bytes: Uint8Array, at: number, step: 1 | -1, end: number): boolean {
  if (isAlnum(bytes[at])) return true;
  const isTold = step === 1 ? at + step < end : at + step >= end;
  return isTold && BASE64_BYTES[bytes[at] as number] === 1 && isAlnum(bytes[at + step]);
}
