// Recall on random bodies: no key may be missed because its random part happens to look like a placeholder.
// KEYSCAN_TEST_KEYS sets how many keys of each shape; `node bench/recall.mjs` runs 120,000.

import { missedBodies, SHAPES } from '../support/matrix.ts';
import { missedOf, OTHER_KINDS } from '../support/other-kinds.ts';
import { seed, seeded } from '../support/random.ts';

const KEYS = Number(process.env.KEYSCAN_TEST_KEYS ?? 3000);

/** The goal is one miss in 60,000; a run of fewer keys may see one by chance. */
const ALLOWED = Math.max(1, Math.floor(KEYS / 60_000));

test.each(SHAPES)(`random bodies of %s (${KEYS} keys, KEYSCAN_TEST_SEED=${seed})`, (shape) => {
  const missed = missedBodies(shape, KEYS, seeded(seed ^ SHAPES.indexOf(shape)));
  expect(missed.length).toBeLessThanOrEqual(ALLOWED);
});

test.each(Object.entries(OTHER_KINDS))(
  `random ones that are no sk- key: %s (${KEYS}, KEYSCAN_TEST_SEED=${seed})`,
  (_, kind) => {
    expect(missedOf(kind, KEYS, seeded(seed))).toBeLessThanOrEqual(ALLOWED);
  },
);
