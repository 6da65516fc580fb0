// What the soft decoders share: they copy a stretch of bytes and replace what they know.

import { Collector, type Decoded } from '../view.ts';

/** What stands at a place: the byte it means (or -1 for nothing), and how many bytes it takes; 0 for "not mine". */
export interface Replacement {
  readonly byte: number;
  readonly length: number;
}

/** Reads one escape at `at`, looking no further than `to`. */
export type ReadEscape = (bytes: Uint8Array, at: number, to: number) => Replacement | undefined;

/** Stands for a character outside latin1: no key holds one, so it ends whatever run it stands in. */
export const FOREIGN = 0xff;

/** Copies `bytes[from, to)` with every escape replaced; undefined when there was none. `begins`: see SoftDecoder. */
export function replaceEscapes(
  bytes: Uint8Array,
  from: number,
  to: number,
  read: ReadEscape,
  begins: Uint8Array,
): Decoded | undefined {
  let out: Collector | undefined;
  let copied = from;
  for (let at = from; at < to; ) {
    const replacement = begins[bytes[at] as number] === 1 ? read(bytes, at, to) : undefined;
    if (replacement === undefined) {
      at++;
      continue;
    }
    // Most stretches that are looked at hold no escape: nothing is copied of them.
    out ??= new Collector(to - from);
    out.copy(bytes, copied, at);
    if (replacement.byte >= 0) out.add(replacement.byte, at, at + replacement.length);
    at += replacement.length;
    copied = at;
  }
  out?.copy(bytes, copied, to);
  return out?.decoded();
}

/** The byte of a code point, -1 of one that nobody sees, or FOREIGN. */
export const byteOf = (codePoint: number): number =>
  codePoint < 0x100 ? codePoint : ZERO_WIDTH.has(codePoint) ? -1 : FOREIGN;

/** Zero-width space, non-joiner and joiner, word joiner, zero-width no-break space. */
export const ZERO_WIDTH: ReadonlySet<number> = new Set([0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);
