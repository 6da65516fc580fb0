// Runs what ships: the built command line, and the built hook through real git.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Report } from '../../src/model.ts';
import type { Ran, WorkTree } from './repository.ts';

const root = join(__dirname, '../..');
export const HOOK_ENTRY = join(root, 'dist', 'hook.cjs');
export const BIN = join(root, 'bin', 'keyscan.js');

if (!existsSync(HOOK_ENTRY)) throw new Error('dist/ is missing: run `npm run build` first');

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** From the top of the work tree. */
  readonly cwd?: string;
}

/** `keyscan …args` in a work tree. */
export const keyscan = (tree: WorkTree, args: readonly string[], options?: RunOptions): Ran =>
  runNode(tree, [BIN, ...args], options);

/** What an installed hook starts. */
export const runHook = (tree: WorkTree, name = 'pre-commit', options?: RunOptions): Ran =>
  runNode(tree, [HOOK_ENTRY, name], options);

/** `keyscan …args --format json`, read. */
export function report(tree: WorkTree, args: readonly string[], options?: RunOptions): Report {
  const { stdout, stderr } = keyscan(tree, [...args, '--format', 'json'], options);
  if (stdout === '') throw new Error(`no report: ${stderr}`);
  return JSON.parse(stdout);
}

function runNode(tree: WorkTree, args: readonly string[], options: RunOptions = {}): Ran {
  const { input = '', env = {}, cwd = '.' } = options;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(tree.path, cwd),
    env: { ...tree.env, ...env },
    input,
    maxBuffer: 1 << 30,
  });
  return { status, signal, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

/** Makes git run the built hook before every commit and merge in this repository. */
export function guard(tree: WorkTree): void {
  const hooks = resolve(tree.path, tree.git('rev-parse', '--git-path', 'hooks'));
  mkdirSync(hooks, { recursive: true });
  for (const name of ['pre-commit', 'pre-merge-commit']) {
    const file = join(hooks, name);
    writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${HOOK_ENTRY}' ${name} "$@"\n`);
    chmodSync(file, 0o755);
  }
}
