// Outside of a repository: every file below a folder, whatever it is called, and a word about everything else.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RawPath } from '../../src/model.ts';
import { walk } from '../../src/sources/walk.ts';
import { listed } from '../support/listed.ts';
import { scratchRepository } from '../support/repository.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyscan-walk-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const raw = (path: RawPath): Buffer => Buffer.from(`${folder}/${path}`, 'latin1');
function write(path: RawPath): void {
  mkdirSync(raw(dirname(path)), { recursive: true });
  writeFileSync(raw(path), 'x');
}
const files = async (): Promise<RawPath[]> => [...(await walk(folder)).files].sort();

const ODD: readonly RawPath[] = [
  ...[
    'line\nend',
    'ends\n',
    'ends\r',
    '\n',
    '\r\n',
    'tab\t',
    '\x01',
    '\x7f',
    ' ',
    ' a ',
    'a b',
    '...',
    '..a',
    '.a',
  ],
  ...[
    '[id].tsx',
    '[a-z]',
    '{a,b}',
    '*',
    '**',
    '?',
    '!a',
    '!(a)',
    '@(a)',
    '+(a)',
    '(a)',
    '#a',
    '$a',
    '^a',
    'a|b',
    'a&b',
  ],
  ...[
    'back\\slash',
    '\\',
    'q"',
    "q'",
    '`',
    '~',
    '-a',
    '--all',
    ':',
    'a:b',
    'a;b',
    '%41',
    'A',
    'con',
    'a.',
    'x'.repeat(255),
  ],
  ...['é', '😀', '日本', '\u202e', '\u2028', 'e\u0301'].map((name) => Buffer.from(name).toString('latin1')),
  // Not UTF-8.
  ...['\xff', '\xe9t\xe9', '\xc3', '\xed\xa0\x80', '\xf5\x80', '\x80\n'],
];

test('names that mean something to a shell, a pattern or a terminal, or are not UTF-8, of files and of folders', async () => {
  const paths = ODD.flatMap((name, at) => [name, `${at}/${name}/${name}`, `dir ${name.slice(0, 250)}/f`]);
  for (const path of paths) write(path);
  expect(await files()).toEqual([...paths].sort());
  expect((await listed({ path: folder, env: {} })).map((line) => line.slice(5, -3)).sort()).toEqual(
    [...paths].sort(),
  );
});

test('the same names in a repository', async () => {
  const repository = scratchRepository();
  try {
    folder = repository.path;
    for (const name of ODD) write(name);
    repository.git('add', '--', ':(glob)[a-z]*');
    const lines = await listed(repository);
    expect(lines.map((line) => line.slice(5, -3))).toEqual([...ODD].sort());
  } finally {
    repository.remove();
  }
});

test('a thousand levels deep', async () => {
  const path = `${'d/'.repeat(1000)}f`;
  write(path);
  expect(await files()).toEqual([path]);
});

test('links are listed and not followed, however they lead', async () => {
  mkdirSync(raw('d'));
  for (const [name, target] of [
    ['loop', '.'],
    ['d/up', '..'],
    ['self', 'self'],
    ['gone', 'nowhere'],
    ['out', '/'],
  ] as const)
    symlinkSync(target, raw(name));
  expect(await walk(folder)).toEqual({
    files: expect.arrayContaining(['loop', 'd/up', 'self', 'gone', 'out']),
    skipped: [],
    problems: [],
  });
  expect(await files()).toHaveLength(5);
});

test('pipes, sockets and devices are said', async () => {
  write('file');
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  const server = await listening(join(folder, 'socket'));
  const { files, skipped } = await walk(folder);
  await new Promise((resolve) => server.close(resolve));
  expect(files).toEqual(['file']);
  expect([...skipped].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'pipe', reason: 'named pipe, not scanned' },
    { path: 'socket', reason: 'socket, not scanned' },
  ]);
  expect((await walk('/dev')).skipped).toContainEqual({ path: 'null', reason: 'device, not scanned' });
});

test('what git keeps is left out and said: .git, and the objects of a bare repository', async () => {
  for (const path of [
    'a/.git/config',
    'a/file',
    'b.git/HEAD',
    'b.git/config',
    'b.git/objects/aa/x',
    'b.git/refs/x',
    'objects/x',
  ])
    write(path);
  writeFileSync(raw('worktree'), '');
  write('linked/.git');
  expect(await walk(folder)).toEqual({
    files: expect.arrayContaining([
      'a/file',
      'b.git/HEAD',
      'b.git/config',
      'b.git/refs/x',
      'objects/x',
      'linked/.git',
    ]),
    skipped: expect.arrayContaining([
      { path: 'a/.git', reason: expect.stringContaining('keyscan history') },
      { path: 'b.git/objects', reason: expect.stringContaining('keyscan history') },
    ]),
    problems: [],
  });
});

test('a folder that vanishes is a problem and ends nothing', async () => {
  expect(await walk(`${folder}/gone`)).toEqual({
    files: [],
    skipped: [],
    problems: [{ path: '', reason: 'cannot be listed (ENOENT)' }],
  });
});

function listening(path: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(path, () => resolve(server));
  });
}
