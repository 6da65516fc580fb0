// What an object has that its base has not is where the delta put something in, or pieces together: a search of the seams and
// a search of it all come to the same, when there is nothing in the base.

import fc from 'fast-check';
import { applyDelta, sizeOfTarget } from '../../src/git/packs/delta.ts';
import { PackError } from '../../src/git/packs/pack-error.ts';
import { openSeams } from '../../src/git/packs/seams.ts';
import type { Sieve } from '../../src/model.ts';
import { type Copy, contentOf, deltaOf, type Piece } from '../support/deltas.ts';
import { freshKey, SK_SHAPES } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';
import { detector } from '../support/scanning.ts';

function applied(base: Buffer, delta: Buffer, gap = 1) {
  const seams = openSeams(gap);
  const target = Buffer.alloc(sizeOfTarget(delta, base.length));
  applyDelta(base, delta, target, seams);
  const stretches = Array.from({ length: seams.count }, (_, each) => [
    seams.bounds[2 * each] ?? -1,
    seams.bounds[2 * each + 1] ?? -1,
  ]);
  return { target, stretches: stretches as [number, number][] };
}

describe('a delta', () => {
  const base = Buffer.from('0123456789');
  const made = (...rest: readonly number[]): string => applied(base, Buffer.from(rest)).target.toString();

  test('of pieces and text', () => {
    expect(made(10, 4, 0x91, 2, 3, 1, 0x78)).toBe('234x');
    expect(made(10, 10, 0x90, 10)).toBe('0123456789');
  });

  test.each([
    ['a size of the base that is another', [9, 4, 0x90, 4]],
    ['a size of the base that never ends', [0x80, 0x80, 0x80, 0x80]],
    ['no instruction', [10, 0]],
    ['too few bytes', [10, 1, 0]],
    ['an instruction of 0', [10, 4, 0, 0x90, 4]],
    ['a copy beyond the base', [10, 4, 0x91, 7, 4]],
    ['a copy that begins beyond the base', [10, 4, 0x91, 11, 4]],
    ['a copy far beyond the base', [10, 4, 0x98, 0xff, 4]],
    ['a copy of 64 kB', [10, 4, 0x80, 0x80]],
    ['a copy beyond the end', [10, 4, 0x90, 5]],
    ['text beyond the end', [10, 1, 2, 0x78, 0x78]],
    ['less than its size', [10, 4, 0x90, 3]],
    ['nothing of its size', [10, 4, 0x78, 0x78].slice(0, 2).concat(0x90)],
    ['a copy that breaks off', [10, 4, 0x91, 1]],
    ['a copy that breaks off at once', [10, 4, 0x90, 4, 0xff]],
    ['text that breaks off', [10, 4, 4, 0x78, 0x78]],
  ])('with %s is malformed', (_, bytes) => {
    expect(() => made(...bytes)).toThrow(PackError);
  });

  test('cut anywhere, or with any other byte, is malformed or makes what has its size', () => {
    const delta = deltaOf(base, [{ from: 1, length: 5 }, Buffer.from('text'), { from: 0, length: 10 }]);
    for (let at = 0; at < delta.length; at += 1) {
      expect(() => made(...delta.subarray(0, at))).toThrow(PackError);
      for (let byte = 0; byte < 256; byte += 1) {
        const other = Buffer.from(delta);
        other[at] = byte;
        try {
          expect(made(...other)).toHaveLength(other[1] ?? 0);
        } catch (error) {
          expect(error).toBeInstanceOf(PackError);
        }
      }
    }
  });
});

const sieve: Sieve = detector.sieve;
const whole = (bytes: Buffer): boolean => sieve.holdsContent(bytes, 0, bytes.length);
const wholeTree = (bytes: Buffer): boolean => sieve.holdsLiteral(bytes, 0, bytes.length);

/** Whether the seams say what all of it says, for a base without anything. */
function isSeen(base: Buffer, pieces: readonly Piece[]): { seams: boolean; all: boolean } {
  const { target, stretches } = applied(base, deltaOf(base, pieces), 4 * sieve.reach);
  expect(target.equals(contentOf(base, pieces))).toBe(true);
  return {
    seams: stretches.some(([from, to]) => sieve.holdsContent(target, from, to)),
    all: whole(target),
  };
}

const random = seeded(seed);
const below = (end: number): number => Math.floor(random() * end);
const keys = Object.keys(SK_SHAPES).map((shape) => `OPENAI_API_KEY=${freshKey(shape, random)}`);
const encoded = keys.flatMap((key) => [
  Buffer.from(key),
  Buffer.from(key, 'utf16le'),
  Buffer.from(Buffer.from(key).toString('base64')),
]);

