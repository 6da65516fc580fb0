// Workload "hook": what an installed hook adds to a commit of 20 small files in a repository of 5,000.

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadTests } from './load-tests.mjs';
import { sourceText } from './made-up-text.mjs';
import { compare, inTurns } from './paired.mjs';
import { sized } from './programs.mjs';

const root = join(import.meta.dirname, '..');
const HOOK = join(root, 'dist', 'hook.cjs');
const ASK_GIT = join(import.meta.dirname, 'ask-git.cjs');
const CLI = join(root, 'bin', 'keyscan.js');
const COMMITTED = sized(5000);
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
    const nearWord = withFile(repository, atGit.env, "import OpenAI from 'openai';\n");
    const times = await inTurns(rounds, {
      'node -e 0': program('-e', '0'),
      'node that only asks git': program(ASK_GIT),
      'hook.cjs pre-commit': program(HOOK, 'pre-commit'),
      'the hook': staged(() => must(join(repository.path, '.git/hooks/pre-commit'), [], atGit)),
      'the hook, a file says openai': staged(() =>
        must(join(repository.path, '.git/hooks/pre-commit'), [], { ...atGit, env: nearWord }),
      ),
      'git commit, guarded': commit(),
      'git commit, no hook': commit('-c', 'core.hooksPath=/dev/null'),
    });
    return [
      compare(times, 'the hook', 'node -e 0', { target: 1.35 }),
      compare(times, 'the hook, a file says openai', 'node -e 0'),
      compare(times, 'hook.cjs pre-commit', 'node -e 0'),
      compare(times, 'node that only asks git', 'node -e 0'),
      compare(times, 'hook.cjs pre-commit', 'node that only asks git'),
      compare(times, 'git commit, guarded', 'git commit, no hook'),
    ];
  } finally {
    repository.remove();
  }
}

/** An environment with an index that has one more file than the one of the repository. */
function withFile(repository, env, content) {
  const near = { ...env, GIT_INDEX_FILE: join(repository.path, '.git', 'index-near') };
  copyFileSync(join(repository.path, '.git', 'index'), near.GIT_INDEX_FILE);
  const blob = repository.bytes(['hash-object', '-w', '--stdin'], content).toString().trim();
  const entry = ['update-index', '--add', '--cacheinfo', `100644,${blob},src/client.ts`];
  must('git', entry, { cwd: repository.path, env: near });
  return near;
}

/** 5,000 files in the commit `base`; three quarters of what is staged are changes, the others new files. */
export function fill(repository, random, staged = STAGED) {
  const write = (number) => {
    const lines = 20 + Math.floor(random() * 60);
    repository.write(`src/part${number % 10}/module${number}.ts`, sourceText(random, lines));
  };
  for (let number = 0; number < COMMITTED; number++) write(number);
  repository.commit('base');
  repository.git('tag', 'base');
  const first = COMMITTED - (staged * 3) / 4;
  for (let number = first; number < first + staged; number++) write(number);
  repository.git('add', '--all');
}

/** The environment a hook really gets: git's own variables, and git's own programs first in PATH. */
export function environmentOfHooks(repository) {
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
