// Which git is run: an absolute path, chosen once, never a program that lies in the repository being scanned (R26).

import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { GitError } from '../errors.ts';
import { repositoryAround } from './around.ts';
import type { Environment } from './environment.ts';

/** Looks through the absolute entries of PATH that lie outside the repository around `cwd`. Throws GitError. */
export function findGit(cwd: string, env: Environment): string {
  const around = repositoryAround(cwd);
  // Nothing lies outside of a repository at the root.
  const repository = around === undefined || around === dirname(around) ? undefined : around;
  for (const folder of searchPath(env)) {
    const candidate = join(folder, process.platform === 'win32' ? 'git.exe' : 'git');
    if (!isAbsolute(folder) || !isProgram(candidate)) continue;
    if (repository === undefined || !contains(repository, candidate)) return candidate;
  }
  throw new GitError(
    'git was not found: none of the absolute folders in PATH outside this repository holds it',
    '',
    'install git 2.25 or later, or put its folder into PATH',
  );
}

function searchPath(env: Environment): string[] {
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1];
  return path?.split(delimiter) ?? [];
}

/** A file that may be started. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Both exist; links are followed. */
function contains(folder: string, path: string): boolean {
  const way = relative(realpathSync(folder), realpathSync(path));
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
