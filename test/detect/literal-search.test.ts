// The search for all literals at once finds exactly what looking for each at every place finds.

import fc from 'fast-check';
import { createLiteralSearch, type LiteralSearch, windowsOf } from '../../src/detect/literal-search.ts';

type Found = readonly [literal: number, at: number];

/** Few different bytes, so that literals overlap, share windows, and nearly occur; some that mean something to bytes. */
const byte = fc.constantFrom(0x61, 0x62, 0x41, 0x31, 0x00, 0xff);
const bytes = (constraints: fc.ArrayConstraints) =>
  fc.array(byte, constraints).map((each) => Buffer.from(each));
const literals = fc.uniqueArray(bytes({ minLength: 4, maxLength: 9 }), {
  minLength: 1,
  maxLength: 30,
  selector: (literal) => literal.toString('latin1'),
});
/** Noise and literals in turns: they begin and end at every place of a step, and at both ends of the text. */
const textOf = (known: readonly Buffer[]) =>
  fc
    .tuple(
      // A short text is searched in another way.
      fc.constantFrom(0, 0, 97),
      fc.array(fc.oneof(fc.constantFrom(...known), bytes({ maxLength: 12 })), { maxLength: 12 }),
    )
    .map(([length, pieces]) => Buffer.concat([Buffer.alloc(length, 0x62), ...pieces]));
const searched = literals.chain((known) => fc.tuple(fc.constant(known), textOf(known)));

test('finds every literal wherever it stands, once, and nothing else', () => {
  fc.assert(
    fc.property(searched, ([known, text]) => {
      expect(inOrder(search(known, text))).toEqual(inOrder(everyPlace(known, text)));
    }),
    { numRuns: 3000 },
  );
});

test('finds the same wherever in memory the text lies', () => {
  fc.assert(
    fc.property(searched, fc.nat(9), bytes({ maxLength: 9 }), ([known, text], before, after) => {
      const memory = Buffer.concat([Buffer.alloc(before, 0x61), text, after]);
      expect(search(known, memory.subarray(before, before + text.length))).toEqual(search(known, text));
    }),
    { numRuns: 1000 },
  );
});

test('ends where a hit has seen enough, and says so', () => {
  fc.assert(
    fc.property(searched, fc.nat(5), ([known, text], enough) => {
      const all = search(known, text);
      const seen: Found[] = [];
      const isEnough = searching(known).search(text, (...hit) => seen.push(hit) > enough);
      expect([isEnough, seen]).toEqual([all.length > enough, all.slice(0, enough + 1)]);
    }),
    { numRuns: 1000 },
  );
});

test('of a stretch finds what has its window there, and nothing that is not there', () => {
  fc.assert(
    fc.property(searched, fc.nat(180), fc.nat(180), fc.nat(3), ([known, text], one, other, lead) => {
      const memory = Buffer.concat([Buffer.alloc(lead, 0x61), text]).subarray(lead);
      const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, text.length)).sort((a, b) => a - b);
      const windows = windowsOf(known.map((literal) => literal.toString('latin1')));
      const lies = ([literal, at]: Found): boolean => {
        const window = at + (windows[literal] as number);
        return window >= from && window + 4 <= to;
      };
      const seen: Found[] = [];
      expect(searching(known).search(memory, (...hit) => void seen.push(hit), from, to)).toBe(false);
      const all = everyPlace(known, text);
      expect(inOrder(seen.filter(lies))).toEqual(inOrder(all.filter(lies)));
      expect(all).toEqual(expect.arrayContaining(seen));
    }),
    { numRuns: 1000 },
  );
});

test('gives hits in order of their windows', () => {
  fc.assert(
    fc.property(searched, ([known, text]) => {
      const windows = windowsOf(known.map((literal) => literal.toString('latin1')));
      const places = search(known, text).map(([literal, at]) => at + (windows[literal] as number));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
  );
});

test('looks for the four bytes of a literal that are rarest', () => {
  expect(windowsOf(['efresh_token', 'T3BlbkFJ', 'penAI'])).toEqual([6, 4, 1]);
});

test('refuses a literal that is shorter than what is looked for', () => {
  expect(() => windowsOf(['abc'])).toThrow('shorter than 4 bytes');
});

function searching(known: readonly Buffer[]): LiteralSearch {
  const names = known.map((literal) => literal.toString('latin1'));
  return createLiteralSearch(names, windowsOf(names));
}

function search(known: readonly Buffer[], text: Buffer): Found[] {
  const found: Found[] = [];
  searching(known).search(text, (...hit) => found.push(hit));
  return found;
}

function everyPlace(known: readonly Buffer[], text: Buffer): Found[] {
  return known.flatMap((literal, index) => {
    const found: Found[] = [];
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) found.push([index, at]);
    return found;
  });
}

const inOrder = (found: readonly Found[]): Found[] =>
  [...found].sort(([one, at], [other, place]) => at - place || one - other);
