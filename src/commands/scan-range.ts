// Scans a range of history and delivers the report: what hooks about pushes and references have in common.

import type { ExitCode } from '../errors.ts';
import type { Git } from '../git/process.ts';
import type { Io } from '../io.ts';
import type { Notice } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import type { Policy } from '../policy.ts';
import { scan } from '../scan.ts';
import { openRange, type RangeOptions } from '../sources/objects.ts';
import { deliver } from './deliver.ts';

export interface RangeScan {
  readonly git: Git;
  readonly range: RangeOptions;
  readonly policy: Policy;
  readonly notices?: readonly Notice[];
}

export async function scanRange(
  { git, range, policy: { detector, failOn, judge, notes }, notices = [] }: RangeScan,
  options: ScanOptions,
  io: Io,
): Promise<ExitCode> {
  const { source, close } = openRange(git, range);
  const report = await scan({
    source,
    detector,
    judge,
    notes: () => [...notices, ...notes()],
    finish: close,
  });
  return deliver(report, { ...options, failOn }, io, detector);
}

/** All of standard input, as latin1. */
export async function readInput({ stdin }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}
