// The hook and the package it starts, as npm installs it: gone, moved, replaced by a stranger, in a hostile environment.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import {
  commitKey,
  expectLeak,
  expectRefused,
  expectSilent,
  hooksFolder,
  installPackage,
  snapshot,
  treeAt,
  withoutSystemNode,
} from './guarding.ts';

let repository: ScratchRepository;
let shipped: ReturnType<typeof installPackage>;
beforeEach(() => {
  repository = scratchRepository();
  repository.write('.git/info/exclude', 'node_modules\n');
  shipped = installPackage(repository.path);
});
afterEach(() => repository.remove());

const hook = (): string => readFileSync(join(hooksFolder(repository), 'pre-commit'), 'utf8');

/** A clean commit is refused too, with one sentence on what is missing and what to do. */
function expectClosed(words: RegExp, env: Readonly<Record<string, string>> = {}): void {
  const { status, landed, stderr } = commitKey(repository, env);
  expect({ status, landed }).toEqual({ status: 1, landed: false });
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/Reinstall keyscan-cli and run keyscan install/);
  expect(stderr).toMatch(/keyscan uninstall/);
  expect(stderr).toMatch(/git commit --no-verify skips all hooks/);
  const clean = repository.tryGit(['commit', '--allow-empty', '-m', 'x'], { env });
  expect(clean.status).toBe(1);
}

test('keyscan install and uninstall, word for word', () => {
  expectLeak(repository);
  expect(shipped.keyscan(repository, 'install')).toEqual({
    code: 0,
    stderr: '',
    stdout: `keyscan is set: git asks it before every commit, merge and push.
  .git/hooks/pre-commit        written
  .git/hooks/pre-merge-commit  written
  .git/hooks/pre-push          written
Check it: keyscan doctor. Undo it: keyscan uninstall.
`,
  });
  expectRefused(repository);
  expectSilent(repository);
  expect(shipped.keyscan(repository, 'install').stdout).toMatch(
    /^keyscan was set already; nothing has changed\./,
  );
  expect(shipped.keyscan(repository, 'uninstall')).toEqual({
    code: 0,
    stderr: '',
    stdout: `keyscan is taken out: git no longer asks it.
  .git/hooks/pre-commit        removed
  .git/hooks/pre-merge-commit  removed
  .git/hooks/pre-push          removed
`,
  });
  expectLeak(repository);
});

test('outside a repository: exit code 2 and a sentence', () => {
  const outside = { ...repository, path: repository.root };
  for (const verb of ['install', 'uninstall']) {
    const { code, stdout, stderr } = shipped.keyscan(outside, verb);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/git finds no repository here/);
  }
});

test('the hook names the package of the project, not the place it links to', () => {
  const store = join(repository.root, 'store', 'keyscan-cli@0.1.0');
  mkdirSync(join(repository.root, 'store'));
  renameSync(shipped.path, store);
  symlinkSync(store, shipped.path);
  shipped.keyscan(repository, 'install');
  expect(hook()).toContain(`entry='${shipped.path}/dist/hook.cjs'`);
  expectRefused(repository);
});

test('hooks that are committed name nothing of this machine, and work in another clone', () => {
  repository.git('config', 'core.hooksPath', 'hooks');
  repository.write('.gitignore', 'node_modules\n');
  const said = shipped.keyscan(repository, 'install').stdout;
  expect(said).toMatch(/other clones and work trees have them once they are committed/);
  expect(hook()).not.toContain(repository.root);
  expect(hook()).toMatch(/^node=''$/m);
  expectRefused(repository);
  repository.commit();
  const clone = treeAt(repository, join(repository.root, 'clone'));
  repository.git('clone', '--quiet', '--config', 'core.hooksPath=hooks', repository.path, clone.path);
  installPackage(clone.path);
  expectRefused(clone);
  expectSilent(clone);
});

