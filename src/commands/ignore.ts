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

/** Throws UsageError without a reason, for what is no fingerprint, and when the baseline cannot be read or written. */
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
  const rule = await ruleOf(fingerprint, options, io);
  const path = await accept([{ fingerprint, rule: rule ?? '-' }], { reason, expires }, options, io);
  const end = expires === undefined ? '' : ` until ${expires}`;
  const known =
    rule === undefined ? '\nIt is not in the files here; the entry holds wherever it turns up.' : '';
  await print(io.stdout, `keyscan: ${fingerprint} is accepted in ${path}${end}.${known}\n`);
  return ExitCode.clean;
}

/** What it is, if it is in the files here. */
async function ruleOf(fingerprint: string, options: IgnoreOptions, io: Io): Promise<string | undefined> {
  const { report } = await scanFiles({ ...options, operands: [], makesBaseline: true }, io);
  return [...report.findings, ...report.ignored].find((each) => each.fingerprint === fingerprint)?.ruleId;
}
