// Policy files as they lie on the disk: in a work tree, or where the user has them.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import { repositoryAround } from '../git/around.ts';
import type { RawPath } from '../model.ts';
import type { PolicyTree } from '../policy.ts';

export type Surroundings = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** The work tree around the folder keyscan was started in, or that folder itself; `top` where it is known. */
export function workTree({ cwd, env }: Surroundings, top = topOf(cwd, env)): PolicyTree {
  const folder = wayInto(top, cwd);
  return {
    top,
    folder: folder ?? '',
    read: async (path) => readRegular(join(top, Buffer.from(path, 'latin1').toString('utf8')), path),
  };
}

/** git runs hooks at the top, and names in variables what it could not find otherwise (git(1), GIT_DIR). */
function topOf(cwd: string, env: Surroundings['env']): string {
  if (env.GIT_WORK_TREE) return resolve(cwd, env.GIT_WORK_TREE);
  return (env.GIT_DIR ? undefined : repositoryAround(cwd)) ?? cwd;
}

/** From a folder to something in it, with slashes; empty for itself, undefined when it lies elsewhere. */
export function wayInto(folder: string, path: string): RawPath | undefined {
  const way = relative(folder, path);
  if (isAbsolute(way) || way.split(sep)[0] === '..') return undefined;
  return Buffer.from(way.split(sep).join('/'), 'utf8').toString('latin1');
}

/** What is larger is no file that people write. */
const LARGEST = 1 << 24;

/**
 * Undefined when there is nothing. What a repository holds may lead anywhere, so a link is not followed unless `mayBeLink`
 * (reference/git-and-hooks.md R12). Throws UsageError, in which `name` is what the file is called.
 */
export function readRegular(file: string, name: string, mayBeLink = false): Uint8Array | undefined {
  // Asked first, because nearly always there is nothing, and exceptions are slow.
  if (!isThere(file, name)) return undefined;
  let descriptor: number | undefined;
  try {
    // A pipe would wait for somebody to write.
    descriptor = openSync(file, constants.O_RDONLY | NONBLOCK | (mayBeLink ? 0 : NOFOLLOW));
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new UsageError(`${name} is no regular file`);
    if (status.size > LARGEST) throw new UsageError(`${name} is larger than 16 MB`);
    const bytes = Buffer.alloc(status.size);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(name, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Throws UsageError, in which `name` is what the file is called, where the disk does not say. */
export function isThere(file: string, name: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A file stands where a folder is asked for: an older commit had one.
    if (codeOf(error) === 'ENOTDIR') return false;
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): UsageError {
  const code = codeOf(error);
  return new UsageError(code === 'ELOOP' ? `${name} is a link` : `${name} cannot be read (${code})`);
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : 'unknown error';

/** Windows has neither. */
const NONBLOCK = constants.O_NONBLOCK ?? 0;
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;
