// npm run bench [-- names…]: each workload as a ratio to a floor that is measured in the same run, in turns with it.
//
//   npm run bench                    all workloads with a floor
//   npm run bench -- hook            one of them
//   npm run bench -- history REPO    on a repository of yours
//   npm run bench -- pathological    the long-running checks, by name only; further words are handed on
//   BENCH_ROUNDS=100                 more rounds
//   BENCH_SHARE=0.01                 next to nothing to do, to try the benchmark itself
//   BENCH_REPORTS=FOLDER             where the JSON goes

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { files } from './files.mjs';
import { growth } from './growth.mjs';
import { history } from './history.mjs';
import { hook } from './hook.mjs';
import { peers } from './peers.mjs';
import { prefilter } from './prefilter.mjs';
import { table } from './table.mjs';

const WORKLOADS = {
  hook: [hook, 30],
  files: [files, 15],
  history: [history, 5],
  prefilter: [prefilter, 15],
  growth: [growth, 5],
  peers: [peers, 3],
};
const CHECKS = ['pathological', 'recall', 'endings'];
const root = join(import.meta.dirname, '..');

const [, , ...words] = process.argv;
if (CHECKS.includes(words[0])) check(...words);
else {
  const names = words.filter((word) => Object.hasOwn(WORKLOADS, word));
  const [repository, ...others] = words.filter((word) => !names.includes(word));
  if (others.length > 0 || (repository !== undefined && !existsSync(repository)))
    throw new Error(
      `no workload ${repository}; there are ${[...Object.keys(WORKLOADS), ...CHECKS].join(', ')}`,
    );
  if (repository !== undefined) await measure(['history'], resolve(repository));
  else await measure(names.length > 0 ? names : Object.keys(WORKLOADS));
}

function check(name, ...args) {
  const script = join(import.meta.dirname, `${name}.mjs`);
  process.exitCode = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status ?? 1;
}

async function measure(names, repository) {
  const rows = [];
  for (const name of names) {
    const [workload, rounds] = WORKLOADS[name];
    const measured = await workload(Number(process.env.BENCH_ROUNDS ?? rounds), repository);
    rows.push(...measured.map((row) => ({ workload: name, ...row })));
  }
  console.log(table(rows));
  const folder = process.env.BENCH_REPORTS ?? join(root, 'reports', 'bench');
  mkdirSync(folder, { recursive: true });
  const machine = {
    node: process.version,
    platform: process.platform,
    cpu: cpus()[0]?.model,
    cpus: cpus().length,
  };
  writeFileSync(join(folder, `${names.join('-')}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}
