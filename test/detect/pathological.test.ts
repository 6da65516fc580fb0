// A long line of each kind that could be slow comes to an end: where work grows with the square, one megabyte does not.
// `node bench/pathological.mjs` measures ten.

import { PATHOLOGICAL, pathological } from '../support/pathological.ts';
import { scanChunks } from '../support/scanning.ts';

const LENGTH = 1_000_000;
const CHUNK = 65_536;

test.each(Object.keys(PATHOLOGICAL))('1 MB of %s', (name) => {
  const bytes = pathological(name, LENGTH);
  const chunks = Array.from({ length: Math.ceil(LENGTH / CHUNK) }, (_, i) =>
    bytes.subarray(i * CHUNK, (i + 1) * CHUNK),
  );
  expect(Array.isArray(scanChunks(chunks))).toBe(true);
});
