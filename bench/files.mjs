// Workload "files": 1,900 files of 13 MB in all, in a repository and outside of one; and as many that are not ordinary.

import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';
import { denseFiles, ordinaryFiles } from './texts.mjs';

const CLI = join(import.meta.dirname, '..', 'bin', 'keyscan.js');
const ONLY_READS = join(import.meta.dirname, 'read-files.cjs');

export async function files(rounds) {
  const { scratchRepository } = await loadTests('./test/support/repository.ts');
  const repository = scratchRepository();
  const dense = scratchRepository();
  try {
    fill(repository, ordinaryFiles());
    fill(dense, denseFiles());
    const plain = join(repository.root, 'plain');
    cpSync(repository.path, plain, { recursive: true });
    rmSync(join(plain, '.git'), { recursive: true });
    const run =
      (cwd, ...args) =>
      () =>
        must(process.execPath, args, { cwd, env: repository.env });
    const times = await inTurns(rounds, {
      'node -e 0': run(plain, '-e', '0'),
      'node that only lists and reads': run(repository.path, ONLY_READS),
      'keyscan . in a repository': run(repository.path, CLI, '.'),
      'keyscan . elsewhere': run(plain, CLI, '.'),
      'keyscan . --jobs 8': run(repository.path, CLI, '.', '--jobs', '8'),
      'keyscan . in a copy of keyscan': run(dense.path, CLI, '.'),
    });
    return [
      compare(times, 'keyscan . in a repository', 'node -e 0', { target: 3 }),
      compare(times, 'node that only lists and reads', 'node -e 0'),
      compare(times, 'keyscan . in a repository', 'node that only lists and reads'),
      compare(times, 'keyscan . elsewhere', 'node -e 0'),
      compare(times, 'keyscan . --jobs 8', 'keyscan . in a repository'),
      compare(times, 'keyscan . in a copy of keyscan', 'node -e 0'),
    ];
  } finally {
    repository.remove();
    dense.remove();
  }
}

/** Half of the files are tracked. */
function fill(repository, files) {
  for (const [number, { path, bytes }] of files.entries()) {
    // What git ignores would not be scanned.
    repository.write(path.replace('node_modules', 'packages'), bytes);
    if (number === files.length / 2) repository.commit('half');
  }
}

function must(command, args, options) {
  const { status, signal, stderr, error } = spawnSync(command, args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status ?? signal}: ${stderr}`);
}
