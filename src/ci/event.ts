// Reads the file in which GitHub Actions describes the event that started a build.

import { open } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { serviceOf, type Variables } from './build.ts';

/** What the event file holds; undefined for services without one. Throws UsageError when it cannot be read or is no JSON. */
export async function readEvent(env: Variables): Promise<unknown> {
  const variable = serviceOf(env)?.eventFile;
  if (variable === undefined) return undefined;
  const path = env[variable];
  const unusable = (why: string) =>
    new UsageError(`the event file (${variable}) ${why}`, 'or name the range with --base and --head');
  if (!path) throw unusable('is not named');
  const text = await readRegular(path).catch((error: unknown) => {
    throw unusable(
      `cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unknown error'})`,
    );
  });
  if (text === undefined) throw unusable(`is no regular file of at most ${MOST_BYTES >> 20} MiB`);
  try {
    return JSON.parse(text);
  } catch {
    throw unusable('is not JSON');
  }
}

/** UTF-8; undefined for anything that could be endless. */
async function readRegular(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const status = await file.stat();
    return status.isFile() && status.size <= MOST_BYTES ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}

/** GitHub delivers no event above 25 MB (docs.github.com, webhook events and payloads). */
const MOST_BYTES = 32 << 20;
