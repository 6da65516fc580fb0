// keyscan baseline: accepts every credential that is in the files of this repository now.

import { ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Report } from '../model.ts';
import type { Options } from '../options.ts';
import { count } from '../report/amounts.ts';
import { exitCodeOf } from '../scan.ts';
import { accept, checkedTerms } from './accept.ts';
import { deliver } from './deliver.ts';
import { scanFiles } from './files.ts';
import { print } from './print.ts';

export interface BaselineOptions extends Options {
  readonly operands: readonly string[];
}

/**
 * Nothing is written when something could not be read: the next run would find more. Throws UsageError as a scan of files
 * does, and when the baseline cannot be read or written.
 */
export async function run(options: BaselineOptions, io: Io): Promise<ExitCode> {
  const reason = options.reason ?? 'accepted by keyscan baseline';
  const expires = checkedTerms(reason, options.expires);
  const { report, policy } = await scanFiles({ ...options, makesBaseline: true }, io);
  const { failOn, detector } = policy;
  const isComplete = exitCodeOf(report, { failOn, exitZero: true }) === ExitCode.clean;
  if (!isComplete) return deliver(report, { ...options, failOn }, io, detector);
  const counting = report.findings.filter(
    (finding) =>
      exitCodeOf({ ...report, findings: [finding] }, { failOn, exitZero: false }) === ExitCode.findings,
  );
  if (counting.length === 0) {
    await print(io.stdout, 'keyscan: nothing to accept; the baseline is as it was.\n');
    return ExitCode.clean;
  }
  const accepted = counting.map(({ fingerprint, ruleId }) => ({ fingerprint, rule: ruleId }));
  const path = await accept(accepted, { reason, detector, expires }, options, io);
  await print(io.stdout, words(counting, path));
  return ExitCode.clean;
}

function words(findings: Report['findings'], path: string): string {
  const rows = findings.map(({ preview, ruleId, fingerprint }) => `  ${preview}  ${ruleId}  ${fingerprint}`);
  return `${[
    `keyscan: ${count(findings.length, 'credential')} accepted in ${path}:`,
    ...rows,
    '',
    'Accepted is not safe: whoever can read these files can use them. Revoke and',
    'replace each one, then take its line out. So that git merges the baseline line',
    'by line:',
    `  echo '${path} merge=union' >> .gitattributes`,
  ].join('\n')}\n`;
}
