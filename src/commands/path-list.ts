// Reads the list of paths that --files-from names.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { RawPath } from '../model.ts';

/**
 * One path a line, or each ended by NUL, in any bytes. `from` is a file, or `-` for standard input. Throws UsageError when
 * it cannot be read, and when no path is in it: whatever should have written it has probably failed.
 */
export async function readPathList(from: string, isNul: boolean, io: Io): Promise<RawPath[]> {
  const text = (await bytesFrom(from, io)).toString('latin1');
  const paths = text.split(isNul ? '\0' : /\r?\n/).filter((path) => path !== '');
  if (paths.length === 0)
    throw new UsageError('the list of --files-from holds no path', 'whatever writes it may have failed');
  return paths;
}

async function bytesFrom(from: string, io: Io): Promise<Buffer> {
  if (from === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of io.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(resolve(io.cwd, from));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`the list of --files-from cannot be read (${code})`);
  }
}
