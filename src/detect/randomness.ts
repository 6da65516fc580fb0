// The entropy rule: does a value look as if a machine had drawn it?

import { isMadeUpValue } from './placeholder.ts';

/**
 * `strong`: nobody types this; `weak`: might be drawn, might be typed, or is too short to tell; `none`: words, numbers,
 * placeholders, references.
 */
export type Randomness = 'strong' | 'weak' | 'none';

const SHORTEST = 16;
const SHORTEST_STRONG = 20;
const LOWEST_ENTROPY = 3.1;

export function randomnessOf(value: string): Randomness {
  if (value.length < SHORTEST || isMadeUpValue(value)) return 'none';
  if (entropyOf(value) < LOWEST_ENTROPY) return 'none';
  if (isHex(value)) return value.length >= 32 ? 'strong' : 'weak';
  const hasDigit = /[0-9]/.test(value);
  const letters = value.replace(/[^A-Za-z]/g, '');
  if (letters.length < 4 || (!hasDigit && !isMixedCase(value))) return 'none';
  const wordlike = wordlikeness(value);
  // The longer the text, the less chance has to do with it: at 32 characters one random text in 10⁷ is this wordlike.
  if (wordlike >= (value.length < 32 ? 0.62 : 0.75)) return 'none';
  const isDoubtful = wordlike >= (value.length < 32 ? 0.55 : 0.66);
  return value.length < SHORTEST_STRONG || isDoubtful ? 'weak' : 'strong';
}

/** Digits and letters of one case: pairs of letters say nothing here. */
const isHex = (value: string): boolean =>
  /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value) && /[0-9]/.test(value) && /[A-Fa-f]/.test(value);

/** Shannon entropy in bits per character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Upper and lower case change places more often than in a name such as openAiApiKey. */
function isMixedCase(value: string): boolean {
  return (value.match(/[A-Z](?=[A-Z]*[a-z]?[A-Z])/g)?.length ?? 0) >= 3;
}

/** The pairs of letters that make up most of English and of identifiers. */
const COMMON_PAIRS = new Set(
  (
    'th he in er an re nd on en at ou ed ha to or it is hi es ng te ar se st ne as ea al nt ti ve ro ri ra io ic ec le ' +
    'me de co of ta om ma li el ke ey ap pi ai op pe na ur yo ce ch ll si ns la us il ut et em no ot ss ee tr pr ac ad ' +
    'ld un lo wh be ca di fo ho ho we wi rs ge id ol ow tu su rt po sh mo am ie im ir os ly ag do so ul ab ck mp ct da ' +
    'ay ts nc ap up mi tt ex pl bl ig fi vi ci sp cl rd sk ki va ue ev gr fr ba mo ga ok kn ft rm ie fa ph cr oc'
  ).split(' '),
);

/** The share of neighbouring letters that are common pairs: about 0.2 in random text, 0.8 in words. */
function wordlikeness(value: string): number {
  const folded = value.toLowerCase();
  let pairs = 0;
  let common = 0;
  for (let i = 1; i < folded.length; i++) {
    const pair = folded.slice(i - 1, i + 1);
    if (!/^[a-z]{2}$/.test(pair)) continue;
    pairs++;
    if (COMMON_PAIRS.has(pair)) common++;
  }
  return pairs < 3 ? 0 : common / pairs;
}
