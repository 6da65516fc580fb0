// The layers that change single characters and leave the rest: escapes, colours, seams. Applied one upon the other.

import type { Region } from '../context.ts';
import { type Decoded, joinedView, touchedView, type View } from '../view.ts';
import { readAnsi } from './ansi.ts';
import { type ReadEscape, replaceEscapes } from './decoder.ts';
import { readBackslash, readEntity, readPercent, readQuotedEquals, readUnicodeName } from './escapes.ts';
import { readSeam } from './join.ts';

interface SoftDecoder {
  readonly label: string;
  readonly read: ReadEscape;
  /** Bytes of which one begins every escape of this kind: without them there is nothing to replace. */
  readonly introducers: readonly number[];
}

const ESCAPES: readonly SoftDecoder[] = [
  { label: 'escape', read: readBackslash, introducers: [0x5c] },
  { label: 'percent', read: readPercent, introducers: [0x25] },
  { label: 'html', read: readEntity, introducers: [0x26] },
  { label: 'unicode', read: readUnicodeName, introducers: [0x55] },
  { label: 'quoted-printable', read: readQuotedEquals, introducers: [0x3d] },
  { label: 'ansi', read: readAnsi, introducers: [0x1b, 0x9b] },
];

const SEAMS: SoftDecoder = {
  label: 'joined',
  read: readSeam,
  introducers: [0x22, 0x27, 0x60, 0x24, 0x23, 0x0a],
};

function decodeSoftly(
  bytes: Buffer,
  from: number,
  to: number,
  { read, introducers }: SoftDecoder,
): Decoded | undefined {
  const stretch = bytes.subarray(from, to);
  return introducers.some((byte) => stretch.includes(byte))
    ? replaceEscapes(bytes, from, to, read)
    : undefined;
}

export interface SoftLayer {
  readonly layer: View;
  readonly joined: boolean;
  /** Whether what came out may hold another layer of the same kind: JSON inside JSON. */
  readonly softly: boolean;
}

/** The region unescaped, and then with its seams closed; nothing when nothing changes. */
export function* softLayers(view: View, region: Region): Iterable<SoftLayer> {
  let current = view;
  let { from, to } = region;
  let changed = false;
  for (const decoder of ESCAPES) {
    const decoded = decodeSoftly(current.bytes, from, to, decoder);
    if (decoded === undefined) continue;
    current = touchedView(current, decoded, decoder.label);
    changed = true;
    from = 0;
    to = current.bytes.length;
  }
  const joined = decodeSoftly(current.bytes, from, to, SEAMS);
  if (changed) yield { layer: current, joined: false, softly: joined === undefined };
  if (joined) yield { layer: joinedView(current, joined, SEAMS.label), joined: true, softly: changed };
}
