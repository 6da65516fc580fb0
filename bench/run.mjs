// npm run bench [-- WORKLOAD]: every workload as a ratio to a floor measured in the same run, turn by turn.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hook } from './hook.mjs';
import { prefilter } from './prefilter.mjs';

const WORKLOADS = { hook, prefilter };

const [, , only] = process.argv;
if (only !== undefined && !Object.hasOwn(WORKLOADS, only)) {
  process.stderr.write(`no workload is called ${only}; there are ${Object.keys(WORKLOADS).join(', ')}\n`);
  process.exit(2);
}

const rows = [];
for (const [name, run] of Object.entries(WORKLOADS)) {
  if (only === undefined || only === name) rows.push(...(await run()));
}

const cell = (text, width) => String(text).padEnd(width);
console.log(
  `${cell('work', 44)}${cell('floor', 26)}${cell('work ms', 10)}${cell('floor ms', 10)}ratio  target`,
);
for (const { work, floor, workMs, floorMs, target } of rows) {
  const ratio = (workMs / floorMs).toFixed(2);
  console.log(
    `${cell(work, 44)}${cell(floor, 26)}${cell(workMs.toFixed(1), 10)}${cell(floorMs.toFixed(1), 10)}${cell(ratio, 7)}${target ?? ''}`,
  );
}

const folder = join(import.meta.dirname, '../reports');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
