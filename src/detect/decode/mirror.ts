// The two jokes people hide keys with: written backwards, and rot13.

import { Collector, type Decoded } from '../view.ts';

export function reverse(bytes: Uint8Array, from: number, to: number): Decoded {
  const out = new Collector(to - from);
  for (let i = to - 1; i >= from; i--) out.add(bytes[i] as number, i, i + 1);
  return out.decoded();
}

export function rot13(bytes: Uint8Array, from: number, to: number): Decoded {
  const out = new Collector(to - from);
  for (let i = from; i < to; i++) out.add(rotated(bytes[i] as number), i, i + 1);
  return out.decoded();
}

function rotated(byte: number): number {
  const first = byte & 0x60;
  const letter = (byte & 0x1f) - 1;
  const isLetter = byte >= 0x41 && byte <= 0x7a && letter >= 0 && letter < 26;
  return isLetter ? first + 1 + ((letter + 13) % 26) : byte;
}
