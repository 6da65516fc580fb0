// Recall, the long run: the whole product of shapes, lines and encodings, then 120,000 random keys of each shape.
//
//   node bench/recall.mjs [random keys per shape] [only this part of a case's name]

import { loadTests } from './load-tests.mjs';

const { everyCase, missedBodies, missesOf, nameOf, seed, seeded, SHAPES, summary } = await loadTests(
  './test/support/matrix.ts',
  './test/support/random.ts',
);

const [, , keys = '120000', only = ''] = process.argv;
const cases = everyCase().filter((test) => nameOf(test).includes(only));
const started = performance.now();
const misses = missesOf(cases, seed);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${cases.length} cases, ${misses.length} misses, ${seconds} s, KEYSCAN_TEST_SEED=${seed}`);
if (misses.length > 0) console.log(summary(misses, seed));

for (const shape of Number(keys) > 0 ? SHAPES : []) {
  const missed = missedBodies(shape, Number(keys), seeded(seed ^ SHAPES.indexOf(shape)));
  console.log(`${shape.padEnd(11)} ${missed.length} missed of ${keys}`);
  if (missed.length > Number(keys) / 60_000) process.exitCode = 1;
}
if (misses.length > 0) process.exitCode = 1;
