// Values near a credential's name that are encoded as a whole: a Kubernetes secret, a hexadecimal environment variable.

import { BASE64_BYTES } from '../bytes.ts';
import type { Region } from '../context.ts';
import { runEnd, runStart } from '../runs.ts';
import type { Decoded } from '../view.ts';
import { decodeBase64Run, decodeGroup } from './base64.ts';
import { decodeHexRun } from './numbers.ts';

/** Characters; all of them are such that values are written in. */
export const SHORTEST_ENCODED = 40;
const LONGEST = 4096;
const HEX = /[0-9a-f]{80}|[0-9A-F]{80}/;
const SHORTEST_HEX = 80;

export interface EncodedRun {
  readonly decoded: Decoded;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** The runs that reach into the region and decode to printable text, whole: a region ends where a word is too far away. */
export function* encodedRuns(bytes: Buffer, { from, to }: Region): Iterable<EncodedRun> {
  let end = from;
  while (end > from - LONGEST && BASE64_BYTES[bytes[end - 1] ?? 0] === 1) end--;
  for (;;) {
    const start = runStart(bytes, BASE64_BYTES, SHORTEST_ENCODED, end, to);
    if (start < 0) return;
    end = runEnd(bytes, BASE64_BYTES, start, Math.min(bytes.length, start + LONGEST));
    const hex = end - start < SHORTEST_HEX ? null : HEX.exec(bytes.toString('latin1', start, end));
    if (hex) {
      const decoded = decodeHexRun(bytes, start + hex.index, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start + hex.index, to: end, label: 'hex' };
    } else if (beginsPrintable(bytes, start)) {
      const decoded = decodeBase64Run(bytes, start, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start, to: end, label: 'base64' };
    }
  }
}

/** Characters that tell text from noise before anything is kept of what is decoded; whole groups of four. */
const SAMPLE = 32;

function beginsPrintable(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + SAMPLE; at += 4) {
    const group = decodeGroup(bytes, at);
    if (
      !(isPrintableByte(group >> 16) && isPrintableByte((group >> 8) & 0xff) && isPrintableByte(group & 0xff))
    )
      return false;
  }
  return true;
}

const isPrintable = (bytes: Uint8Array): boolean => bytes.every(isPrintableByte);

const isPrintableByte = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
