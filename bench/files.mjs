// Workload "files": 1,900 files of 13 MB in all, in a repository and outside of one.

import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';
import { ordinaryTexts } from './texts.mjs';

const CLI = join(import.meta.dirname, '..', 'bin', 'keyscan.js');
const FILES = 1900;
const BYTES = 13e6;

export async function files(rounds) {
  const { scratchRepository } = await loadTests('./test/support/repository.ts');
  const repository = scratchRepository();
  try {
    fill(repository);
    const plain = join(repository.root, 'plain');
    cpSync(repository.path, plain, { recursive: true });
    rmSync(join(plain, '.git'), { recursive: true });
    const run =
      (cwd, ...args) =>
      () =>
        must(process.execPath, args, { cwd, env: repository.env });
    const times = await inTurns(rounds, {
      'node -e 0': run(plain, '-e', '0'),
      'keyscan . in a repository': run(repository.path, CLI, '.'),
      'keyscan . elsewhere': run(plain, CLI, '.'),
      'keyscan . --jobs 8': run(repository.path, CLI, '.', '--jobs', '8'),
    });
    return [
      compare(times, 'keyscan . in a repository', 'node -e 0', { target: 3 }),
      compare(times, 'keyscan . elsewhere', 'node -e 0'),
      compare(times, 'keyscan . --jobs 8', 'keyscan . in a repository'),
    ];
  } finally {
    repository.remove();
  }
}

/** Half of the files are tracked, none is empty. */
function fill(repository) {
  const text = Buffer.concat(ordinaryTexts());
  const size = Math.floor(BYTES / FILES);
  for (let number = 0; number < FILES; number++) {
    const from = (number * size) % (text.length - size);
    repository.write(`part${number % 97}/module${number}.ts`, text.subarray(from, from + size));
    if (number === FILES / 2) repository.commit('half');
  }
}

function must(command, args, options) {
  const { status, signal, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? signal}: ${stderr}`);
}
