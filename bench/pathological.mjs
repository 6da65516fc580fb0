// Time for a 10 MB line of each kind that could be slow; exits 1 when one takes longer than two seconds.
//
//   node bench/pathological.mjs [only kinds whose name holds this]

import { loadTests } from './load-tests.mjs';

const LENGTH = 10_000_000;
const LIMIT = 2000;

const { PATHOLOGICAL, pathological, scanChunks } = await loadTests(
  './test/support/pathological.ts',
  './test/support/scanning.ts',
);

const [, , only = ''] = process.argv;
const rows = [];
for (const name of Object.keys(PATHOLOGICAL).filter((kind) => kind.includes(only))) {
  const bytes = pathological(name, LENGTH);
  const chunks = Array.from({ length: Math.ceil(LENGTH / 65_536) }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  );
  const started = performance.now();
  const found = scanChunks(chunks).length;
  const took = performance.now() - started;
  console.log(
    `${took > LIMIT ? 'SLOW' : 'ok  '} ${took.toFixed(0).padStart(7)} ms  ${name} (${found} found)`,
  );
  rows.push(took);
}
console.log(`slowest ${Math.max(...rows).toFixed(0)} ms of ${LIMIT} allowed`);
process.exitCode = rows.some((took) => took > LIMIT) ? 1 : 0;
