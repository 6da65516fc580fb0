// keyscan -: scans standard input.

import { builtinDetector } from '../detect/detector.ts';
import type { ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { scan } from '../scan.ts';
import { stdinSource } from '../sources/stdin.ts';
import { deliver } from './deliver.ts';

export interface StdinOptions extends ScanOptions {
  /** What the report calls the input. */
  readonly stdinFilename: string | undefined;
}

export async function run(options: StdinOptions, io: Io): Promise<ExitCode> {
  const detector = builtinDetector();
  const source = stdinSource(io.stdin, options.stdinFilename ?? '<stdin>');
  return deliver(await scan({ source, detector }), options, io, detector);
}
