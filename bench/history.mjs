// Workload "history": a whole repository, its own or one that is given, against git handing over the same bytes.

import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillHistory } from './generated.mjs';
import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';
import { CLI, memoryRow, must, sized } from './programs.mjs';

const VERSIONS = sized(16_000);

/** `given`: the path of a repository. It is only read: what is measured is a clone that borrows its objects. */
export async function history(rounds, given) {
  const { isolatedEnvironment, scratchRepository, seeded } = await loadTests(
    './test/support/repository.ts',
    './test/support/random.ts',
  );
  if (given === undefined) {
    const repository = scratchRepository();
    try {
      fillHistory(repository, seeded(1), VERSIONS);
      return await measure(rounds, { cwd: repository.path, env: repository.env, folder: repository.root });
    } finally {
      repository.remove();
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'keyscan-bench-'));
  try {
    const config = join(folder, 'gitconfig');
    writeFileSync(config, '[safe]\n\tdirectory = *\n');
    const env = isolatedEnvironment(folder, config);
    const cwd = join(folder, 'clone');
    must('git', ['clone', '--quiet', '--mirror', '--shared', given, cwd], { env });
    return await measure(rounds, { cwd, env, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(rounds, { cwd, env, folder }) {
  const at = { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] };
  const git = (...args) => must('git', args, { cwd, env, encoding: 'latin1' });
  const objects = listed(git);
  console.log(sizes(objects));
  const isWhole = standIn(git) === 0;
  const blobs = join(folder, 'blobs');
  const ofKind = objects.filter(({ type }) => type === 'blob');
  writeFileSync(blobs, ofKind.map(({ oid }) => `${oid}\n`).join(''));

  // What a real repository holds is not for us to judge, but all that it has must have been looked through.
  const options = { ...at, statuses: isWhole ? [0, 1] : [2] };
  const keyscan = (...args) => must(process.execPath, [CLI, 'history', '--quiet', ...args], options);
  const catFile = (stdout) => {
    const ids = openSync(blobs, 'r');
    must(...stdout, { ...at, stdio: [ids, 'ignore', 'pipe'] });
    closeSync(ids);
  };
  const times = await inTurns(rounds, {
    'keyscan history': () => keyscan('--no-cache'),
    // The cache is there from the round before, whose time is not counted.
    'keyscan history, again': () => keyscan(),
    'git cat-file': () => catFile(['git', ['cat-file', '--batch', '--buffer']]),
    'git cat-file | cat': () => catFile(['sh', ['-c', 'git cat-file --batch --buffer | cat']]),
    'git log -p': () => must('git', ['log', '-p', '-U0', '--full-history', '--all'], at),
  });
  return [
    compare(times, 'git log -p', 'keyscan history', { least: 5 }),
    compare(times, 'keyscan history', 'git cat-file', { target: 1.25 }),
    compare(times, 'keyscan history', 'git cat-file | cat'),
    compare(times, 'git cat-file | cat', 'git cat-file'),
    compare(times, 'keyscan history, again', 'keyscan history', { target: 0.1 }),
    memoryRow('keyscan history', [CLI, 'history', '--quiet', '--no-cache'], options, 200),
    memoryRow('keyscan history, again', [CLI, 'history', '--quiet'], options, 200),
  ];
}

/** In the order of the packs, the one that costs git least, and the one keyscan asks in. */
function listed(git) {
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  return git('cat-file', '--batch-all-objects', '--unordered', format)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([oid, type, size]) => ({ oid, type, size: Number(size) }));
}

function sizes(objects) {
  const kinds = ['commit', 'tree', 'blob', 'tag'].map((kind) => {
    const own = objects.filter(({ type }) => type === kind);
    const megabytes = own.reduce((sum, { size }) => sum + size, 0) / 1e6;
    return `${own.length} ${kind}s (${megabytes.toFixed(0)} MB)`;
  });
  return `history of ${kinds.join(', ')}`;
}

/** How many objects are missing. Something has to stand for them, or `git log -p` would end at the first one. */
function standIn(git) {
  const missing = git('rev-list', '--objects', '--all', '--missing=print').match(/^\?\w+/gm) ?? [];
  if (missing.length === 0) return 0;
  const empty = git('hash-object', '-w', '-t', 'blob', '/dev/null').trim();
  for (const name of missing) git('update-ref', `refs/replace/${name.slice(1)}`, empty);
  console.log(`${missing.length} objects are missing in it; for git log -p, empty ones stand in their place`);
  return missing.length;
}
