// `npm run bench`: every workload runs to its end and says what it has measured. How long anything took is not looked at.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withScratch } from '../support/repository.ts';

const RUN = join(__dirname, '../../bench/run.mjs');

interface Row {
  readonly workload: string;
  readonly measured: string;
  readonly floor: string;
  readonly ratio?: number;
  readonly megabytes?: number;
}

function bench(...words: string[]): { readonly rows: readonly Row[]; readonly printed: string } {
  const folder = mkdtempSync(join(tmpdir(), 'keyscan-test-'));
  try {
    const env = { ...process.env, BENCH_SHARE: '0.002', BENCH_ROUNDS: '1', BENCH_REPORTS: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, ...words], {
      encoding: 'utf8',
      env,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { rows } = JSON.parse(readFileSync(join(folder, `${words[0]}.json`), 'utf8'));
    return { rows, printed: stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isMeasured = ({ ratio, megabytes }: Row): boolean => (ratio ?? megabytes ?? 0) > 0;

test.each(['hook', 'files', 'history', 'growth', 'peers'])(
  'workload %s',
  (name) => {
    const { rows, printed } = bench(name);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter((row) => !isMeasured(row))).toEqual([]);
    for (const { measured } of rows) expect(printed).toMatch(`${measured} `);
  },
  60_000,
);

test(
  'the history of a repository that is given, which stays as it is',
  () =>
    withScratch((repository) => {
      repository.write('file', 'text\n');
      repository.commit();
      const before = repository.bytes(['for-each-ref']);
      const { printed } = bench('history', repository.path);
      expect(printed).toMatch('history of 1 commits (0 MB), 1 trees (0 MB), 1 blobs (0 MB), 0 tags (0 MB)');
      expect(repository.bytes(['for-each-ref'])).toEqual(before);
      expect(existsSync(join(repository.path, '.git', 'keyscan'))).toBe(false);
    }),
  60_000,
);

test('a workload that there is not', () => {
  const { status, stderr } = spawnSync(process.execPath, [RUN, 'speed'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch('no workload speed; there are hook, files');
});
