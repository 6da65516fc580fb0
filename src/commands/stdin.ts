// keyscan -: scans standard input.

import type { ExitCode } from '../errors.ts';
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
  const { detector, failOn, judge, notes } = await openPolicy(options, workTree(io), io);
  const source = stdinSource(io.stdin, options.stdinFilename ?? '<stdin>');
  return deliver(await scan({ source, detector, judge, notes }), { ...options, failOn }, io, detector);
}
