// Workload "growth": once, four times and sixteen times as much work for the hook, for files and for a history. Time should
// grow as the bytes do, and memory not at all.

import { join } from 'node:path';
import { fillHistory } from './generated.mjs';
import { environmentOfHooks, fill } from './hook.mjs';
import { loadTests } from './load-tests.mjs';
import { sourceText } from './made-up-text.mjs';
import { compare, inTurns } from './paired.mjs';
import { CLI, memoryRow, must, root, sized } from './programs.mjs';

const HOOK = join(root, 'dist', 'hook.cjs');
const SCALES = [1, 4, 16];
const STAGED = 20;
const FILES = sized(475);
const VERSIONS = sized(1350);

export async function growth(rounds) {
  const { scratchRepository, seeded } = await loadTests(
    './test/support/repository.ts',
    './test/support/random.ts',
  );
  const repositories = [];
  const prepared = (fillIt) => {
    const repository = scratchRepository();
    repositories.push(repository);
    fillIt(repository, seeded(1));
    return { cwd: repository.path, env: repository.env, repository };
  };
  try {
    const rows = [];
    rows.push(
      ...(await curve(rounds, 'the hook', `${STAGED} staged files`, (scale) => {
        const at = prepared((repository, random) => fill(repository, random, STAGED * scale));
        // Before there is a hook: another one is needed to see what git tells it.
        const env = environmentOfHooks(at.repository);
        must(process.execPath, [CLI, 'install'], at);
        const run = join(at.cwd, '.git', 'hooks', 'pre-commit');
        return {
          run,
          args: [],
          node: [HOOK, 'pre-commit'],
          at: { ...at, env },
        };
      })),
      ...(await curve(rounds, 'keyscan .', `${FILES} files`, (scale) => {
        const at = prepared((repository, random) => writeFiles(repository, random, FILES * scale));
        return { ...program([CLI, '.']), at };
      })),
      ...(await curve(rounds, 'keyscan history', `${VERSIONS} versions of files`, (scale) => {
        const at = prepared((repository, random) => fillHistory(repository, random, VERSIONS * scale));
        return { ...program([CLI, 'history', '--no-cache']), at };
      })),
    );
    return rows;
  } finally {
    for (const repository of repositories) repository.remove();
  }
}

const program = (args) => ({ run: process.execPath, args, node: args });

async function curve(rounds, name, unit, prepare) {
  const points = SCALES.map((scale) => ({ title: `${name}, ${scale} x ${unit}`, ...prepare(scale) }));
  const arms = points.map(({ title, run, args, at }) => [title, () => must(run, args, at)]);
  const times = await inTurns(rounds, Object.fromEntries(arms));
  const [once, four, sixteen] = points;
  return [
    compare(times, four.title, once.title, { target: 4.25 }),
    compare(times, sixteen.title, once.title, { target: 17 }),
    compare(times, sixteen.title, four.title, { target: 4.25 }),
    ...points.map(({ title, node, at }) => memoryRow(title, node, at, 200)),
  ];
}

/** Each file of some 6 kB, tracked. */
function writeFiles(repository, random, count) {
  for (let number = 0; number < count; number++)
    repository.write(`part${number % 97}/module${number}.ts`, sourceText(random, 90));
  repository.commit();
}
