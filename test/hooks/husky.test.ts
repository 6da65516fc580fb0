// husky for real: keyscan joins the scripts husky runs, comes last, always runs, and leaves them as they were.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';
import {
  expectLeak,
  expectMergeRefused,
  expectPushed,
  expectPushRefused,
  expectRefused,
  expectSilent,
  expectStagedKeyRefused,
  guard,
  install,
  PREVIEW,
  PROJECT,
  snapshot,
  uninstall,
} from './guarding.ts';

const HUSKY = join(PROJECT, 'node_modules', 'husky', 'bin.js');

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
  repository.write('package.json', '{ "devDependencies": { "husky": "*" } }\n');
  repository.write('.gitignore', 'node_modules\n');
  repository.write('.husky/pre-commit', 'echo from husky >>.git-said\nrm .git-said\n');
  startHusky(repository);
});
afterEach(() => repository.remove());

/** What `npm install` does in a project that uses both. */
function startHusky(tree: WorkTree, ...args: string[]): void {
  const folder = join(tree.path, 'node_modules');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'keyscan-cli'))) symlinkSync(PROJECT, join(folder, 'keyscan-cli'));
  const { status, stderr } = spawnSync(process.execPath, [HUSKY, ...args], {
    cwd: tree.path,
    env: tree.env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

const scripts = (tree: WorkTree = repository) => snapshot(join(tree.path, '.husky'));

test('a key lands with husky alone, and does not with keyscan in it; uninstall leaves no trace', async () => {
  expectLeak(repository);
  const before = scripts();
  const said = await guard(repository);
  expect(said).toMatch(/\.husky\/pre-commit +keyscan added\n/);
  expect(said).toMatch(/\.husky\/pre-merge-commit +written\n/);
  expectRefused(repository);
  expectSilent(repository);

  const guarded = scripts();
  expect((await install(repository)).stdout).toMatch(/^keyscan was set already/);
  expect(scripts()).toEqual(guarded);
  const own = (all: Record<string, string>) => Object.entries(all).filter(([name]) => name.startsWith('_'));
  expect(own(guarded)).toEqual(own(before));

  const { stdout } = await uninstall(repository);
  expect(stdout).toMatch(/pre-commit +as it was before\n.*pre-merge-commit +removed\n/);
  expect(scripts()).toEqual(before);
  expectLeak(repository);
  expect((await uninstall(repository)).stdout).toMatch(/^keyscan is not set here/);
});

test.each([
  ['commit -a', ['-a']],
  ['a path', ['--', 'file.txt']],
])('commit with %s', async (_, args) => {
  repository.write('file.txt', 'clean\n');
  repository.commit();
  await guard(repository);
  repository.write('file.txt', `token = ${freshKey()}\n`);
  const refused = repository.tryGit(['commit', '-m', 'x', ...args]);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(PREVIEW);
  expect(repository.tryGit(['commit', '-m', 'x', ...args], { env: { HUSKY: '0' } }).status).toBe(0);
  expect(repository.git('cat-file', 'blob', 'HEAD:file.txt')).toMatch(/sk-proj-/);
});

test('a merge without conflict', async () => {
  await guard(repository);
  repository.commit();
  expectMergeRefused(repository, { env: { HUSKY: '0' } });
});

test('a push, whatever else reads what git says', async () => {
  repository.write('.husky/pre-push', 'cat >/dev/null\nexit 0\n');
  expectPushed(repository);
  const before = scripts();
  await guard(repository);
  expectPushRefused(repository);
  await uninstall(repository);
  expect(scripts()).toEqual(before);
});

test('a linked work tree: refused while husky is not started there, guarded as soon as it is', async () => {
  await guard(repository);
  repository.commit();
  const linked = repository.worktree('linked');
  expectLeak(linked);
  const { code, stderr } = await install(linked);
  expect(code).toBe(2);
  expect(stderr).toMatch(/husky is not running here: git does not look into/);
  startHusky(linked);
  expectRefused(linked);
  expectSilent(linked);
  expect((await install(linked)).stdout).toMatch(/^keyscan was set already/);
});

test('what an earlier line stages is seen', async () => {
  repository.write('.husky/pre-commit', 'cp "$HOME/generated" generated.txt\ngit add generated.txt\n');
  await expectStagedKeyRefused(repository, '../generated');
});

test('an earlier line that fails decides', async () => {
  repository.write('.husky/pre-commit', 'false\n');
  await guard(repository);
  repository.write('clean.txt', 'clean\n');
  repository.git('add', '.');
  const { status, stderr } = repository.tryGit(['commit', '-m', 'x']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'husky - pre-commit script failed (code 1)\n' });
});

test('keyscan-cli not installed: refused with what to do', async () => {
  await guard(repository);
  rmSync(join(repository.path, 'node_modules', 'keyscan-cli'));
  repository.write('clean.txt', 'clean\n');
  repository.git('add', '.');
  const { status, stderr } = repository.tryGit(['commit', '-m', 'x']);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^keyscan: node is not in PATH or keyscan-cli is not installed, so nothing was checked/,
  );
});

