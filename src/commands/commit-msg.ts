// keyscan hook commit-msg FILE: scans the message of the commit that is being made.

import { type ExitCode, UsageError } from '../errors.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import { openPolicy, workTree } from '../policy.ts';
import { scan } from '../scan.ts';
import { openMessage } from '../sources/commit-message.ts';
import { deliver } from './deliver.ts';
import type { HookOptions } from './hook.ts';

/** Throws UsageError and GitError. */
export async function run({ operands: [, file], ...options }: HookOptions, io: Io): Promise<ExitCode> {
  if (file === undefined) throw new UsageError('this hook needs the file with the message');
  const source = await openMessage(gitIn(io.cwd, io.env), file);
  const { detector, failOn, judge, notes } = await openPolicy(options, workTree(io), io);
  return deliver(await scan({ source, detector, judge, notes }), { ...options, failOn }, io, detector);
}
