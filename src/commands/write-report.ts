// Writes a file of ours: whole or not at all, never through a link.

import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { undisturbed } from '../undisturbed.ts';

/**
 * `text` is written as UTF-8 into a new file beside the target, which then takes its name (reference/git-and-hooks.md
 * §2.7). Gives why it could not be, when the target is a link, a folder, a device, in `.git`, or the disk is full.
 */
export async function writeReport(
  output: string,
  text: string,
  cwd: string,
  mode = OWNER_ONLY,
): Promise<string | undefined> {
  const target = resolve(cwd, output);
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    const refusal = await refusalOf(target, cwd);
    if (refusal !== undefined) return refusal;
    await undisturbed(async () => {
      try {
        await writeWhole(draft, text, mode);
        await rename(draft, target);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw error;
      }
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return REASONS[String(error.code)] ?? String(error.code);
  }
}

/** errno(3) */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist; make it first',
  ENOTDIR: 'a part of its path is a file, and no folder',
  ENAMETOOLONG: 'its name is too long',
  EACCES: 'you may not write into its folder',
  EPERM: 'you may not write into its folder',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full for you (quota)',
};

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A report says where credentials are. */
const OWNER_ONLY = 0o600;

async function refusalOf(target: string, cwd: string): Promise<string | undefined> {
  if (target.split(sep).some((part) => part.toLowerCase() === '.git')) return 'it would be inside .git';
  const status = await statusOf(target);
  if (status?.isSymbolicLink()) return 'the file is a symbolic link';
  if (status?.isDirectory()) return 'it is a folder';
  if (status && !status.isFile()) return 'it is not a regular file';
  // A repository can hold a link where a folder is expected, and lead the report out of it.
  const steps = relative(cwd, dirname(target)).split(sep).filter(Boolean);
  if (steps[0] === '..') return undefined;
  for (let depth = 1; depth <= steps.length; depth++) {
    if ((await statusOf(resolve(cwd, ...steps.slice(0, depth))))?.isSymbolicLink())
      return 'a folder of its path is a symbolic link';
  }
  return undefined;
}

function statusOf(path: string) {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
