// The set of names met: as a Set of strings would have it, and never a new name taken for an old one.

import fc from 'fast-check';
import { openNameSet } from '../../src/sources/name-set.ts';

test('says what a Set of strings says, wherever in the bytes the names stand', () => {
  const name = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', '/', '\xff') });
  fc.assert(
    fc.property(fc.array(name, { maxLength: 300 }), (names) => {
      const met = new Set<string>();
      const set = openNameSet();
      for (const each of names) {
        const bytes = Buffer.from(`?${each}?`, 'latin1');
        expect(set.add(bytes, 1, bytes.length - 1)).toBe(!met.has(each));
        met.add(each);
      }
    }),
  );
});

test('a name is forgotten before there is no room', () => {
  const set = openNameSet();
  const name = Buffer.alloc(1 << 20);
  const isNew = (number: number): boolean => {
    name.writeUInt32LE(number);
    return set.add(name, 0, name.length);
  };
  for (let number = 0; number < 20; number += 1) expect(isNew(number)).toBe(true);
  expect(isNew(19)).toBe(false);
  expect(isNew(0)).toBe(true);
});
