// What is looked at near a context word is looked at as bytes, for speed. Here it is compared with what that stands for: regular
// expressions, and the slower question.

import { VALUE_BYTES } from '../../src/detect/bytes.ts';
import { mayHideHead } from '../../src/detect/decode/hidden-head.ts';
import { couldBeRandom, type Randomness, randomnessOf } from '../../src/detect/randomness.ts';
import { runEnd, runStart } from '../../src/detect/runs.ts';
import { SHORTEST_VALUE, valuesIn, valueTraits } from '../../src/detect/values.ts';
import { freshKey } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';

const random = seeded(seed);
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(from: ArrayLike<T>): T => from[below(from.length)] as T;

/** Pieces in any order, some of them many times. */
function made(pieces: readonly string[], most: number): Buffer {
  const texts = Array.from({ length: below(most) }, () =>
    pick(pieces).repeat(random() < 0.1 ? below(90) : 1),
  );
  return Buffer.from(texts.join(''), 'latin1');
}

const HEADS =
  /s(?:[^A-Za-z0-9]n?){0,60}k(?:[-"'`$#\\=^%&\x1b\x9b\xc2\xe2\xef]|[ \r]{0,80}\n)|\\[uxU0-7]|%[4-7]|&#|U\+00|\x1b/;
const AROUND_HEADS = [...'sknaU+0x1u89%475&#\\" \r\n-=\x1b\xe2', 'sk', 's"+"k', 's\\nk', 'k-', 'k \n', '\\n'];

test(`a head that may hide is seen as by a pattern (KEYSCAN_TEST_SEED=${seed})`, () => {
  let seen = 0;
  for (let i = 0; i < 8000; i++) {
    const bytes = made(AROUND_HEADS, 6);
    const expected = HEADS.test(bytes.toString('latin1'));
    expect([bytes.toString('latin1'), mayHideHead(bytes, 0, bytes.length)]).toEqual([
      bytes.toString('latin1'),
      expected,
    ]);
    if (expected) seen++;
  }
  expect(seen).toBeGreaterThan(500);
  expect(seen).toBeLessThan(7500);
});

const VALUE = /[A-Za-z0-9+/_.-]{16,8192}={0,2}/g;
const IN_VALUES = [
  ...'aZ0-_./+= "\n',
  'openai',
  'ABCDEFGH',
  '0123',
  'a.b.c.d.e.f.g.h.i',
  '==',
  'x'.repeat(300),
];

test(`values are found as by a pattern (KEYSCAN_TEST_SEED=${seed})`, () => {
  const traits = valueTraits(Uint8Array.from({ length: 256 }, (_, byte) => Number(byte === 0x2d)));
  let found = 0;
  for (let i = 0; i < 3000; i++) {
    const bytes = made(IN_VALUES, 30);
    const from = below(bytes.length);
    const to = Math.min(bytes.length, from + below(400));
    const text = bytes.toString('latin1', from);
    const expected = [...text.matchAll(VALUE)].flatMap(({ 0: value, index }) =>
      from + index < to ? value : [],
    );
    const values = [...valuesIn(bytes, { from, to }, traits, 0)];
    expect(values.map((value) => bytes.toString('latin1', value.from, value.to))).toEqual(expected);
    for (const value of values) {
      const written = bytes.toString('latin1', value.from, value.to);
      expect([value.hasDots, value.hasEnding]).toEqual([written.includes('.'), written.includes('-')]);
      if (value.isTyped) expect(randomnessOf(written)).toBe('none');
    }
    const some = [...valuesIn(bytes, { from, to }, traits, 40)];
    expect(some).toEqual(
      values.filter(({ isTyped, hasEnding, from, to }) => !isTyped || hasEnding || to - from >= 40),
    );
    found += values.length;
  }
  expect(found).toBeGreaterThan(1000);
});

test.each([
  ['abcdefghijklmnopqr', true],
  ['a-b/c+d_e-f/g+h_ij', true],
  ['AZcdefghijklmnopqZ', true],
  ['AZcdefghijklmnopAZ', false],
  ['QXZVKJWQXZVKJWQXZV', false],
  ['abcdefghijklmnop9q', false],
])('typed is what has no digit, and three capitals at most: %s', (text, isTyped) => {
  const traits = valueTraits(new Uint8Array(256));
  const [value] = valuesIn(Buffer.from(text), { from: 0, to: text.length }, traits, 0);
  expect(value?.isTyped).toBe(isTyped);
});

test('a value goes on for 8,192 characters, and what is left of it is another', () => {
  const bytes = Buffer.alloc(8192 + SHORTEST_VALUE, 'a');
  const traits = valueTraits(new Uint8Array(256));
  const whole = { from: 0, to: bytes.length };
  expect([...valuesIn(bytes, whole, traits, 0)].map(({ to }) => to)).toEqual([8192, bytes.length]);
});

test('runs are found where they begin, and not where they are too short', () => {
  const bytes = Buffer.from(' aaaa aaaaa  aaaaaa');
  expect(runStart(bytes, VALUE_BYTES, 5, 0, bytes.length)).toBe(6);
  expect(runStart(bytes, VALUE_BYTES, 6, 0, bytes.length)).toBe(13);
  expect(runStart(bytes, VALUE_BYTES, 7, 0, bytes.length)).toBe(-1);
  expect(runStart(bytes, VALUE_BYTES, 6, 0, bytes.length - 1)).toBe(-1);
  expect(runEnd(bytes, VALUE_BYTES, 6, bytes.length)).toBe(11);
  expect(runEnd(bytes, VALUE_BYTES, 6, 9)).toBe(9);
});

const DRAWN = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  '0123456789abcdef',
  '-_/',
];
const TYPED = ['open', 'ai', 'Api', 'KEY', 'token', 'Provider', 'chat', '4o', 'v1', '-', '_', '/'];

test(`what could not be random is not (KEYSCAN_TEST_SEED=${seed})`, () => {
  const turnedAway = { typed: 0, drawn: 0 };
  for (let i = 0; i < 8000; i++) {
    const isTyped = i % 2 === 0;
    const alphabet = pick(DRAWN) + pick(DRAWN);
    let value = '';
    while (value.length < SHORTEST_VALUE + below(40)) value += isTyped ? pick(TYPED) : pick(alphabet);
    const bytes = Buffer.from(`Z9${value}9Z`);
    if (couldBeRandom(bytes, 2, bytes.length - 2)) continue;
    expect([value, randomnessOf(value)]).toEqual([value, 'none']);
    turnedAway[isTyped ? 'typed' : 'drawn']++;
  }
  expect(turnedAway.typed).toBeGreaterThan(2000);
  expect(turnedAway.drawn).toBeLessThan(turnedAway.typed);
});

describe('how random a value looks', () => {
  test.each<[expected: Randomness, ...forms: string[]]>([
    ['none', '<alnum:15>', '<lower:32>', '<digit:32>', '<digit:30>xyz', 'theretheretherex7'],
    // Half of the id of a commit, words with something between them.
    ['weak', '<alnum:16>', '<alnum:19>', '<hex:16>', '<hex:31>', '<[0-9A-F]:31>', 'qzxvqzthinerreonenat1'],
    ['strong', '<alnum:20>', '<[a-zA-Z]:32>', '<hex:32>', '<[0-9A-F]:32>', '<digit:30>xyzv'],
  ])('%s', (expected, ...forms) => {
    for (const form of forms) {
      const drawn = seeded(7);
      const looks = Array.from({ length: 40 }, () => randomnessOf(freshKey(form, drawn)));
      const isMostly = looks.filter((each) => each === expected).length > 25;
      expect({ form, isMostly }).toEqual({ form, isMostly: true });
    }
  });

  // Without a digit: pairs of capitals, one small letter between them at most.
  test.each([
    ['ABqABqABqxkzwvqj', true],
    ['AqBxCqDxkzwvqjxk', true],
    ['qABxzABvkjAbxzvwkj', false],
    ['AqxBzvCkjDwqEzvxkj', false],
    ['qxzvwkjqxzvwkjABCD', true],
    ['qxzvwkjqxzvwkjqABC', false],
  ])('%s: %s', (text, expected) => {
    const bytes = Buffer.from(`Z${text}Z`);
    expect(couldBeRandom(bytes, 1, bytes.length - 1)).toBe(expected);
  });
});
