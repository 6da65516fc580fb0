// Values near a credential's name that are encoded as a whole: a Kubernetes secret, a hexadecimal environment variable.

import type { Region } from '../context.ts';
import type { Decoded } from '../view.ts';
import { decodeBase64Run } from './base64.ts';
import { decodeHexRun } from './numbers.ts';

const RUN = /[A-Za-z0-9+/_-]{40,4096}/g;
const HEX = /[0-9a-f]{80}|[0-9A-F]{80}/;

export interface EncodedRun {
  readonly decoded: Decoded;
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** The runs in the region that decode to printable text. */
export function* encodedRuns(bytes: Buffer, { from, to }: Region): Iterable<EncodedRun> {
  for (const match of bytes.toString('latin1', from, to).matchAll(RUN)) {
    const start = from + match.index;
    const end = start + match[0].length;
    const hex = HEX.exec(match[0]);
    if (hex) {
      const decoded = decodeHexRun(bytes, start + hex.index, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start + hex.index, to: end, label: 'hex' };
    } else if (isPrintable(decodeBase64Run(bytes, start, start + SAMPLE).bytes)) {
      const decoded = decodeBase64Run(bytes, start, end);
      if (isPrintable(decoded.bytes)) yield { decoded, from: start, to: end, label: 'base64' };
    }
  }
}

/** Characters that tell text from noise before everything is decoded; whole groups of four. */
const SAMPLE = 32;

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
}
