// Values near a credential's name that are encoded as a whole: a Kubernetes secret, a hexadecimal environment variable.

import { BASE64_BYTES } from '../bytes.ts';
import type { Region } from '../context.ts';
import type { Decoded } from '../view.ts';
import { decodeBase64Run } from './base64.ts';
import { decodeHexRun } from './numbers.ts';

const SHORTEST = 40;
const LONGEST = 4096;
const HEX = /[0-9a-f]{80}|[0-9A-F]{80}/;

export interface EncodedRun {
  readonly decoded: Decoded;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** The runs in the region that decode to printable text. */
export function* encodedRuns(bytes: Buffer, { from, to }: Region): Iterable<EncodedRun> {
  for (const { from: start, to: end } of longRuns(bytes, from, to)) {
    const hex = HEX.exec(bytes.toString('latin1', start, end));
    if (hex) {
      const decoded = decodeHexRun(bytes, start + hex.index, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start + hex.index, to: end, label: 'hex' };
    } else if (isPrintable(decodeBase64Run(bytes, start, start + SAMPLE).bytes)) {
      const decoded = decodeBase64Run(bytes, start, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start, to: end, label: 'base64' };
    }
  }
}

/** Runs of base64 characters. Most of what it passes over is short words: it looks only where a long one would end. */
function* longRuns(bytes: Buffer, from: number, to: number): Iterable<Region> {
  let start = from;
  while (start + SHORTEST <= to) {
    let gap = start + SHORTEST - 1;
    while (gap >= start && BASE64_BYTES[bytes[gap] as number] === 1) gap--;
    if (gap >= start) {
      start = gap + 1;
      continue;
    }
    let end = start + SHORTEST;
    while (end < to && end < start + LONGEST && BASE64_BYTES[bytes[end] as number] === 1) end++;
    yield { from: start, to: end };
    start = end;
  }
}

/** Characters that tell text from noise before everything is decoded; whole groups of four. */
const SAMPLE = 32;

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
}
