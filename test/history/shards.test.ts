// A history split over several runs, by GNU parallel where it is installed: put together, the parts are the whole.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { BIN, keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
const PARTS = 4;
const key = freshKey();
const part = (n: number): string => join(repository.root, `part-${n}.json`);
beforeAll(() => {
  repository = scratchRepository();
  const write = (name: string, text: string): void => {
    repository.write(name, text);
    repository.commit(name);
  };
  // One key in many contents, so that no part has all of them.
  for (let n = 0; n < 12; n += 1) write('file', `${n}\nkey = "${key}"\n`);
  write('file', 'clean\n');
  repository.git('tag', 'v1', 'HEAD~4');
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD~6');
  write('other', `key = "${key}"\nother = "${freshKey()}"\n`);
  write(`folder-${freshKey()}/x`, 'x\n');
  repository.git('reset', '-q', '--hard', 'HEAD~');
  repository.write('staged', `key = "${freshKey()}"\n`);
  repository.git('add', '-A');
  split();
});
afterAll(() => repository.remove());

const hasParallel = (): boolean =>
  /GNU parallel/.test(spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** As docs/history.md does it; without GNU parallel, the same commands one after the other. */
function split(): void {
  const words = ['history', '--no-cache', '--shard', `{}/${PARTS}`, '--exit-zero', '-f', 'json', '-o'];
  const numbers = Array.from({ length: PARTS }, (_, at) => `${at + 1}`);
  if (hasParallel()) {
    const command = [process.execPath, BIN, ...words, join(repository.root, 'part-{}.json')];
    const { status } = spawnSync(
      'parallel',
      ['--will-cite', '-j', '2', '--quote', ...command, ':::', ...numbers],
      {
        cwd: repository.path,
        env: repository.env,
      },
    );
    expect(status).toBe(0);
  } else
    for (const n of numbers) {
      const args = [...words, part(Number(n))].map((word) => word.replace('{}', n));
      expect(keyscan(repository, args).status).toBe(0);
    }
}

const numbers = Array.from({ length: PARTS }, (_, at) => at + 1);

test.each(['json', 'human', 'sarif', 'jsonl'])('as %s, byte for byte', (format) => {
  const whole = keyscan(repository, ['history', '--no-cache', '-f', format]);
  const merged = keyscan(repository, ['merge', ...numbers.map(part).reverse(), '-f', format]);
  if (format === 'sarif') {
    // It says when the run began and ended, and only where lines were read to be told by it, what GitHub knows them by.
    const same = ({ stdout }: typeof whole): unknown =>
      JSON.parse(stdout, (name, value) =>
        /TimeUtc$|^primaryLocationLineHash$/.test(name) ? undefined : value,
      );
    expect(same(merged)).toEqual(same(whole));
  } else expect(merged).toEqual(whole);
  expect(merged.status).toBe(1);
});

test('a part that is missing, there twice or broken off is exit code 2, and the rest is told', () => {
  for (const [files, said] of [
    [[1, 2, 4], 'missing of 4 parts: 3'],
    [[1, 2, 2, 3, 4], 'there twice'],
  ] as const) {
    const { status, stdout, stderr } = keyscan(repository, ['merge', ...files.map(part), '--exit-zero']);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(stdout).toContain('credential');
  }
});

test('parts that were made while a file was lost are not a whole', () => {
  const blob = repository.git('rev-parse', 'HEAD~3:file');
  rmSync(join(repository.path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const before = readdirSync(repository.root).filter((name) => name.startsWith('part-'));
  for (const n of numbers) {
    const args = ['history', '--no-cache', '--shard', `${n}/${PARTS}`, '-f', 'json', '-o', part(n)];
    keyscan(repository, args);
  }
  expect(readdirSync(repository.root).filter((name) => name.startsWith('part-'))).toEqual(before);
  const whole = keyscan(repository, ['history', '--no-cache', '-f', 'json']);
  expect(keyscan(repository, ['merge', ...numbers.map(part), '-f', 'json'])).toEqual(whole);
  expect(whole.status).toBe(2);
  expect(whole.stdout).toContain(`git object ${blob} is missing`);
  expect(existsSync(part(1))).toBe(true);
});
