// Which git is run: an absolute path, chosen once, never a program that lies in the repository being scanned (R26).

import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import { GitError } from '../errors.ts';
import type { Environment } from './environment.ts';

/** Looks through the absolute entries of PATH that lie outside the repository around `cwd`. Throws GitError. */
export function findGit(cwd: string, env: Environment): string {
  const inside = realpath(repositoryAround(cwd));
  for (const folder of searchPath(env)) {
    const candidate = join(folder, process.platform === 'win32' ? 'git.exe' : 'git');
    if (isAbsolute(folder) && isProgram(candidate) && !contains(inside, realpath(candidate)))
      return candidate;
  }
  throw new GitError(
    'git was not found: none of the absolute folders in PATH outside this repository holds it',
    '',
    'install git 2.25 or later, or put its folder into PATH',
  );
}

function searchPath(env: Environment): string[] {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH');
  return (name === undefined ? '' : (env[name] ?? '')).split(delimiter);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The nearest folder upwards that holds a `.git`; only a guess where git has not been asked yet, and never trusted. */
function repositoryAround(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../') && !way.startsWith('..\\');
}

function realpath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