test(`a key of any shape that is put together of any two pieces (seed ${seed})`, () => {
  for (const key of encoded) {
    expect(whole(key)).toBe(true);
    for (let cut = 0; cut <= key.length; cut += 1 + below(5)) {
      const [left, right] = [key.subarray(0, cut), key.subarray(cut)];
      const filler = Buffer.alloc(below(2000), 'lorem ipsum\n');
      const between = Buffer.alloc(below(300), 'dolor\n');
      const base = Buffer.concat([filler, left, between, right, filler]);
      const begin: Piece = { from: 0, length: filler.length + left.length };
      const end: Piece = { from: begin.length + between.length, length: right.length + filler.length };
      const variants: [Buffer, Piece[]][] = [
        // What was between them is taken out.
        [base, [begin, end]],
        // One half is put in, or all.
        [Buffer.concat([filler, left]), [{ from: 0, length: filler.length + left.length }, right]],
        [Buffer.concat([right, filler]), [left, { from: 0, length: right.length + filler.length }]],
        [filler, [key, { from: 0, length: filler.length }]],
        [filler, [{ from: 0, length: filler.length }, left, right]],
        // The other way round, and twice.
        [
          Buffer.concat([right, between, left]),
          [
            { from: right.length + between.length, length: left.length },
            { from: 0, length: right.length },
          ],
        ],
      ];
      for (const [source, pieces] of variants) {
        const used = pieces.filter((piece) => piece.length > 0);
        if (whole(source) || used.length === 0) continue;
        expect(isSeen(source, used)).toEqual({ seams: true, all: true });
      }
    }
  }
});

test('what goes on in the base is no seam, in pieces of 64 kB', () => {
  const base = Buffer.alloc(190_000, 'lorem ipsum\n');
  const pieces = [0, 0x10000, 0x20000].map((from) => ({ from, length: Math.min(0x10000, 190_000 - from) }));
  expect(applied(base, deltaOf(base, pieces)).stretches).toEqual([[0, 0]]);
  expect(
    applied(
      base,
      deltaOf(
        base,
        [0, 2].flatMap((at) => pieces[at] ?? []),
      ),
    ).stretches,
  ).toEqual([
    [0, 0],
    [0x10000, 0x10000],
  ]);
});

test('any number of seams, and where in the base what follows each begins', () => {
  const base = Buffer.from('0123456789');
  const pieces = Array.from({ length: 200 }, (_, n) => ({ from: (n * 3 + 2) % 10, length: 1 }));
  const delta = deltaOf(base, pieces);
  const seams = openSeams(1);
  applyDelta(base, delta, Buffer.alloc(200), seams);
  expect(seams.count).toBe(200);
  expect([...seams.bounds.subarray(0, 400)]).toEqual(pieces.flatMap((_, n) => [n, n]));
  expect([...seams.origins.subarray(0, 200)]).toEqual(pieces.map(({ from }) => from));
});

test('text of two bytes a letter whose NULs all come from the base', () => {
  const key = freshKey('F11', random);
  // A base with NULs is no clean one: everything made of it is searched whole.
  const base = Buffer.from('lorem ipsum dolor sit amet '.repeat(20), 'utf16le');
  expect(whole(base)).toBe(true);
  // Put together of NULs and letters, the NULs are within reach of a seam.
  const pieces = [...key].flatMap((letter): Piece[] => [Buffer.from(letter), { from: 1, length: 1 }]);
  const { target, stretches } = applied(base, deltaOf(base, pieces), 4 * sieve.reach);
  expect(target.equals(Buffer.from(key, 'utf16le'))).toBe(true);
  expect(stretches.some(([from, to]) => sieve.holdsContent(target, from, to))).toBe(true);
});

test(`the seams of any delta of a clean base say what all of it says (seed ${seed})`, () => {
  const words = [
    ...encoded.map((key) => key.toString('latin1')),
    'sk-',
    'T3Blbk',
    'FJ',
    'openai',
    'OPEN',
    'AI',
    'api',
    'azure',
    '\0',
  ];
  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.tuple(fc.constantFrom(...words), fc.nat(), fc.nat()).map(([word, a, b]) => {
      const [from, to] = [a % (word.length + 1), b % (word.length + 1)];
      return word.slice(Math.min(from, to), Math.max(from, to));
    }),
  );
  let held = 0;
  let clean = 0;
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.oneof(piece, fc.tuple(fc.nat(), fc.nat())), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(1, 40, 4 * sieve.reach),
      (texts, parts, gap) => {
        const base = Buffer.from(texts.join(''), 'latin1');
        const pieces = parts.flatMap((part): Piece[] => {
          const made = typeof part === 'string' ? Buffer.from(part, 'latin1') : cut(base.length, ...part);
          return made.length === 0 ? [] : [made];
        });
        if (pieces.length === 0 || deltaOf(base, pieces).length < 4) return;
        const { target, stretches } = applied(base, deltaOf(base, pieces), gap);
        expect(target.equals(contentOf(base, pieces))).toBe(true);
        expect(stretches.flat()).toEqual([...stretches.flat()].sort((a, b) => a - b));
        for (const [look, all] of [
          [sieve.holdsContent, whole],
          [sieve.holdsLiteral, wholeTree],
        ] as const) {
          if (all(base)) continue;
          const isHeld = all(target);
          if (isHeld) held += 1;
          else clean += 1;
          expect(stretches.some(([from, to]) => look(target, from, to))).toBe(isHeld);
          if (isHeld || look === sieve.holdsLiteral) continue;
          const scan = detector.open();
          scan.push(target);
          expect(scan.end()).toEqual([]);
        }
      },
    ),
    { seed, numRuns: 3000 },
  );
  expect(Math.min(held, clean)).toBeGreaterThan(50);
});

function cut(length: number, a: number, b: number): Copy {
  const [one, two] = [a % (length + 1), b % (length + 1)];
  return { from: Math.min(one, two), length: Math.abs(one - two) };
}