test.each([
  ['without a newline at the end', 'true', 0o644],
  ['empty', '', 0o644],
  ['executable, with bytes that are not UTF-8', Buffer.from('# \xe9\ntrue\n', 'latin1'), 0o755],
  ['with exit 0 as its last line', 'true\nexit 0\n', 0o600],
])('a script %s comes back to the byte and the mode', async (_, content, mode) => {
  repository.write('.husky/pre-commit', content);
  chmodSync(join(repository.path, '.husky/pre-commit'), mode);
  const before = scripts();
  await guard(repository);
  expectRefused(repository);
  await uninstall(repository);
  expect(scripts()).toEqual(before);
});

test('lines added below the block go above it again', async () => {
  await guard(repository);
  const path = join(repository.path, '.husky/pre-commit');
  repository.write('.husky/pre-commit', `${readFileSync(path, 'utf8')}true\n`);
  expect(await guard(repository)).toMatch(/pre-commit +brought up to date/);
  expect(readFileSync(path, 'utf8')).toMatch(/^true\n# >>> keyscan >>>$/m);
});

test.each([
  ['exec npm test\n', /line 1 of .*pre-commit may end the script before keyscan's turn: exec npm test/],
  ['# >>> keyscan >>>\n', /holds half of keyscan's block/],
])('a script it cannot join is left alone: %j', async (content, words) => {
  repository.write('.husky/pre-commit', content);
  const before = scripts();
  const { code, stderr } = await install(repository);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(scripts()).toEqual(before);
});

test('a script that is a link is left alone', async () => {
  rmSync(join(repository.path, '.husky/pre-commit'));
  symlinkSync('../package.json', join(repository.path, '.husky/pre-commit'));
  for (const verb of [install, uninstall]) {
    const { code, stderr } = await verb(repository);
    expect(code).toBe(2);
    expect(stderr).toMatch(/pre-commit is a link, a folder or something else/);
  }
});

test('husky in another folder', async () => {
  startHusky(repository, 'config/hooks');
  expectLeak(repository);
  expect(await guard(repository)).toMatch(/config\/hooks\/pre-commit +written/);
  expectRefused(repository);
});

test('husky 8: the scripts themselves are the hooks', async () => {
  repository.git('config', 'core.hooksPath', '.husky');
  const before = scripts();
  const { code, stderr } = await install(repository);
  expect(code).toBe(2);
  expect(stderr).toMatch(/pre-commit is not executable, so git does not run it/);
  expect(scripts()).toEqual(before);
  chmodSync(join(repository.path, '.husky/pre-commit'), 0o755);
  expectLeak(repository);
  await guard(repository);
  expectRefused(repository);
  expect(lstatSync(join(repository.path, '.husky/pre-merge-commit')).mode & 0o777).toBe(0o755);
});

describe('husky that is not running', () => {
  beforeEach(() => {
    repository.git('config', '--unset', 'core.hooksPath');
  });

  test.each(['auto', 'husky'] as const)(
    '--manager %s: refused, because git would not run it',
    async (manager) => {
      const before = scripts();
      const { code, stderr } = await install(repository, { manager });
      expect(code).toBe(2);
      expect(stderr).toMatch(/husky is not running here: git does not look into .*Nothing was changed/);
      expect(scripts()).toEqual(before);
    },
  );

  test('the block is taken out all the same', async () => {
    startHusky(repository);
    const before = scripts();
    await guard(repository);
    repository.git('config', '--unset', 'core.hooksPath');
    expect((await uninstall(repository)).code).toBe(0);
    expect(scripts()).toEqual(before);
  });

  test('--manager git sets a hook of its own', async () => {
    await guard(repository, { manager: 'git' });
    expectRefused(repository);
  });

  test('--manager husky where there is no husky', async () => {
    rmSync(join(repository.path, '.husky'), { recursive: true });
    expect((await install(repository, { manager: 'husky' })).stderr).toMatch(/there is no \.husky folder/);
  });
});

test("husky's own folder is never written into", async () => {
  const { code, stderr } = await install(repository, { manager: 'git' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/\.husky\/_ belongs to husky, which writes it anew each time/);
});
