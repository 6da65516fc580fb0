// In which order the deltas of a pack are put together: what they are made of is to be kept for as short as can be.

import { COMMIT, DELTA, type Entries } from '../../src/git/packs/entries.ts';
import { familiesOf } from '../../src/git/packs/families.ts';

/** `bases`: by place, of what each is a delta; -1: of nothing. */
const entriesOf = (bases: readonly number[]): Entries => ({
  count: bases.length,
  types: Uint8Array.from(bases, (base) => (base < 0 ? COMMIT : DELTA)),
  sizes: new Uint32Array(bases.length),
  bases: Int32Array.from(bases),
  offsets: new Float64Array(bases.length + 1),
  heads: new Uint8Array(bases.length),
});

function childrenOf(bases: readonly number[], base: number, isWanted = (_: number) => true): number[] {
  const { first, next } = familiesOf(entriesOf(bases), isWanted);
  const children: number[] = [];
  for (let each = first[base] ?? -1; each >= 0; each = next[each] ?? -1) children.push(each);
  return children;
}

test('all alike: in the order they lie in', () => expect(childrenOf([-1, 0, 0, 0], 0)).toEqual([1, 2, 3]));

test.each<[what: string, bases: readonly number[], last: number]>([
  ['the first', [-1, 0, 0, 0, 1, 4], 1],
  ['one in the middle', [-1, 0, 0, 0, 2, 1, 4], 2],
  ['the last', [-1, 0, 0, 0, 3, 4], 3],
])('%s, of which most is made, is the last', (_, bases, last) => {
  const children = childrenOf(bases, 0);
  expect(children.at(-1)).toBe(last);
  expect(children.sort()).toEqual([1, 2, 3]);
});

test('what is not needed does not count', () =>
  expect(childrenOf([-1, 0, 0, 1, 1, 2], 0, (place) => place === 1 || place === 5)).toEqual([1, 2]));
