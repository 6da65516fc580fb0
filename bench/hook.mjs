// Workload "hook": what an installed hook adds to a commit of 20 small files in a repository of 5,000.

import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';

const root = join(import.meta.dirname, '..');
const HOOK = join(root, 'dist', 'hook.cjs');
const ASK_GIT = join(import.meta.dirname, 'ask-git.cjs');
const CLI = join(root, 'bin', 'keyscan.js');
const COMMITTED = 5000;
const STAGED = 20;

export async function hook(rounds) {
  const { scratchRepository, seeded } = await loadTests(
    './test/support/repository.ts',
    './test/support/random.ts',
  );
  const repository = scratchRepository();
  try {
    fill(repository, seeded(1));
    const atGit = { cwd: repository.path, env: environmentOfHooks(repository) };
    const inShell = { cwd: repository.path, env: repository.env };
    must(process.execPath, [CLI, 'install'], inShell);
    const staged = (run) => ({ before: () => repository.git('reset', '--quiet', '--soft', 'base'), run });
    const program = (...args) => staged(() => must(process.execPath, args, atGit));
    const commit = (...settings) =>
      staged(() => must('git', [...settings, 'commit', '--quiet', '-m', 'measured'], inShell));
    const times = await inTurns(rounds, {
      'node -e 0': program('-e', '0'),
      'node that only asks git': program(ASK_GIT),
      'hook.cjs pre-commit': program(HOOK, 'pre-commit'),
      'the hook': staged(() => must(join(repository.path, '.git/hooks/pre-commit'), [], atGit)),
      'git commit, guarded': commit(),
      'git commit, no hook': commit('-c', 'core.hooksPath=/dev/null'),
    });
    return [
      compare(times, 'the hook', 'node -e 0', { target: 1.6 }),
      compare(times, 'hook.cjs pre-commit', 'node -e 0'),
      compare(times, 'node that only asks git', 'node -e 0'),
      compare(times, 'hook.cjs pre-commit', 'node that only asks git'),
      compare(times, 'git commit, guarded', 'git commit, no hook'),
    ];
  } finally {
    repository.remove();
  }
}

/** 5,000 files in the commit `base`; 15 of them changed and 5 new ones staged. */
function fill(repository, random) {
  const file = (number) => `src/part${number % 10}/module${number}.ts`;
  for (let number = 0; number < COMMITTED; number++) repository.write(file(number), sourceText(random));
  repository.commit('base');
  repository.git('tag', 'base');
  const first = COMMITTED - (STAGED * 3) / 4;
  for (let number = first; number < first + STAGED; number++)
    repository.write(file(number), sourceText(random));
  repository.git('add', '--all');
}

const WORDS =
  'account address amount answer await buffer cache cancel channel client color column config content context counter ' +
  'default delete device element entry error event export field filter folder format function handle header import index ' +
  'input interface invoice item label length listener manager message method module number object option order parent ' +
  'password path pattern payload pixel position private process product promise property public query record request ' +
  'response result return route schema score select server session setting source state status stream string style ' +
  'submit target template text title token total update upload user value version view visible width window worker';

/** 20 to 80 lines that read like a program. */
function sourceText(random) {
  const words = WORDS.split(' ');
  const word = () => words[Math.floor(random() * words.length)];
  const name = () => word() + word()[0].toUpperCase() + word().slice(1);
  const line = () =>
    `  const ${name()} = ${name()}.${word()}('${word()}-${word()}', ${Math.floor(random() * 1000)}); // ${word()} the ${word()}`;
  const lines = Array.from({ length: 20 + Math.floor(random() * 60) }, line);
  return [`export function ${name()}(${word()}: ${name()}) {`, ...lines, '}', ''].join('\n');
}

/** The environment a hook really gets: git's own variables, and git's own programs first in PATH. */
function environmentOfHooks(repository) {
  const hookFile = join(repository.path, '.git', 'hooks', 'pre-commit');
  const script = `require("node:fs").writeFileSync("environment", JSON.stringify(process.env))`;
  repository.write('.git/hooks/pre-commit', `#!/bin/sh\n'${process.execPath}' -e '${script}'\nexit 1\n`);
  chmodSync(hookFile, 0o755);
  repository.tryGit(['commit', '-m', 'never made']);
  const environment = JSON.parse(readFileSync(join(repository.path, 'environment'), 'utf8'));
  rmSync(hookFile);
  rmSync(join(repository.path, 'environment'));
  return environment;
}

function must(command, args, options) {
  const { status, signal, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status ?? signal}: ${stderr}`);
}
