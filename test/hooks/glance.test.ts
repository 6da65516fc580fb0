// Most commits are done with at a glance, all others by the whole program. Seen in a package that lacks the program: what
// lands was looked at by the glance alone, and what it leaves to the program cannot be committed.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let scratch: string;
let whole: string;
let withoutProgram: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keyscan-glance-'));
  const copy = (name: string): string => {
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(__dirname, '../..', part), join(scratch, name, part), { recursive: true });
    return join(scratch, name);
  };
  whole = copy('whole');
  withoutProgram = copy('without');
  const dist = join(withoutProgram, 'dist');
  for (const name of readdirSync(dist)) if (/^hook-.*\.cjs/.test(name)) rmSync(join(dist, name));
});
afterAll(() => rmSync(scratch, { recursive: true }));

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
  repository.write('old', 'was there\n');
  repository.write('older', 'was there, too\n');
  repository.commit();
});
afterEach(() => repository.remove());

/** Whether a commit of all there is lands, with the hook of this package. */
function commits(folder: string, args: readonly string[] = [], env: Record<string, string> = {}): boolean {
  const install = [join(folder, 'bin/keyscan.js'), 'install'];
  const { status: installed } = spawnSync(process.execPath, install, {
    cwd: repository.path,
    env: repository.env,
  });
  expect(installed).toBe(0);
  repository.git('add', '--all');
  const before = repository.tryGit(['rev-parse', 'HEAD']).stdout;
  const { status, stderr } = repository.tryGit(['commit', '--quiet', '-m', 'a commit', ...args], { env });
  const after = repository.tryGit(['rev-parse', 'HEAD']).stdout;
  expect(after !== before).toBe(status === 0);
  if (folder === withoutProgram && status !== 0) expect(stderr).toMatch(/ENOENT.*hook-\w+\.cjs/);
  return status === 0;
}

type SetUp = () => unknown;
const write = (path: string, content: string | Uint8Array) => () => repository.write(path, content);

test.each<[name: string, setUp: SetUp, ...args: string[]]>([
  ['a new file', write('new.ts', 'export const answer = 42;\n')],
  ['a change and a deletion', () => [repository.write('old', 'is new\n'), repository.git('rm', 'older')]],
  ['an empty file', write('empty', '')],
  ['a name beyond ASCII', write('größe/日本.txt', 'text\n')],
  ['a name with spaces', write('a b  c', 'text\n')],
  [
    'many files',
    () => Array.from({ length: 300 }, (_, index) => repository.write(`f${index}`, `${index}\n`)),
  ],
  ['three megabytes', write('large', 'x y z\n'.repeat(500_000))],
  ['a commit in the place of the last one', write('new', 'text\n'), '--amend'],
  ['what -a adds', write('old', 'is new\n'), '-a'],
])('%s needs no program', (_, setUp, ...args) => {
  setUp();
  expect(commits(withoutProgram, args)).toBe(true);
});

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d'.repeat(32)}\nsize 12\n`;

test.each<[name: string, setUp: SetUp, args?: string[], env?: Record<string, string>]>([
  ['a word that says what a value is', write('new.ts', `import OpenAI from 'openai';\n`)],
  ['such a word in a name', write('openai.ts', 'export {};\n')],
  ['NUL bytes', write('wide.txt', Buffer.from('text\n', 'utf16le'))],
  ['a name that git cannot print as it is', write('tab\there', 'text\n')],
  ['a pointer of Git LFS', write('large.bin', POINTER)],
  ['a configuration', write('.keyscan.json', '{}')],
  [
    'a configuration of the user',
    () => [repository.write('../xdg/keyscan/config.json', '{}'), repository.write('new', 'text\n')],
  ],
  ['a baseline', write('.keyscan-baseline', '')],
  ['more than four megabytes', write('larger', 'x y z\n'.repeat(700_000))],
  ['nothing but a deletion', () => repository.git('rm', '-q', 'old')],
  ['nothing at all', () => undefined, ['--allow-empty']],
  ['a submodule', () => repository.submodule('below')],
  ['the pre-commit framework', write('new', 'text\n'), [], { PRE_COMMIT: '1' }],
])('%s is for the program', (_, setUp, args = [], env = {}) => {
  setUp();
  expect(commits(withoutProgram, args, env)).toBe(false);
  expect(commits(whole, args, env)).toBe(true);
});

test('the first commit is, and a merge is not', () => {
  repository.git('checkout', '-q', '--orphan', 'other');
  expect(commits(withoutProgram)).toBe(false);
  expect(commits(whole)).toBe(true);
  repository.write('new', 'of the other\n');
  expect(commits(withoutProgram)).toBe(true);
  repository.git('checkout', '-q', 'main');
  repository.write('newer', 'of this one\n');
  expect(commits(withoutProgram)).toBe(true);
  repository.git('merge', '-q', '--no-commit', '--allow-unrelated-histories', 'other');
  expect(commits(withoutProgram)).toBe(true);
  expect(repository.git('rev-list', '--count', '--merges', 'HEAD')).toBe('1');
});

test('a key never lands, wherever it stands, nor what is clear beside it', () => {
  repository.write('clear', 'text\n');
  const key = freshKey();
  for (const [path, content] of [
    ['leak', key],
    ['wide', Buffer.from(key, 'utf16le')],
    ['encoded', Buffer.from(`key: ${key}`).toString('base64')],
    [`${key}.txt`, ''],
    ['after', `${'x y z\n'.repeat(100_000)}${key}`],
  ] as const) {
    repository.write(path, content);
    expect([path === `${key}.txt` ? 'name' : path, commits(withoutProgram), commits(whole)]).toEqual([
      path === `${key}.txt` ? 'name' : path,
      false,
      false,
    ]);
    repository.git('rm', '-q', '--cached', path);
    rmSync(join(repository.path, path));
  }
});
