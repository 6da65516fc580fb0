// keyscan ignore FINGERPRINT: accepts one credential, wherever it stands.

import { ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { accept, checkedTerms } from './accept.ts';
import { scanFiles } from './files.ts';
import { print } from './print.ts';

export interface IgnoreOptions extends Options {
  readonly operands: readonly string[];
}

/** Throws UsageError without a reason or with a credential in it, for what is no fingerprint, and when the baseline cannot be read or written. */
export async function run(options: IgnoreOptions, io: Io): Promise<ExitCode> {
  const [fingerprint = ''] = options.operands;
  // Not repeated: somebody may have pasted the credential itself.
  if (!/^[0-9a-f]{32}$/.test(fingerprint))
    throw new UsageError(
      'this is no fingerprint: it has 32 hexadecimal digits',
      'every finding shows its own',
    );
  const { reason } = options;
  if (reason === undefined || reason.trim() === '')
    throw new UsageError(
      'ignore needs --reason: why this one does no harm',
      'for example --reason "revoked in May"',
    );
  const expires = checkedTerms(reason, options.expires);
  const { report, policy } = await scanFiles({ ...options, operands: [], makesBaseline: true }, io);
  // What it is, if it is in the files here.
  const rule = [...report.findings, ...report.ignored].find(
    (each) => each.fingerprint === fingerprint,
  )?.ruleId;
  const accepted = [{ fingerprint, rule: rule ?? '-' }];
  const path = await accept(accepted, { reason, detector: policy.detector, expires }, options, io);
  const end = expires === undefined ? '' : ` until ${expires}`;
  const known =
    rule === undefined ? '\nIt is not in the files here; the entry holds wherever it turns up.' : '';
  await print(io.stdout, `keyscan: ${fingerprint} is accepted in ${path}${end}.${known}\n`);
  return ExitCode.clean;
}
