// The layers that change single characters and leave the rest: escapes, colours, seams. Applied one upon the other.

import { classOf } from '../bytes.ts';
import type { Region } from '../context.ts';
import { type Decoded, joinedView, touchedView, type View } from '../view.ts';
import { readAnsi } from './ansi.ts';
import { type ReadEscape, replaceEscapes } from './decoder.ts';
import { readBackslash, readEntity, readPercent, readQuotedEquals, readUnicodeName } from './escapes.ts';
import { INTRODUCERS } from './introducers.ts';
import { readInvisible } from './invisible.ts';
import { readSeam } from './join.ts';

interface SoftDecoder {
  readonly label: string;
  readonly read: ReadEscape;
  /** Without one of these there is nothing to replace. */
  readonly introducers: readonly number[];
  /** 1 for every byte that an escape of this kind may begin with. */
  readonly begins: Uint8Array;
}

const bytesOf = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

function decoder(
  label: string,
  read: ReadEscape,
  introducers: string,
  beginnings = introducers,
): SoftDecoder {
  return { label, read, introducers: bytesOf(introducers), begins: classOf(beginnings) };
}

const escapeDecoder = (label: keyof typeof INTRODUCERS, read: ReadEscape): SoftDecoder =>
  decoder(label, read, INTRODUCERS[label]);

const ANSI = escapeDecoder('ansi', readAnsi);

const ESCAPES: readonly SoftDecoder[] = [
  // Some end in a backslash, and some are written with one.
  ANSI,
  escapeDecoder('escape', readBackslash),
  escapeDecoder('percent', readPercent),
  escapeDecoder('html', readEntity),
  escapeDecoder('unicode', readUnicodeName),
  escapeDecoder('quoted-printable', readQuotedEquals),
  ANSI,
  escapeDecoder('invisible', readInvisible),
];

const SEAMS = decoder('joined', readSeam, '"\'`$#<\n', '"\'`$#<\n\\=^ \r');

function decodeSoftly(
  bytes: Buffer,
  from: number,
  to: number,
  { read, introducers, begins }: SoftDecoder,
): Decoded | undefined {
  const stretch = bytes.subarray(from, to);
  return introducers.some((byte) => stretch.includes(byte))
    ? replaceEscapes(bytes, from, to, read, begins)
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
