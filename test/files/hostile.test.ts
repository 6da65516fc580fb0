// `keyscan PATH` on trees made to hang it, to lose it, or to hide a file from it.

import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { BIN, report } from '../support/keyscan.ts';
import { listed } from '../support/listed.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';

/** Says on descriptor 3 what a process had at most, and of that process alone: a worker of jest has more than the file. */
const PEAK = join(__dirname, '../../bench/peak.cjs');

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
  repository.remove();
});

/** A folder beside the repository, in none. */
function plain(): WorkTree {
  const path = join(repository.root, 'plain');
  mkdirSync(path);
  return { ...repository, path, write: (name, content) => repository.write(join('../plain', name), content) };
}

test.each(['in a repository', 'outside of one'])(
  'pipes, sockets, devices and link loops: nothing hangs, %s',
  async (where) => {
    const tree = where === 'in a repository' ? repository : plain();
    tree.write('d/key.txt', freshKey());
    spawnSync('mkfifo', [join(tree.path, 'pipe'), join(tree.path, 'd/pipe')]);
    symlinkSync('..', join(tree.path, 'd/up'));
    symlinkSync('self', join(tree.path, 'self'));
    symlinkSync('/dev/zero', join(tree.path, 'zero'));
    symlinkSync('pipe', join(tree.path, 'to-pipe'));
    const server = createServer().listen(join(tree.path, 'socket'));
    open.push(server);
    await new Promise((resolve) => server.on('listening', resolve));
    const all = report(tree, ['.']);
    expect(all.coverage).toMatchObject({ complete: true, objects: 5 });
    expect(all.findings.map(({ occurrences }) => occurrences[0]?.path)).toEqual(['d/key.txt']);
    const named = report(tree, ['pipe', 'socket', 'zero', 'to-pipe', 'self', 'd/key.txt']);
    expect(named.coverage).toMatchObject({
      objects: 1,
      problems: [
        { path: 'pipe', reason: expect.stringContaining('named pipe') },
        { path: 'self', reason: 'cannot be read (ELOOP)' },
        { path: 'socket', reason: expect.stringContaining('socket') },
        { path: 'to-pipe', reason: expect.stringContaining('named pipe') },
        { path: 'zero', reason: expect.stringContaining('device') },
      ],
    });
  },
);

test('a key in the text of a link, and in a name', () => {
  const [inLink, inName] = [freshKey(), freshKey()];
  symlinkSync(`https://example.com/?key=${inLink}`, join(repository.path, 'link'));
  repository.write(`${inName}.txt`, 'clean');
  const { findings, coverage } = report(repository, ['.']);
  expect(findings.map(({ occurrences }) => occurrences[0]?.origin.kind).sort()).toEqual(['file', 'name']);
  expect(coverage.problems).toEqual([]);
});

describe('what may not be read is a problem', () => {
  const problems = async (tree: WorkTree): Promise<string[]> =>
    (await listed(tree)).filter((line) => line.startsWith('problem'));

  test('in a repository', async () => {
    repository.write('tracked/a', 'a');
    repository.write('file', 'b');
    repository.git('add', '.');
    repository.write('untracked/deep/b', 'c');
    repository.write('fine', 'd');
    const locked = ['tracked', 'file', 'untracked/deep'].map((name) => join(repository.path, name));
    // git itself lists the rest and is content.
    await unprivileged(locked, async () => {
      expect(await problems(repository)).toEqual([
        'problem .: git cannot look into the folder tracked/',
        'problem .: git cannot look into the folder untracked/deep/',
        'problem file: cannot be read (EACCES)',
        'problem tracked/a: cannot be read (EACCES)',
      ]);
    });
    expect(await problems(repository)).toEqual([]);
  });

  test('outside of one', async () => {
    const tree = plain();
    tree.write('folder/a', 'a');
    tree.write('file', 'b');
    tree.write('fine', 'c');
    const locked = ['folder', 'file'].map((name) => join(tree.path, name));
    await unprivileged(locked, async () => {
      expect(await problems(tree)).toEqual([
        'problem folder: cannot be listed (EACCES)',
        'problem file: cannot be read (EACCES)',
      ]);
      expect(await listed(tree, { paths: ['folder/a'] })).toEqual([
        'problem folder/a: cannot be read (EACCES)',
      ]);
    });
  });

  /** Root may read everything, so the tests become somebody else, for as long as this takes. */
  async function unprivileged(locked: readonly string[], act: () => Promise<void>): Promise<void> {
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) spawnSync('chown', ['-R', `${NOBODY}`, repository.root]);
    for (const path of locked) chmodSync(path, 0);
    try {
      if (isRoot) process.seteuid?.(NOBODY);
      await act();
    } finally {
      if (isRoot) process.seteuid?.(0);
      for (const path of locked) chmodSync(path, 0o755);
      if (isRoot) spawnSync('chown', ['-R', '0', repository.root]);
    }
  }
});

const NOBODY = 65_534;

test('fifty thousand files: all of them', () => {
  const tree = plain();
  tree.write('f', 'clean\n');
  for (let folder = 0; folder < 50; folder++) {
    mkdirSync(join(tree.path, `${folder}`));
    for (let i = 0; i < 1000; i++)
      if (folder + i > 0) linkSync(join(tree.path, 'f'), join(tree.path, `${folder}/${i}`));
  }
  rmSync(join(tree.path, '0/1'));
  tree.write('49/key', freshKey());
  const { coverage, findings } = report(tree, ['.']);
  expect(coverage).toMatchObject({ complete: true, objects: 50_000, problems: [], skipped: [] });
  expect(findings).toHaveLength(1);
});

test('a file far larger than the memory it may take, with the key at its end', () => {
  const tree = plain();
  const path = join(tree.path, 'big.log');
  const line = '2024-01-01T00:00:00Z INFO request handled path=/api/v1/items id=12345 took 12ms\n';
  const mebibyte = line.repeat(Math.ceil((1 << 20) / line.length));
  for (let i = 0; i < 300; i++) writeFileSync(path, mebibyte, { flag: 'a' });
  writeFileSync(path, `OPENAI_API_KEY=${freshKey()}\n`, { flag: 'a' });
  const { status, stdout, output } = spawnSync(process.execPath, ['--require', PEAK, BIN, 'big.log', '-q'], {
    cwd: tree.path,
    env: tree.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const lines = 300 * (mebibyte.length / line.length) + 1;
  expect(status).toBe(1);
  expect(stdout).toContain(`at big.log:${lines}:16\n`);
  const kilobytes = Number(output[3]);
  expect(kilobytes).toBeGreaterThan(20_000);
  expect(kilobytes).toBeLessThan(200_000);
});
