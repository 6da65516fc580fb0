// What the tests of pushes share: a repository with remotes beside it, hooks that run the built keyscan, and the proof that
// a key really lands where the hook is off.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BIN } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type Ran, type ScratchRepository, type WorkTree, withScratch } from '../support/repository.ts';

/** Where a remote lies, from the repository: the whole world can be copied. */
export const addressOf = (name: string): string => `../${name}.git`;

/** One clean commit, pushed to `origin`, then the hook is set. */
export const withRemote = (use: (repository: ScratchRepository) => void | Promise<void>): Promise<void> =>
  withScratch(async (repository) => {
    addRemote(repository, 'origin');
    repository.write('README', 'clean\n');
    repository.commit('first');
    repository.git('push', '-q', 'origin', 'main');
    setHook(repository, 'pre-push');
    await use(repository);
  });

/** A new bare repository and a remote of that name. */
export function addRemote(repository: ScratchRepository, name: string, folder = name): void {
  const path = join(repository.root, `${folder}.git`);
  repository.git('init', '-q', '--bare', '--initial-branch=main', '--template=', path);
  repository.git('remote', 'add', name, addressOf(folder));
}

/** What keyscan install writes, for any hook, in the fewest words. */
export function setHook(tree: WorkTree, name: string): void {
  const folder = resolve(tree.path, tree.git('rev-parse', '--git-path', 'hooks'));
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${BIN}' hook ${name} "$@"\n`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
}

/** Commits everything past all hooks and gives the id. */
export function commit(tree: WorkTree, message?: string): string {
  tree.commit(message);
  return tree.git('rev-parse', 'HEAD');
}

export function commitFile(tree: WorkTree, path: string, content: string): string {
  tree.write(path, content);
  return commit(tree, `change ${path}`);
}

/**
 * With the hook on, the push is refused, no remote has more of the key than before and keyscan says why; with the hook
 * off, it lands, which is tried in a copy of this world first.
 */
export function expectRefused(repository: ScratchRepository, key: string, args: readonly string[]): Ran {
  const before = holders(repository, repository.root, key);
  expect(holdersWithoutHook(repository, key, args)).toHaveLength(before.length + 1);
  const ran = repository.tryGit(['push', ...args]);
  expect(ran.stderr).toMatch(PREVIEW);
  expect(ran.status).toBe(1);
  expect(holders(repository, repository.root, key)).toEqual(before);
  expect(leakOf(key, ran.stdout + ran.stderr)).toBeUndefined();
  return ran;
}

/** The hook has nothing to say. */
export function expectPushed(repository: ScratchRepository, args: readonly string[]): void {
  const { status, stdout, stderr } = repository.tryGit(['push', '-q', ...args]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
}

/** What keyscan prints of a key (CONTRACT §4). */
export const PREVIEW = /sk-proj-…\S{4}/u;

/** The bare repositories in a world that have the key in any object or in the name of a reference. */
export function holders(repository: ScratchRepository, root: string, key: string): string[] {
  return readdirSync(root)
    .filter((name) => name.endsWith('.git'))
    .filter((name) => {
      const git = (...args: string[]) => repository.bytes(['-C', join(root, name), ...args]);
      return (
        git('cat-file', '--batch-all-objects', '--batch').includes(key) || git('for-each-ref').includes(key)
      );
    });
}

function holdersWithoutHook(repository: ScratchRepository, key: string, args: readonly string[]): string[] {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscan-test-')));
  try {
    cpSync(repository.root, root, { recursive: true });
    repository.git('-C', join(root, 'repository'), 'push', '-q', '--no-verify', ...args);
    return holders(repository, root, key);
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  }
}
