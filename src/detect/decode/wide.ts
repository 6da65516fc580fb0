// UTF-16, UTF-32 and stray NUL bytes: without its NULs, wide ASCII text of either byte order is plain ASCII text.

import { Collector, type Decoded } from '../view.ts';
import { FOREIGN } from './decoder.ts';

/** The bytes without NULs; undefined when there are none. */
export function withoutNuls(bytes: Buffer): Decoded | undefined {
  if (!bytes.includes(0)) return undefined;
  const out = new Collector(bytes.length);
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) out.add(bytes[i] as number, i, i + 1);
  return out.decoded();
}

/** How a character that was left is written, by its distance to the next one and by its place in the unit. */
export function wideLabel({ starts }: Decoded, at: number): string {
  const start = starts[at] as number;
  const width = (starts[at + 1] ?? start + 2) - start;
  if (width !== 2 && width !== 4) return 'nul';
  return `utf-${width * 8}${start % width === 0 ? 'le' : 'be'}`;
}

/** Text of a known wide encoding, a byte for a character; those outside latin1 become FOREIGN. */
export function decodeWide(bytes: Uint8Array, encoding: Exclude<Encoding, 'utf-8'>): Decoded {
  const width = encoding.startsWith('utf-32') ? 4 : 2;
  const place = encoding.endsWith('be') ? width - 1 : 0;
  const out = new Collector(Math.ceil(bytes.length / width));
  for (let at = 0; at + width <= bytes.length; at += width) {
    let isLatin1 = true;
    for (let i = 0; i < width; i++) isLatin1 &&= i === place || bytes[at + i] === 0;
    out.add(isLatin1 ? (bytes[at + place] as number) : FOREIGN, at, at + width);
  }
  return out.decoded();
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** How text is written from its first bytes: by its byte order mark, or by where the NULs stand in ASCII text. */
export function encodingOf(head: Uint8Array): { readonly encoding: Encoding; readonly bomLength: number } {
  const starts = (...bom: number[]) => bom.every((byte, i) => head[i] === byte);
  if (starts(0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', bomLength: 4 };
  if (starts(0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', bomLength: 4 };
  if (starts(0xff, 0xfe)) return { encoding: 'utf-16le', bomLength: 2 };
  if (starts(0xfe, 0xff)) return { encoding: 'utf-16be', bomLength: 2 };
  if (starts(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', bomLength: 3 };
  return { encoding: byNuls(head), bomLength: 0 };
}

const UNITS_LOOKED_AT = 16;

/** Three units of four must be ASCII, in the same byte order. */
function byNuls(head: Uint8Array): Encoding {
  if (!head.subarray(0, 4 * UNITS_LOOKED_AT).includes(0)) return 'utf-8';
  const share = (width: number, place: number) => {
    const units = Math.min(UNITS_LOOKED_AT, Math.floor(head.length / width));
    let ascii = 0;
    for (let unit = 0; unit < units; unit++) {
      const at = unit * width;
      let isAscii = true;
      for (let i = 0; i < width; i++) isAscii &&= (head[at + i] === 0) === (i !== place);
      if (isAscii) ascii++;
    }
    return units < 4 ? 0 : ascii / units;
  };
  if (share(4, 0) >= 0.75) return 'utf-32le';
  if (share(4, 3) >= 0.75) return 'utf-32be';
  if (share(2, 0) >= 0.75) return 'utf-16le';
  if (share(2, 1) >= 0.75) return 'utf-16be';
  return 'utf-8';
}
