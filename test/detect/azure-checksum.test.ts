// The checksum of 84-character Azure OpenAI keys. Published vectors were checked by hand; none is kept here (HOUSE §3).

import { azureChecksumHolds, azureChecksumOf } from '../../src/detect/azure-checksum.ts';
import { freshKey } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';

const FIRST_80 = '<alnum:52>JQQJ99<alnum:1><[A-L]:1><alnum:12>AAABACOG';
const random = seeded(seed);

describe(`azure checksum (seed ${seed})`, () => {
  test('a key completed with its checksum holds', () => {
    for (let i = 0; i < 500; i++) {
      const first80 = freshKey(FIRST_80, random);
      const sum = azureChecksumOf(first80);
      expect(sum).toMatch(/^[A-Za-z0-9]{4}$/);
      expect(azureChecksumHolds(first80 + sum)).toBe(true);
    }
  });

  test('a key with any one character changed does not hold', () => {
    for (let i = 0; i < 500; i++) {
      const first80 = freshKey(FIRST_80, random);
      const key = first80 + azureChecksumOf(first80);
      const at = Math.floor(random() * key.length);
      const other = key[at] === 'x' ? 'y' : 'x';
      expect(azureChecksumHolds(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
    }
  });

  test('a random ending does not hold', () => {
    for (let i = 0; i < 2000; i++) {
      expect(azureChecksumHolds(freshKey(`${FIRST_80}<alnum:4>`, random))).toBe(false);
    }
  });

  test('both ways of writing it, pinned for an input that is no key', () => {
    const zeros = 'A'.repeat(80);
    expect(azureChecksumOf(zeros)).toBe('1b5a');
    expect(azureChecksumHolds(`${zeros}1b5a`)).toBe(true);
    expect(azureChecksumHolds(`${zeros}V0W9`)).toBe(true);
    expect(azureChecksumHolds(`${zeros}AAAA`)).toBe(false);
  });

  test.each([0, 83, 85])('%d characters are no key', (length) => {
    expect(azureChecksumHolds('A'.repeat(length))).toBe(false);
  });
});
