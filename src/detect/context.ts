// What stands around a candidate: the words that make a markerless credential believable, or give it to somebody else.

import type { Context } from '../rules/rule.ts';
import { firstNotBelow } from './ascending.ts';
import { isTokenByte, TOKEN_BYTES } from './bytes.ts';
import { runEnd } from './runs.ts';
import type { View } from './view.ts';

/** Lower case without separators, so that OPENAI_API_KEY, OpenAI:ApiKey and openai.api-key read alike. */
export const squash = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** A rule's context with its words squashed. */
export interface CompiledContext {
  readonly words: readonly string[];
  readonly without: readonly string[];
  readonly never: readonly string[];
  readonly within: number;
}

export const compileContext = ({ words, without = [], never = [], within }: Context): CompiledContext => ({
  words: words.map(squash),
  without: without.map(squash),
  never: never.map(squash),
  within,
});

/** Where words stand in one view; made when first asked, so that a view without candidates costs nothing. */
export class Surroundings {
  private readonly view: View;
  private squashedAround: string | undefined;
  private squashed: { readonly text: string; readonly places: Int32Array } | undefined;
  private readonly found = new Map<string, readonly number[]>();
  private readonly written = new Map<string, readonly number[]>();

  constructor(view: View) {
    this.view = view;
  }

  /**
   * Whether one of the context's words stands near `[start, end)`, none of somebody else's stands nearer, and none of
   * those that decide it for somebody else stands within reach at all.
   */
  agree(start: number, end: number, { words, without, never, within }: CompiledContext): boolean {
    if (this.hold(start, end, never, within)) return false;
    const own = this.nearest(words, start, end, within);
    return own < Infinity && own <= this.nearest(without, start, end, within, IS_OTHERS);
  }

  /** Whether one of somebody else's words stands within reach of `[start, end)`. */
  hold(start: number, end: number, words: readonly string[], within: number): boolean {
    return this.nearest(words, start, end, within, IS_OTHERS) < Infinity;
  }

  /** Bytes to the nearest of the words; what surrounds an encoded part is further away than what stands in it. */
  private nearest(
    words: readonly string[],
    start: number,
    end: number,
    within: number,
    isOthers = false,
  ): number {
    let distance = Infinity;
    for (const word of words) {
      const places = isOthers ? this.writtenPlacesOf(word) : this.placesOf(word);
      const after = places[firstNotBelow(places, end)];
      if (after !== undefined && after - end <= within) distance = Math.min(distance, after - end);
      const before = places[firstNotBelow(places, start) - 1];
      if (before !== undefined && start - before <= within + word.length)
        distance = Math.min(distance, start - before);
      if (this.view.around !== '') distance = Math.min(distance, within + this.distanceAround(word));
    }
    return distance;
  }

  /** What stands around the view, squashed; empty where nothing does. */
  get around(): string {
    this.squashedAround ??= squash(this.view.around);
    return this.squashedAround;
  }

  private distanceAround(word: string): number {
    const at = this.around.lastIndexOf(word);
    return at < 0 ? Infinity : this.around.length - at;
  }

  /** Not where chance has put it together: into the tokens of one login file in 20,000 it writes `slack`. */
  private writtenPlacesOf(word: string): readonly number[] {
    const known = this.written.get(word);
    if (known) return known;
    const written = this.placesOf(word).filter((at) => !isInToken(this.view.bytes, at));
    this.written.set(word, written);
    return written;
  }

  private placesOf(word: string): readonly number[] {
    const known = this.found.get(word);
    if (known) return known;
    this.squashed ??= squashBytes(this.view.bytes);
    const { text, places } = this.squashed;
    const found: number[] = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      found.push(places[at] as number);
    this.found.set(word, found);
    return found;
  }
}

/** Whether more stands around `at` than a name takes. */
function isInToken(bytes: Uint8Array, at: number): boolean {
  let from = at;
  while (at - from < LONGEST_NAME && isTokenByte(bytes[from - 1])) from--;
  return runEnd(bytes, TOKEN_BYTES, at, Math.min(bytes.length, from + LONGEST_NAME)) - from === LONGEST_NAME;
}

const IS_OTHERS = true;
const LONGEST_NAME = 80;

/** As `squash`, with the place of every character that is left. */
function squashBytes(bytes: Buffer): { text: string; places: Int32Array } {
  const kept = Buffer.allocUnsafe(bytes.length);
  const places = new Int32Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    const isUpper = byte >= 0x41 && byte <= 0x5a;
    if (!isUpper && !(byte >= 0x61 && byte <= 0x7a) && !(byte >= 0x30 && byte <= 0x39)) continue;
    kept[length] = isUpper ? byte | 0x20 : byte;
    places[length++] = i;
  }
  return { text: kept.toString('latin1', 0, length), places };
}

/** A stretch of a view, in view offsets. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** The stretches within `reach` of the places, joined where they touch, inside `[0, length)`. */
export function regionsAround(places: readonly number[], reach: number, length: number): Region[] {
  const regions: { from: number; to: number }[] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const from = Math.max(0, place - reach);
    const to = Math.min(length, place + reach);
    const last = regions.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else regions.push({ from, to });
  }
  return regions;
}
