// install --strict: a branch takes no commit with a key, however it comes about; everything else costs no Node.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import {
  expectLeak,
  expectSilent,
  guard,
  hooksFolder,
  install,
  installPackage,
  PREVIEW,
  snapshot,
  uninstall,
  withVariables,
  writeHook,
} from './guarding.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
  repository.write('file.txt', 'one\n');
  repository.commit();
});
afterEach(() => repository.remove());

/** A commit that adds a key and that no branch holds, beside the branch that is checked out. */
function arrangeSide(): string {
  repository.git('switch', '--quiet', '--create', 'side');
  repository.write('key.txt', `token = ${freshKey()}\n`);
  repository.commit();
  repository.git('switch', '--quiet', 'main');
  repository.write('other.txt', 'two\n');
  repository.commit();
  const side = repository.git('rev-parse', 'side');
  repository.git('branch', '--quiet', '-D', 'side');
  return side;
}

const WAYS: Readonly<Record<string, () => readonly string[]>> = {
  'commit --no-verify': () => {
    repository.write('key.txt', `token = ${freshKey()}\n`);
    repository.git('add', '.');
    return ['commit', '--no-verify', '-m', 'x'];
  },
  'a key in the message': () => ['commit', '--no-verify', '--allow-empty', '-m', `token = ${freshKey()}`],
  'cherry-pick': () => {
    return ['cherry-pick', arrangeSide()];
  },
  am: () => {
    const patch = repository.git('format-patch', '-1', '--stdout', arrangeSide());
    writeFileSync(join(repository.root, 'patch'), `${patch}\n`);
    return ['am', join(repository.root, 'patch')];
  },
  'rebase --continue': () => {
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.write('file.txt', 'topic\n');
    repository.commit();
    repository.git('switch', '--quiet', 'main');
    repository.write('file.txt', 'main\n');
    repository.commit();
    repository.git('switch', '--quiet', 'topic');
    expect(repository.tryGit(['rebase', 'main']).status).toBe(1);
    repository.write('file.txt', `token = ${freshKey()}\n`);
    repository.git('add', 'file.txt');
    return ['rebase', '--continue'];
  },
  'commit-tree and update-ref': () => {
    const blob = repository.bytes(['hash-object', '-w', '--stdin'], freshKey()).toString().trim();
    const tree = repository.bytes(['mktree'], `100644 blob ${blob}\tkey\n`).toString().trim();
    return ['update-ref', 'refs/heads/main', repository.git('commit-tree', tree, '-m', 'x')];
  },
};

const branches = () => repository.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads');

describe.each(Object.entries(WAYS))('%s', (_, arrange) => {
  test.each([false, true])('with --strict: %p', async (strict) => {
    const args = arrange();
    await guard(repository, { strict });
    const before = branches();
    const { status, stderr } = repository.tryGit(args);
    expect(status === 0).toBe(!strict);
    expect(branches() === before).toBe(strict);
    if (strict) expect(stderr).toMatch(PREVIEW);
  });
});

test('a clean commit passes unnoticed', async () => {
  await guard(repository, { strict: true });
  expectSilent(repository);
});

test('what brings no new commit to a branch starts no Node', () => {
  repository.write('.git/info/exclude', 'node_modules\n');
  const shipped = installPackage(repository.path);
  expect(shipped.keyscan(repository, 'install', '--strict').code).toBe(0);
  repository.git('commit', '--quiet', '--allow-empty', '-m', 'second');
  const old = repository.git('rev-parse', 'HEAD~1');
  // Whatever starts it now is refused.
  rmSync(shipped.path, { recursive: true });
  for (const args of [
    ['switch', '-c', 'topic'],
    ['branch', 'other', old],
    ['reset', '--hard', old],
    ['merge', '--ff-only', 'main'],
    ['checkout', '--detach', old],
    ['branch', '-D', 'topic'],
    ['tag', '-a', '-m', 'x', 'v1'],
    ['stash'],
    ['fetch', '--quiet', '.', 'main:refs/remotes/here/main'],
    ['gc', '--quiet'],
  ])
    expect([...args, repository.tryGit(args).stderr.match(/^keyscan: .*/m)?.[0]]).toEqual([
      ...args,
      undefined,
    ]);
  const { status, stderr } = repository.tryGit(['commit', '--no-verify', '--allow-empty', '-m', 'x']);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/^keyscan: the package keyscan-cli was not found/m);
  expect(stderr).toMatch(/git -c core\.hooksPath=\/dev\/null/);
});

test('a hook that was there gets every state with its lines, and comes back', async () => {
  const said = join(repository.root, 'said');
  writeHook(repository, 'reference-transaction', `#!/bin/sh\n{ echo "$1"; cat; } >>'${said}'\n`);
  const before = snapshot(hooksFolder(repository));
  await guard(repository, { strict: true });
  repository.git('branch', 'other');
  const line = `${'0'.repeat(40)} ${repository.git('rev-parse', 'other')} refs/heads/other\n`;
  expect(readFileSync(said, 'utf8')).toBe(`prepared\n${line}committed\n${line}`);
  await uninstall(repository);
  expect(snapshot(hooksFolder(repository))).toEqual(before);
});

test('once set it stays, also where install is run again without --strict', async () => {
  await guard(repository, { strict: true });
  const guarded = snapshot(hooksFolder(repository));
  expect(Object.keys(guarded)).toContain('reference-transaction');
  expect(await guard(repository)).toMatch(/^keyscan was set already/);
  expect(snapshot(hooksFolder(repository))).toEqual(guarded);
  await uninstall(repository);
  expect(snapshot(hooksFolder(repository))).toEqual({});
  expectLeak(repository);
});

test('a git that does not know the hook: refused', async () => {
  const bin = join(repository.root, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'git'),
    `#!/bin/sh\nPATH='${repository.env.PATH}'\ncase " $* " in *' version '*) echo git version 2.27.1 ;; *) exec git "$@" ;; esac\n`,
    { mode: 0o755 },
  );
  const older = withVariables(repository, { PATH: `${bin}:${repository.env.PATH}` });
  for (const global of [false, true]) {
    const { code, stderr } = await install(older, { strict: true, global });
    expect({ code, stderr: stderr.split('\n')[0] }).toEqual({
      code: 2,
      stderr: 'keyscan: --strict needs git 2.28 or later; this is 2.27.1. Nothing was changed.',
    });
  }
});
