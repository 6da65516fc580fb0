// A set of object ids is a set, whatever is added to it and taken out of it.

import { createHash } from 'node:crypto';
import { openIdSet } from '../../src/sources/id-set.ts';
import { seed, seeded } from '../support/random.ts';

test(`as a Set of the same ids (${seed})`, () => {
  const random = seeded(seed);
  const ids = Array.from({ length: 9000 }, (_, at) => createHash('sha1').update(`${at}`).digest('hex'));
  const set = openIdSet();
  const model = new Set<string>();
  for (let n = 0; n < 40_000; n += 1) {
    const id = ids[Math.floor(random() * ids.length)] ?? '';
    if (random() < 0.3) {
      set.delete(id);
      model.delete(id);
    } else {
      if (random() < 0.5) set.add(id);
      else set.addFrom(Buffer.from(`ffff${id}`, 'hex'), 2);
      model.add(id);
    }
  }
  expect(set.size()).toBe(model.size);
  expect(ids.filter((id) => set.has(id) !== model.has(id))).toEqual([]);
  set.clear();
  expect([set.size(), set.words().length, set.has([...model][0] ?? '')]).toEqual([0, 0, false]);
});
