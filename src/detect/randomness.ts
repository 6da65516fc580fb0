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
/** The longer the text, the less chance has to do with it: at 32 characters one random text in 10⁷ is as wordlike as this. */
const LONG = 32;
const LOWEST_ENTROPY = 3.1;
const LEAST_LETTERS = 4;
/** How often upper and lower case change places, at least, where no digit stands: more than in openAiApiKey. */
const LEAST_TURNS = 3;

export function randomnessOf(value: string): Randomness {
  const looks = looksOf(Buffer.from(value, 'latin1'), 0, value.length);
  if (value.length < SHORTEST || isTyped(looks)) return 'none';
  if (entropyOf(value) < LOWEST_ENTROPY || isMadeUpValue(value) || isNumberedName(value)) return 'none';
  if (looks.isHex) return value.length >= LONG ? 'strong' : 'weak';
  const isDoubtful = looks.wordlike >= (value.length < LONG ? 0.55 : 0.66);
  return value.length < SHORTEST_STRONG || isDoubtful ? 'weak' : 'strong';
}

/**
 * The cheaper half of it, of `bytes[from, to)`: false where it will be `none`, as nearly everything is that stands near a
 * context word, words, numbers and names.
 */
export const couldBeRandom = (bytes: Uint8Array, from: number, to: number): boolean =>
  !isTyped(looksOf(bytes, from, to));

/** `gpt-5-mini-2025-08-07`: words and numbers between separators, as no base64url of 16 characters in a million is. */
function isNumberedName(value: string): boolean {
  const parts = value.split(/[-_.:/]/);
  return parts.length >= 3 && parts.every((part) => /^(?:[a-z]+|\d+|[a-z0-9]{1,3})$/.test(part));
}

/** Without a digit, so many capitals cannot change places often enough. */
export const MOST_CAPITALS = LEAST_TURNS;

interface Looks {
  readonly length: number;
  /** Digits and letters of one case: pairs of letters say nothing here. */
  readonly isHex: boolean;
  readonly letters: number;
  readonly digits: number;
  /** How often a capital is followed by another, or by one small letter and another. */
  readonly turns: number;
  /** The share of neighbouring letters that are common pairs: about 0.2 in random text, 0.8 in words. */
  readonly wordlike: number;
}

function isTyped({ length, isHex, letters, digits, turns, wordlike }: Looks): boolean {
  if (isHex) return false;
  if (letters < LEAST_LETTERS || (digits === 0 && turns < LEAST_TURNS)) return true;
  return wordlike >= (length < LONG ? 0.62 : 0.75);
}

/** Everything in one go: it is asked of every value near a context word. */
function looksOf(bytes: Uint8Array, from: number, to: number): Looks {
  let letters = 0;
  let digits = 0;
  let turns = 0;
  let small = 0;
  let beyondF = 0;
  let pairs = 0;
  let common = 0;
  let before = -1;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    const letter = letterOf(byte);
    if (letter < 0) {
      if (isDigit(byte)) digits++;
    } else {
      letters++;
      if (letter > 5) beyondF++;
      if (isSmall(byte)) small++;
      else if (isCapitalNext(bytes, at + 1, to)) turns++;
      if (before >= 0) {
        pairs++;
        common += IS_COMMON[before * 26 + letter] as number;
      }
    }
    before = letter;
  }
  const isOfOneCase = small === 0 || small === letters;
  return {
    length: to - from,
    isHex: letters > 0 && digits > 0 && letters + digits === to - from && beyondF === 0 && isOfOneCase,
    letters,
    digits,
    turns,
    wordlike: pairs < 3 ? 0 : common / pairs,
  };
}

/** Whether a capital stands at `at`, or behind one small letter. */
function isCapitalNext(bytes: Uint8Array, at: number, to: number): boolean {
  const place = isSmall(bytes[at] ?? 0) ? at + 1 : at;
  return place < to && isCapital(bytes[place] as number);
}

const isSmall = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;
const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/** Which letter it is, from 0, or -1 for none. */
function letterOf(byte: number): number {
  const letter = (byte | 0x20) - 0x61;
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
const COMMON_PAIRS =
  'th he in er an re nd on en at ou ed ha to or it is hi es ng te ar se st ne as ea al nt ti ve ro ri ra io ic ec le ' +
  'me de co of ta om ma li el ke ey ap pi ai op pe na ur yo ce ch ll si ns la us il ut et em no ot ss ee tr pr ac ad ' +
  'ld un lo wh be ca di fo ho ho we wi rs ge id ol ow tu su rt po sh mo am ie im ir os ly ag do so ul ab ck mp ct da ' +
  'ay ts nc ap up mi tt ex pl bl ig fi vi ci sp cl rd sk ki va ue ev gr fr ba mo ga ok kn ft rm ie fa ph cr oc';

/** 1 for each of them, by its first letter and its second. Plainly filled, as every commit waits for it. */
const IS_COMMON = (() => {
  const table = new Uint8Array(26 * 26);
  for (let at = 0; at < COMMON_PAIRS.length; at += 3)
    table[(COMMON_PAIRS.charCodeAt(at) - 0x61) * 26 + COMMON_PAIRS.charCodeAt(at + 1) - 0x61] = 1;
  return table;
})();
