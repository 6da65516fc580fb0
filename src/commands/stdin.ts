// keyscan -: scans standard input.

import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Readable } from 'node:stream';
import { type ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { openPolicy, workTree } from '../policy.ts';
import { scan } from '../scan.ts';
import { stdinSource } from '../sources/stdin.ts';
import { deliver } from './deliver.ts';

export interface StdinOptions extends ScanOptions {
  /** What the report calls the input. */
  readonly stdinFilename: string | undefined;
}

/** Throws UsageError. */
export async function run(options: StdinOptions, io: Io): Promise<ExitCode> {
  if (isNullDevice(io.stdin))
    throw new UsageError(
      'standard input is closed, or the null device: there is nothing to scan',
      'give it a pipe or a file: git diff | keyscan -',
    );
  const { detector, failOn, judge, notes } = await openPolicy(options, workTree(io), io);
  const source = stdinSource(io.stdin, options.stdinFilename ?? '<stdin>');
  return deliver(await scan({ source, detector, judge, notes }), { ...options, failOn }, io, detector);
}

/** Node opens it where standard input is closed, and nobody who hands over something uses it. */
function isNullDevice(stdin: Readable): boolean {
  if (!('fd' in stdin)) return false;
  const status = fstatSync(Number(stdin.fd));
  return status.isCharacterDevice() && status.rdev === statSync(devNull).rdev;
}
