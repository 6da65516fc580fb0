// Writes a report file: whole or not at all, readable by its owner only, never through a link.

import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * `text` is written as UTF-8 into a new file beside the target, which then takes its name (reference/git-and-hooks.md
 * §2.7). Throws UsageError when the target is a link, a folder, a device, in `.git`, or the disk is full.
 */
export async function writeReport(output: string, text: string, cwd: string): Promise<void> {
  const target = resolve(cwd, output);
  await refuseTarget(target, cwd);
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unwritable(codeOf(error));
  }
}

async function refuseTarget(target: string, cwd: string): Promise<void> {
  if (target.split(sep).some((part) => part.toLowerCase() === '.git'))
    throw unwritable('it would be inside .git');
  const status = await statusOf(target);
  if (status?.isSymbolicLink()) throw unwritable('the file is a symbolic link');
  if (status?.isDirectory()) throw unwritable('it is a folder');
  if (status && !status.isFile()) throw unwritable('it is not a regular file');
  // A repository can hold a link where a folder is expected, and lead the report out of it.
  const steps = relative(cwd, dirname(target)).split(sep).filter(Boolean);
  if (steps[0] === '..') return;
  for (let depth = 1; depth <= steps.length; depth++) {
    if ((await statusOf(resolve(cwd, ...steps.slice(0, depth))))?.isSymbolicLink())
      throw unwritable('a folder of its path is a symbolic link');
  }
}

function statusOf(path: string) {
  return lstat(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unwritable(codeOf(error));
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function unwritable(why: string): UsageError {
  return new UsageError(`the file of --output cannot be written: ${why}`);
}
