// The layers that change single characters and leave the rest: escapes, colours, seams. Applied one upon the other.

import type { Region } from '../context.ts';
import { touchedView, type View } from '../view.ts';
import { readAnsi } from './ansi.ts';
import { type ReadEscape, replaceEscapes } from './decoder.ts';
import { readBackslash, readEntity, readPercent, readUnicodeName } from './escapes.ts';
import { readSeam } from './join.ts';

const ESCAPES: readonly (readonly [label: string, read: ReadEscape])[] = [
  ['escape', readBackslash],
  ['percent', readPercent],
  ['html', readEntity],
  ['unicode', readUnicodeName],
  ['ansi', readAnsi],
];

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
  for (const [label, read] of ESCAPES) {
    const decoded = replaceEscapes(current.bytes, from, to, read);
    if (decoded === undefined) continue;
    current = touchedView(current, decoded, label);
    changed = true;
    from = 0;
    to = current.bytes.length;
  }
  const joined = replaceEscapes(current.bytes, from, to, readSeam);
  if (changed) yield { layer: current, joined: false, softly: joined === undefined };
  if (joined) yield { layer: touchedView(current, joined, 'joined'), joined: true, softly: changed };
}
