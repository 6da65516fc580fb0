// The entropy rule: does a value look as if a machine had drawn it?

import { isDigit } from './bytes.ts';
import { isMadeUpValue } from './placeholder.ts';

/**
 * `strong`: nobody types this; `weak`: might be drawn, might be typed, or is too short to tell; `none`: words, numbers,
 * placeholders, references.
 */
export type Randomness = 'strong' | 'weak' | 'none';

const SHORTEST = 16;
const SHORTEST_STRONG = 20;
const LOWEST_ENTROPY = 3.1;
const LEAST_LETTERS = 4;
/** How often upper and lower case change places, at least, where no digit stands: more than in openAiApiKey. */
const LEAST_TURNS = 3;

export function randomnessOf(value: string): Randomness {
  if (value.length < SHORTEST) return 'none';
  const isDrawnHex = isHex(value);
  // The longer the text, the less chance has to do with it: at 32 characters one random text in 10⁷ is this wordlike.
  const isLong = value.length >= 32;
  // What costs least is asked first: most of what stands near a context word is words.
  const wordlike = isDrawnHex ? 0 : isTyped(value) ? 1 : wordlikeness(value);
  if (wordlike >= (isLong ? 0.75 : 0.62)) return 'none';
  if (entropyOf(value) < LOWEST_ENTROPY || isMadeUpValue(value)) return 'none';
  if (isDrawnHex) return isLong ? 'strong' : 'weak';
  const isDoubtful = wordlike >= (isLong ? 0.66 : 0.55);
  return value.length < SHORTEST_STRONG || isDoubtful ? 'weak' : 'strong';
}

/**
 * Whether what stands in `bytes[from, to)` could have any randomness: it holds a digit, or capitals enough to change
 * places as often as they must. Asked of every run of characters near a context word.
 */
export function couldBeRandom(bytes: Uint8Array, from: number, to: number): boolean {
  let capitals = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (isDigit(byte)) return true;
    if (byte >= 0x41 && byte <= 0x5a) capitals++;
  }
  return capitals > LEAST_TURNS;
}

/** Digits and letters of one case: pairs of letters say nothing here. */
const isHex = (value: string): boolean =>
  /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value) && /[0-9]/.test(value) && /[A-Fa-f]/.test(value);

/** Hardly any letters, or nothing but words of them. */
function isTyped(value: string): boolean {
  let letters = 0;
  let digits = 0;
  let turns = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (isDigit(code)) digits++;
    if (letterOf(code) < 0) continue;
    letters++;
    const next = isLower(value.charCodeAt(at + 1)) ? at + 2 : at + 1;
    if (isUpper(code) && isUpper(value.charCodeAt(next))) turns++;
  }
  return letters < LEAST_LETTERS || (digits === 0 && turns < LEAST_TURNS);
}

const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;

/** Which letter it is, from 0, or -1 for none. */
function letterOf(code: number): number {
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 26 ? letter : -1;
}

/** Shannon entropy in bits per character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** The pairs of letters that make up most of English and of identifiers. */
const COMMON_PAIRS = (
  'th he in er an re nd on en at ou ed ha to or it is hi es ng te ar se st ne as ea al nt ti ve ro ri ra io ic ec le ' +
  'me de co of ta om ma li el ke ey ap pi ai op pe na ur yo ce ch ll si ns la us il ut et em no ot ss ee tr pr ac ad ' +
  'ld un lo wh be ca di fo ho ho we wi rs ge id ol ow tu su rt po sh mo am ie im ir os ly ag do so ul ab ck mp ct da ' +
  'ay ts nc ap up mi tt ex pl bl ig fi vi ci sp cl rd sk ki va ue ev gr fr ba mo ga ok kn ft rm ie fa ph cr oc'
).split(' ');

/** 1 for each of them, by its first letter and its second. */
const IS_COMMON = (() => {
  const table = new Uint8Array(26 * 26);
  for (const pair of COMMON_PAIRS)
    table[letterOf(pair.charCodeAt(0)) * 26 + letterOf(pair.charCodeAt(1))] = 1;
  return table;
})();

/** The share of neighbouring letters that are common pairs: about 0.2 in random text, 0.8 in words. */
function wordlikeness(value: string): number {
  let pairs = 0;
  let common = 0;
  let before = -1;
  for (let at = 0; at < value.length; at++) {
    const letter = letterOf(value.charCodeAt(at));
    if (letter >= 0 && before >= 0) {
      pairs++;
      common += IS_COMMON[before * 26 + letter] as number;
    }
    before = letter;
  }
  return pairs < 3 ? 0 : common / pairs;
}
