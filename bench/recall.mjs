// Recall, the long run: the whole product of shapes, lines and encodings, then 120,000 random keys of each shape and kind.
//
//   node bench/recall.mjs [random keys per shape] [only this part of a case's name]

import { loadTests } from './load-tests.mjs';

const { everyCase, missedBodies, missedOf, missesOf, nameOf, OTHER_KINDS, seed, seeded, SHAPES, summary } =
  await loadTests('./test/support/matrix.ts', './test/support/other-kinds.ts', './test/support/random.ts');

const [, , keys = '120000', only = ''] = process.argv;
const cases = everyCase().filter((test) => nameOf(test).includes(only));
const started = performance.now();
const misses = missesOf(cases, seed);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${cases.length} cases, ${misses.length} misses, ${seconds} s, KEYSCAN_TEST_SEED=${seed}`);
if (misses.length > 0) console.log(summary(misses, seed));

function say(name, missed) {
  console.log(`${name.padEnd(28)} ${missed} missed of ${keys}`);
  if (missed > Number(keys) / 60_000) process.exitCode = 1;
}
if (Number(keys) > 0) {
  SHAPES.forEach((shape, n) => {
    say(shape, missedBodies(shape, Number(keys), seeded(seed ^ n)).length);
  });
  for (const [name, kind] of Object.entries(OTHER_KINDS))
    say(name, missedOf(kind, Number(keys), seeded(seed)));
}
if (misses.length > 0) process.exitCode = 1;
