// Standard input: one blob, whatever it is called.

import { Readable } from 'node:stream';
import { readWhole } from '../../src/git/objects.ts';
import { stdinSource } from '../../src/sources/stdin.ts';

test('one item, named as it was told, its bytes untouched', async () => {
  const bytes = Buffer.from([0, 255, 13, 10]);
  const source = stdinSource(
    Readable.from([bytes.subarray(0, 1), bytes.subarray(1)], { objectMode: false }),
    'é.log',
  );
  const items = [];
  for await (const item of source.items())
    if (item.kind === 'blob') items.push({ places: item.places, content: await readWhole(item.content) });
  const path = Buffer.from('é.log').toString('latin1');
  expect(items).toEqual([{ places: [{ path, origin: { kind: 'stdin' }, previous: [] }], content: bytes }]);
  expect(source).toMatchObject({ mode: 'stdin', range: null });
  expect(source.expected()).toBe(1);
});
