// Ids among sorted ones, also those that were made to begin alike.

import { createHash } from 'node:crypto';
import { openSortedIds } from '../../src/git/sorted-ids.ts';

const hash = (name: string): Buffer => createHash('sha1').update(name).digest();
const alike = (name: string): Buffer => Buffer.concat([Buffer.from('abcd', 'hex'), hash(name).subarray(2)]);

test.each([
  ['spread', hash, 3000],
  ['all in one bucket', alike, 3000],
  ['one', hash, 1],
  ['none', hash, 0],
] as const)('%s: each is found where it is, and no other', (_, idOf, count) => {
  const ids = Array.from({ length: count }, (_, each) => idOf(`${each}`)).sort(Buffer.compare);
  const sorted = openSortedIds(Buffer.concat(ids), 20);
  expect(sorted.count).toBe(count);
  const padded = (id: Buffer): Buffer => Buffer.concat([Buffer.from('xyz'), id]);
  expect(ids.map((id) => sorted.find(padded(id), 3))).toEqual(ids.map((_, each) => each));
  const others = Array.from({ length: 100 }, (_, each) => idOf(`other ${each}`));
  expect(others.filter((id) => sorted.find(id, 0) !== -1)).toEqual([]);
});
