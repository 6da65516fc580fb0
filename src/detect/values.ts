// Runs of characters that a value may be: a value that looks like a credential is rare, and its name is read backwards from it.

import { isDigit, VALUE_BYTES } from './bytes.ts';
import type { Region } from './context.ts';
import { MOST_CAPITALS } from './randomness.ts';
import { runStart } from './runs.ts';

/** In view offsets, and what can be said of its characters from having seen each. */
export interface Value extends Region {
  readonly hasDots: boolean;
  /** Its `randomness` will be `none`, and that of its pieces. */
  readonly isTyped: boolean;
  /** Whether one of them ends an anchor, see `valueTraits`. */
  readonly hasEnding: boolean;
}

/** Shorter runs of characters are no values. */
export const SHORTEST_VALUE = 16;
const LONGEST_VALUE = 8192;
const EQUALS = 0x3d;
const DOT = 0x2e;

/**
 * The values that start in the region, of 16 to 8192 characters and what base64 ends in. `long`: in characters; of shorter
 * ones, those that nobody asks for are left out, typed and without an ending.
 */
export function* valuesIn(
  bytes: Buffer,
  { from, to }: Region,
  traits: Uint8Array,
  long: number,
): Iterable<Value> {
  const last = Math.min(bytes.length, to + SHORTEST_VALUE - 1);
  for (let end = from; ; ) {
    const start = runStart(bytes, VALUE_BYTES, SHORTEST_VALUE, end, last);
    if (start < 0) return;
    const limit = Math.min(bytes.length, start + LONGEST_VALUE);
    let all = 0;
    let capitals = 0;
    for (end = start; end < limit; end++) {
      const trait = traits[bytes[end] as number] as number;
      if (trait === 0) break;
      if ((trait & CAPITAL) !== 0) capitals++;
      all |= trait;
    }
    for (let padding = 0; padding < 2 && bytes[end] === EQUALS; padding++) end++;
    const isTyped = (all & DIGIT) === 0 && capitals <= MOST_CAPITALS;
    const hasEnding = (all & ENDING) !== 0;
    if (isTyped && !hasEnding && end - start < long) continue;
    yield { from: start, to: end, hasDots: (all & DOTTED) !== 0, isTyped, hasEnding };
  }
}

const [OTHER, DIGIT, CAPITAL, DOTTED, ENDING] = [1, 2, 4, 8, 16];

/** What `valuesIn` asks of each byte; `isEnding`: 1 for those that anchors end with, which are looked for in values. */
export const valueTraits = (isEnding: Uint8Array): Uint8Array =>
  VALUE_BYTES.map((isMember, byte) =>
    isMember === 0 ? 0 : traitOf(byte) | (isEnding[byte] === 1 ? ENDING : OTHER),
  );

function traitOf(byte: number): number {
  if (isDigit(byte)) return DIGIT;
  if (byte === DOT) return DOTTED;
  return byte >= 0x41 && byte <= 0x5a ? CAPITAL : OTHER;
}
