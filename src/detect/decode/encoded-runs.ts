// Values near a credential's name that are encoded as a whole: a Kubernetes secret, a hexadecimal environment variable.

import { BASE64_BYTES } from '../bytes.ts';
import type { Region } from '../context.ts';
import { runEnd, runStart } from '../runs.ts';
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
  for (let end = from; ; ) {
    const start = runStart(bytes, BASE64_BYTES, SHORTEST, end, to);
    if (start < 0) return;
    end = runEnd(bytes, BASE64_BYTES, start, Math.min(to, start + LONGEST));
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

/** Characters that tell text from noise before everything is decoded; whole groups of four. */
const SAMPLE = 32;

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
}
