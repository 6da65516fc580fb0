// How the places of a credential are named in formats that people share with others: who made a commit stays out.

import type { Occurrence, Origin } from '../model.ts';
import { display } from './display.ts';
import { originWords } from './origin-words.ts';

/** In one line: `src/a.ts:3:18, decoded: base64, commit 0123456789ab, 2024-05-06`. */
export function placeText(occurrence: Occurrence): string {
  const { path, line, column, decoded } = occurrence;
  return [
    `${display(path)}:${line}:${column}`,
    decoded.length > 0 ? `decoded: ${decoded.map(display).join(', ')}` : '',
    impersonalWords(occurrence),
  ]
    .filter(Boolean)
    .join(', ');
}

/** `commit 0123456789ab, 2024-05-06`; no names. */
export function impersonalWords({ path, origin }: Pick<Occurrence, 'path' | 'origin'>): string {
  const { author: _, ...impersonal }: Origin = origin;
  return originWords({ path, origin: impersonal });
}
