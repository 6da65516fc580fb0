// Whether the directory git takes hooks from is this repository's own, or one that all repositories of a user share.

import { existsSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Repository } from '../git/questions.ts';
import { HookRefusal } from './refusal.ts';

export interface HooksDirectory {
  /** Absolute. */
  readonly path: string;
  /** It belongs to the work tree: what is written there may be committed, and other clones and work trees lack it. */
  readonly inWorkTree: boolean;
  readonly shared: boolean;
}

const HOOKS_PATH = 'core.hooksPath';

/** Throws HookRefusal when core.hooksPath switches hooks off: it is empty, or names something that is no directory. */
export async function hooksDirectory(repository: Repository, top: string): Promise<HooksDirectory> {
  const value = await repository.config(HOOKS_PATH);
  const path = await repository.hooksDir();
  // Set to nothing, git looks in the root directory while rev-parse answers "./" (git 2.39.5).
  if (value !== undefined && (value === '' || isNoDirectory(path)))
    throw new HookRefusal({ kind: 'hooks-off', value });
  const inGit = [repository.gitDir, repository.commonDir].some((folder) => contains(folder, path));
  const inWorkTree = !inGit && contains(top, path);
  const shared = value !== undefined && !inGit && !inWorkTree && !(await isSetHere(repository));
  return { path, inWorkTree, shared };
}

/** There, and something else. */
const isNoDirectory = (path: string): boolean => existsSync(path) && !statSync(path).isDirectory();

/** In the configuration of the repository or of this work tree, rather than of the user, the machine or one command. */
async function isSetHere(repository: Repository): Promise<boolean> {
  const values = [
    await repository.config(HOOKS_PATH, 'local'),
    await repository.config(HOOKS_PATH, 'worktree'),
  ];
  return values.some((value) => value !== undefined);
}

function contains(folder: string, path: string): boolean {
  const way = relative(real(folder), real(path));
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
}

/** Links resolved as far as the path exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = resolve(path, '..');
    return parent === path ? path : resolve(real(parent), relative(parent, path));
  }
}
