// keyscan staged: scans what the next commit would record.

import { builtinDetector } from '../detect/detector.ts';
import type { ExitCode } from '../errors.ts';
import { readObject } from '../git/objects.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { scan } from '../scan.ts';
import { openStaged } from '../sources/staged.ts';
import { committedJudge } from '../triage/committed.ts';
import { deliver } from './deliver.ts';

export interface StagedOptions extends ScanOptions {
  /** Refuse credentials that HEAD or a merged commit already holds at that path, too. */
  readonly blockCommitted?: boolean;
}

/** Throws UsageError and GitError when the index cannot be listed. */
export async function run(options: StagedOptions, io: Io): Promise<ExitCode> {
  const opening = openStaged(gitIn(io.cwd, io.env));
  opening.catch(() => undefined);
  // While git starts and lists.
  const detector = builtinDetector();
  const { source, objects, isMerge } = await opening;
  const reason = isMerge ? 'already in HEAD or a merged commit' : 'already in HEAD';
  const judge = options.blockCommitted
    ? undefined
    : committedJudge(detector, (oid) => readObject(objects, oid), reason);
  const report = await scan({ source, detector, judge, finish: () => objects.close() });
  return deliver(report, options, io, detector);
}
