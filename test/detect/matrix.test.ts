// Recall: every `sk-` shape in every line shape and every encoding, fresh keys in every run.
// All pairs here, triples sampled; `node bench/recall.mjs` runs the whole product.

import {
  everyCase,
  linesByEncodings,
  missesOf,
  shapesByEncodings,
  shapesByLines,
  summary,
} from '../support/matrix.ts';
import { seed, seeded } from '../support/random.ts';

const SAMPLED_TRIPLES = 6000;

function sampleOf<T>(from: readonly T[], size: number, random: () => number): T[] {
  return Array.from({ length: size }, () => from[Math.floor(random() * from.length)] as T);
}

describe(`recall (KEYSCAN_TEST_SEED=${seed})`, () => {
  test('every shape in every line shape', () => {
    expect(summary(missesOf(shapesByLines(), seed), seed)).toBe('');
  });

  test('every shape in every encoding', () => {
    expect(summary(missesOf(shapesByEncodings(), seed), seed)).toBe('');
  });

  test('every line shape in every encoding', () => {
    expect(summary(missesOf(linesByEncodings(), seed), seed)).toBe('');
  });

  test('a sample of all triples', () => {
    const triples = sampleOf(everyCase(), SAMPLED_TRIPLES, seeded(seed));
    expect(summary(missesOf(triples, seed), seed)).toBe('');
  });
});
