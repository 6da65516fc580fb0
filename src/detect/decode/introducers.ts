// What escapes begin with, said once: for those who undo them (soft.ts), and those who only ask whether one may stand somewhere.

import { classOf, isAlnum } from '../bytes.ts';

/** By the kind of escape; without one of these bytes there is nothing of it to undo. */
export const INTRODUCERS = {
  ansi: '\x1b\x9b',
  escape: '\\',
  percent: '%',
  html: '&',
  unicode: 'U',
  'quoted-printable': '=',
  invisible: '\xc2\xe2\xef',
} as const;

const INTRODUCES = classOf(Object.values(INTRODUCERS).join(''));

/** Whether an escape may begin at `at`, as far as `bytes[at, to)` tells one that is no other text. */
export function mayBeEscape(bytes: Uint8Array, at: number, to: number): boolean {
  if (INTRODUCES[bytes[at] as number] !== 1) return false;
  if (at + 1 >= to) return true;
  const byte = bytes[at];
  const after = bytes[at + 1] as number;
  if (byte === CAPITAL_U) return after === PLUS;
  if (byte === EQUALS) return after === THREE;
  return byte !== AMPERSAND || after === HASH || isAlnum(after);
}

const HASH = 0x23;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const THREE = 0x33;
const EQUALS = 0x3d;
const CAPITAL_U = 0x55;