describe('once installed', () => {
  beforeEach(() => {
    expectLeak(repository);
    expect(shipped.keyscan(repository, 'install').code).toBe(0);
  });

  const breakNode = (): void => {
    const path = join(hooksFolder(repository), 'pre-commit');
    writeFileSync(path, hook().replace(/^node=.*$/m, "node='/nowhere/node'"));
  };

  test('the package is gone', () => {
    rmSync(shipped.path, { recursive: true });
    expectClosed(
      /^keyscan: the package keyscan-cli was not found, so nothing was checked and git stops here\.$/m,
    );
  });

  test('the package is not built', () => {
    rmSync(join(shipped.path, 'dist'), { recursive: true });
    expectClosed(/^keyscan: the package keyscan-cli was not found/);
  });

  test('the package was installed elsewhere and is in node_modules now', () => {
    const elsewhere = installPackage(join(repository.root, 'elsewhere'));
    rmSync(shipped.path, { recursive: true });
    elsewhere.keyscan(repository, 'install');
    expect(hook()).toContain(`entry='${elsewhere.path}/dist/hook.cjs'`);
    cpSync(elsewhere.path, shipped.path, { recursive: true });
    rmSync(elsewhere.path, { recursive: true });
    expectRefused(repository);
    expectSilent(repository);
  });

  test("a stranger's package in its place is not started", () => {
    const manifest = join(shipped.path, 'package.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"keyscan-cli"', '"keyscan"'));
    writeFileSync(join(shipped.path, 'dist', 'hook.cjs'), `require('node:fs').writeFileSync('started', '')`);
    expectClosed(/^keyscan: the package keyscan-cli was not found/);
    expect(existsSync(join(repository.path, 'started'))).toBe(false);
  });

  test('Node is gone from its place but in PATH', () => {
    breakNode();
    expectRefused(repository);
    expectSilent(repository);
  });

  test('Node is gone everywhere', () => {
    breakNode();
    const tools = join(repository.root, 'tools');
    mkdirSync(tools);
    symlinkSync(join(repository.git('--exec-path'), 'git'), join(tools, 'git'));
    expectRefused(repository);
    writeFileSync(join(hooksFolder(repository), 'pre-commit'), withoutSystemNode(hook()));
    expectClosed(/^keyscan: Node\.js 20 or newer was not found/, { PATH: tools });
  });

  test('NODE_OPTIONS and NODE_PATH of the environment are not loaded', () => {
    const hostile = join(repository.root, 'hostile.cjs');
    const loaded = join(repository.root, 'loaded');
    writeFileSync(
      hostile,
      `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, ''); process.exit(0);`,
    );
    const env = { NODE_OPTIONS: `--require=${hostile}`, NODE_PATH: repository.root };
    expectRefused(repository, env);
    expect(existsSync(loaded)).toBe(false);
  });

  test('a hostile .npmrc and a hostile keyscan in node_modules/.bin have no say', () => {
    repository.write('.npmrc', 'node-options=--require ./evil.cjs\n');
    repository.write('node_modules/.bin/keyscan', '#!/bin/sh\nexit 0\n');
    expectRefused(repository);
  });

  test('an upgrade in the same place needs no second install', () => {
    const before = snapshot(hooksFolder(repository));
    rmSync(shipped.path, { recursive: true });
    shipped = installPackage(repository.path);
    expectRefused(repository);
    expect(shipped.keyscan(repository, 'install').stdout).toMatch(/^keyscan was set already/);
    expect(snapshot(hooksFolder(repository))).toEqual(before);
  });
});

test('from the cache of npx: installed, with the advice to install it for good', () => {
  const cached = installPackage(join(repository.root, '_npx', '0123abcd'));
  const { code, stdout } = cached.keyscan(repository, 'install');
  expect(code).toBe(0);
  expect(stdout).toMatch(/cache of npx, which is emptied now and then/);
});

test('hooks in the work tree: says that they travel with commits', () => {
  repository.git('config', 'core.hooksPath', '.githooks');
  expect(shipped.keyscan(repository, 'install').stdout).toMatch(/These files are in the work tree/);
});

test('a package that is not built cannot be installed as a hook', () => {
  rmSync(join(shipped.path, 'dist', 'hook.cjs'));
  const { code, stderr } = shipped.keyscan(repository, 'install');
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^keyscan: node_modules\/keyscan-cli\/dist\/hook\.cjs is missing; nothing was changed\./,
  );
});
