// The split of objects over several runs.

import { createHash } from 'node:crypto';
import { shardOf } from '../../src/options.ts';
import { isInShard } from '../../src/sources/shard.ts';

const ids = Array.from({ length: 4000 }, (_, at) => createHash('sha1').update(`${at}`).digest());

test.each([1, 2, 3, 7, 64])(
  'every object is in exactly one of %i parts, and the parts are alike',
  (count) => {
    const parts = Array.from({ length: count }, (_, at) =>
      ids.filter((id) => isInShard(id, 0, { index: at + 1, count })),
    );
    const inHex = (some: readonly Buffer[]): string[] => some.map((id) => id.toString('hex')).sort();
    expect(inHex(parts.flat())).toEqual(inHex(ids));
    for (const part of parts) {
      expect(part.length).toBeGreaterThan((ids.length / count) * 0.5);
      expect(part.length).toBeLessThan((ids.length / count) * 1.5);
    }
  },
);

test('without a shard, everything', () => expect(ids.every((id) => isInShard(id, 0, undefined))).toBe(true));

test.each([
  ['1/1', { index: 1, count: 1 }],
  ['3/16', { index: 3, count: 16 }],
  ['0/4', undefined],
  ['5/4', undefined],
  ['1/0', undefined],
  ['01/4', undefined],
  ['1/4 ', undefined],
  ['1', undefined],
  ['1/4/4', undefined],
])('--shard %s', (word, shard) => expect(shardOf(word)).toEqual(shard));
