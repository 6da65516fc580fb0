// Puts credentials into the baseline: what keyscan baseline and keyscan ignore have in common.

import { randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import { textOf } from '../config/text.ts';
import { type Day, dayOf, isDay } from '../day.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Detector } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { baselinePath } from '../policy/configured.ts';
import { readRegular } from '../policy/work-tree.ts';
import { workTree } from '../policy.ts';
import { display } from '../report/display.ts';
import { withAccepted } from '../triage/baseline.ts';
import { type Baseline, formatBaseline, parseBaseline } from '../triage/baseline-file.ts';
import { writeReport } from './write-report.ts';

export interface Acceptance {
  readonly fingerprint: string;
  /** `-` when it is not known. */
  readonly rule: string;
}

export interface Terms {
  readonly reason: string;
  /** Sees to it that the reason holds no credential. */
  readonly detector: Detector;
  readonly expires: Day | undefined;
}

/**
 * Writes the baseline with these in it and gives its path as people read it. One that is accepted already gets the reason
 * and the last day given now. Throws UsageError for a reason that holds a credential, and when the baseline
 * cannot be read or written; then it is as it was.
 */
export async function accept(
  accepted: readonly Acceptance[],
  { reason, detector, expires }: Terms,
  options: Pick<ScanOptions, 'config' | 'baseline'>,
  io: Io,
): Promise<string> {
  if (detector.mask(reason) !== reason)
    throw new UsageError(
      '--reason holds a credential, and the baseline would keep it',
      'say it without; every report tells keys apart by their last four characters',
    );
  const path = await baselinePath(options, workTree(io), io);
  const shown = display(relative(io.cwd, path));
  const before = readBaseline(path, shown);
  const line = { added: dayOf(new Date()), reason, ...(expires !== undefined && { expires }) };
  const after = accepted.reduce(
    (baseline, { fingerprint, rule }) => withAccepted(baseline, fingerprint, { ...line, rule }),
    before,
  );
  const refusal = await writeReport(path, formatBaseline(after), io.cwd, 0o644);
  if (refusal !== undefined) throw new UsageError(`${shown} could not be written: ${refusal}`);
  return shown;
}

/** With a salt, in any case. */
function readBaseline(path: string, shown: string): Baseline {
  const bytes = readRegular(path, shown) ?? new Uint8Array();
  const { salts, entries } = parseBaseline(textOf(bytes, shown), shown);
  return { salts: salts.length > 0 ? salts : [randomBytes(32).toString('hex')], entries };
}

/** Reason and last day, checked. Throws UsageError. */
export function checkedTerms(reason: string, expires: string | undefined): Day | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(reason)) throw new UsageError('--reason must be one line of text');
  if (expires === undefined) return undefined;
  if (!isDay(expires)) throw new UsageError('--expires needs a day that exists, as YYYY-MM-DD');
  if (expires < dayOf(new Date()))
    throw new UsageError('--expires is a day in the past', 'nothing would be accepted');
  return expires;
}
