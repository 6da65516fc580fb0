// Terminal control sequences (ECMA-48): colours that a log or `grep --color` put into the middle of a key.

import type { ReadEscape } from './decoder.ts';

const ESC = 0x1b;
const CSI_8BIT = 0x9b;
const LONGEST = 64;

/** CSI … letter, OSC … BEL or ST, and two- or three-byte sequences. They mean no character at all. */
export const readAnsi: ReadEscape = (bytes, at, to) => {
  if (bytes[at] === CSI_8BIT) return controlSequence(bytes, at, at + 1, to);
  if (bytes[at] !== ESC) return undefined;
  const kind = bytes[at + 1];
  if (kind === 0x5b) return controlSequence(bytes, at, at + 2, to);
  if (kind === 0x5d) return operatingSystemCommand(bytes, at, to);
  const isCharset = kind === 0x28 || kind === 0x29;
  return { byte: -1, length: Math.min(isCharset ? 3 : 2, to - at) };
};

/** Parameters and intermediates (0x20–0x3f), then one final byte. */
function controlSequence(bytes: Uint8Array, at: number, from: number, to: number) {
  for (let i = from; i < to && i < from + LONGEST; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x40 && byte <= 0x7e) return { byte: -1, length: i + 1 - at };
    if (byte < 0x20 || byte > 0x3f) return undefined;
  }
  return undefined;
}

function operatingSystemCommand(bytes: Uint8Array, at: number, to: number) {
  for (let i = at + 2; i < to && i < at + 512; i++) {
    if (bytes[i] === 0x07) return { byte: -1, length: i + 1 - at };
    if (bytes[i] === ESC && bytes[i + 1] === 0x5c) return { byte: -1, length: i + 2 - at };
  }
  return undefined;
}
