// What tells the user's own caches from those somebody else has put into a repository: 32 random bytes of each user's.

import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Made when there is none; `undefined` where there is no home, or none that can be written to. */
export async function openSeal(env: Environment): Promise<Buffer | undefined> {
  const home = env.XDG_CACHE_HOME || (env.HOME && join(env.HOME, '.cache')) || env.LOCALAPPDATA;
  if (!home) return undefined;
  const file = join(home, 'keyscan', 'seal');
  try {
    return (await readSeal(file)) ?? (await makeSeal(file));
  } catch {
    return undefined;
  }
}

async function readSeal(file: string): Promise<Buffer | undefined> {
  const bytes = await readPlain(file);
  return bytes?.length === SIZE ? bytes : undefined;
}

/** Several runs may do so at once: the first one's counts. */
async function makeSeal(file: string): Promise<Buffer | undefined> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, randomBytes(SIZE), { mode: 0o600, flag: 'wx' });
    const status = await lstat(file).catch(() => undefined);
    if (status?.isFile() && status.size !== SIZE) await rm(file);
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readSeal(file);
}

const SIZE = 32;

/** A file of this user's that nobody else may write; without waiting (a pipe) and without following links. */
export async function readPlain(path: string): Promise<Buffer | undefined> {
  const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
  // Windows has neither.
  const file = await open(path, O_RDONLY | (O_NONBLOCK ?? 0) | (O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const status = await file.stat();
    const isOwn = process.getuid === undefined || status.uid === process.getuid();
    const isOpen = process.platform !== 'win32' && (status.mode & 0o022) !== 0;
    return status.isFile() && isOwn && !isOpen ? await file.readFile() : undefined;
  } finally {
    await file.close();
  }
}
