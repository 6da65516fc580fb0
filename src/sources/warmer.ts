// Reads files ahead of the scan, several at a time, so that slow storage (a network share) has them ready.

import fs from 'node:fs';
import type { RawPath } from '../model.ts';

/**
 * Each call waits until the next file of the list has been fetched, and keeps `jobs` of them under way. Whatever goes
 * wrong is left to the one who reads the file.
 */
export function warmer(paths: readonly RawPath[], jobs: number): () => Promise<void> {
  const fetched: Promise<void>[] = [];
  let asked = 0;
  return () => {
    while (fetched.length < Math.min(paths.length, asked + jobs))
      fetched.push(fetch(paths[fetched.length] ?? ''));
    return fetched[asked++] ?? Promise.resolve();
  };
}

/** Its content goes nowhere: that it was read is what counts. */
function fetch(path: RawPath): Promise<void> {
  return new Promise((resolve) => {
    fs.open(Buffer.from(path, 'latin1'), FLAGS, (unopened, file) => {
      if (unopened) return resolve();
      const close = (): void => fs.close(file, () => resolve());
      fs.fstat(file, (unknown, stats) => {
        if (unknown || !stats.isFile()) close();
        else {
          const into = Buffer.allocUnsafe(Math.min(stats.size, MOST));
          fs.read(file, into, 0, into.length, 0, close);
        }
      });
    });
  });
}

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW, O_NOCTTY } = fs.constants;
const FLAGS = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;
/** Bytes; the rest of a large file is read ahead while it is scanned. */
const MOST = 1 << 20;
