// The search that is ready at once finds what the one for hot code finds, of the rules that ship and in any text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import wabt from 'wabt';
import { type ColdSearch, coldTable, openColdSearch } from '../../src/detect/cold-search.ts';
import { planOf } from '../../src/detect/compile.ts';
import { createLiteralSearch, windowsOf } from '../../src/detect/literal-search.ts';
import { builtinRules } from '../../src/rules/builtin.ts';

const { literals, windows } = planOf(builtinRules).table;
const hot = createLiteralSearch(literals, windows);

let cold: ColdSearch;

beforeAll(async () => {
  const path = join(__dirname, '../../src/detect/cold-search.wat');
  const module = (await wabt()).parseWat(path, readFileSync(path, 'utf8')).toBinary({}).buffer;
  cold = openColdSearch({ module, table: coldTable(literals, windows), count: literals.length });
});

/** What both say of a text that stands at some place among others. */
function inBoth(text: string, before = '', after = ''): [hot: boolean, cold: boolean] {
  const bytes = Buffer.from(text, 'latin1');
  cold.room.write(before + text + after, 'latin1');
  const inHot = hot.search(bytes, () => true);
  return [inHot, cold.holds(cold.room.subarray(before.length, before.length + bytes.length))];
}

test('every literal is found, wherever it stands', () => {
  for (const literal of literals)
    for (const before of ['', 'x', '  ', 'abc', 'sk-\n'])
      expect([literal, ...inBoth(`${before}${literal}`)]).toEqual([literal, true, true]);
});

test('what lies partly outside of the stretch is not', () => {
  for (const literal of literals) {
    expect(inBoth(literal.slice(0, -1), 'x', literal.slice(-1))).toEqual(inBoth(literal.slice(0, -1)));
    expect(inBoth(literal.slice(1), literal.slice(0, 1))).toEqual(inBoth(literal.slice(1)));
  }
  expect(inBoth('penai', 'o')).toEqual([false, false]);
  expect(inBoth('opena', '', 'i')).toEqual([false, false]);
});

const piece = fc.oneof(
  fc.constantFrom(...literals),
  fc.constantFrom(...literals).map((literal) => literal.slice(1)),
  fc.constantFrom(...literals).map((literal) => literal.slice(0, -1)),
  fc.constantFrom(...literals).map((literal) => literal.toUpperCase()),
  fc.string({ unit: 'binary-ascii', maxLength: 9 }),
  fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

test('both say the same of any text', () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), fc.string({ maxLength: 5 }), (pieces, before) => {
      const [inHot, inCold] = inBoth(pieces.join(''), before);
      seen.add(inHot);
      expect(inCold).toBe(inHot);
    }),
    { numRuns: 3000 },
  );
  expect(seen.size).toBe(2);
});

test('too many literals are told when the table is made', () => {
  const many = Array.from({ length: 4000 }, (_, index) => `literal ${index}`);
  expect(() => coldTable(many, windowsOf(many))).toThrow('too many literals');
});
