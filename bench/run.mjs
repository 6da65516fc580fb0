// npm run bench [-- names…]: each workload as a ratio to a floor that is measured in the same run, in turns with it.
//
//   npm run bench                    all workloads with a floor
//   npm run bench -- hook            one of them
//   npm run bench -- pathological    the long-running checks, by name only; further words are handed on
//   BENCH_ROUNDS=100                 more rounds

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { files } from './files.mjs';
import { hook } from './hook.mjs';
import { prefilter } from './prefilter.mjs';

const WORKLOADS = { hook: [hook, 30], files: [files, 15], prefilter: [prefilter, 15] };
const CHECKS = ['pathological', 'recall'];
const root = join(import.meta.dirname, '..');

const [, , ...words] = process.argv;
if (CHECKS.includes(words[0])) check(...words);
else await measure(words.length > 0 ? words : Object.keys(WORKLOADS));

function check(name, ...args) {
  const script = join(import.meta.dirname, `${name}.mjs`);
  process.exitCode = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 1;
}

async function measure(names) {
  const unknown = names.find((name) => !Object.hasOwn(WORKLOADS, name));
  if (unknown !== undefined)
    throw new Error(`no workload ${unknown}; there are ${[...Object.keys(WORKLOADS), ...CHECKS].join(', ')}`);
  const rows = [];
  for (const name of names) {
    const [workload, rounds] = WORKLOADS[name];
    const measured = await workload(Number(process.env.BENCH_ROUNDS ?? rounds));
    rows.push(...measured.map((row) => ({ workload: name, ...row })));
  }
  console.log(table(rows));
  const folder = join(root, 'reports', 'bench');
  mkdirSync(folder, { recursive: true });
  const machine = {
    node: process.version,
    platform: process.platform,
    cpu: cpus()[0]?.model,
    cpus: cpus().length,
  };
  writeFileSync(join(folder, `${names.join('-')}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

function table(rows) {
  const cells = rows.map((row) => [
    row.workload,
    row.measured,
    amount(row.milliseconds, row.megabytesPerSecond),
    row.floor,
    amount(row.floorMilliseconds, row.floorMegabytesPerSecond),
    `${row.ratio.toFixed(2)} x`,
    row.between.map((ratio) => ratio.toFixed(2)).join('-'),
    row.target === undefined ? '' : `${row.ratio <= row.target ? 'within' : 'ABOVE'} ${row.target}`,
  ]);
  const all = [
    ['workload', 'measured', 'median', 'floor', 'median', 'ratio', 'half of all', 'target'],
    ...cells,
  ];
  const widths = all[0].map((_, column) => Math.max(...all.map((cell) => cell[column].length)));
  return all
    .map((cell) =>
      cell
        .map((text, i) => text.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function amount(milliseconds, megabytesPerSecond) {
  return megabytesPerSecond === undefined
    ? `${milliseconds.toFixed(1)} ms`
    : `${megabytesPerSecond.toFixed(0)} MB/s`;
}
