// What stands around a candidate: the words that make a markerless credential believable, or give it to somebody else.

import type { Context } from '../rules/rule.ts';
import type { View } from './view.ts';

/** Lower case without separators, so that OPENAI_API_KEY, OpenAI:ApiKey and openai.api-key read alike. */
export const squash = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Whether one of the context's words stands near `[start, end)`, and none of somebody else's stands nearer. */
export function hasContext(view: View, start: number, end: number, context: Context): boolean {
  const before = squash(view.bytes.toString('latin1', Math.max(0, start - context.within), start));
  const after = squash(view.bytes.toString('latin1', end, end + context.within));
  const around = squash(view.around);
  const own = nearest(context.words, before, after, around);
  if (own === Infinity) return false;
  return own <= nearest(context.without ?? [], before, after, around);
}

/** Distance to the nearest of the words, in characters that count; what surrounds an encoded part is further away. */
function nearest(words: readonly string[], before: string, after: string, around: string): number {
  let distance = Infinity;
  for (const word of words.map(squash)) {
    const left = before.lastIndexOf(word);
    if (left >= 0) distance = Math.min(distance, before.length - left - word.length);
    const right = after.indexOf(word);
    if (right >= 0) distance = Math.min(distance, right);
    const outside = around.lastIndexOf(word);
    if (outside >= 0) distance = Math.min(distance, before.length + around.length - outside);
  }
  return distance;
}

/** A stretch of a view, in view offsets. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** The stretches within `reach` of the places (ascending), joined where they touch, inside `[0, length)`. */
export function regionsAround(places: readonly number[], reach: number, length: number): Region[] {
  const regions: { from: number; to: number }[] = [];
  for (const place of places) {
    const from = Math.max(0, place - reach);
    const to = Math.min(length, place + reach);
    const last = regions.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else regions.push({ from, to });
  }
  return regions;
}
