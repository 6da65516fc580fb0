// keyscan hook pre-push REMOTE ADDRESS: scans what a push would publish.

import { type ExitCode, UsageError } from '../errors.ts';
import { gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import { openPolicy, workTree } from '../policy.ts';
import { pushedRange, relayedPush, saidPush, unsaidPush } from '../sources/push.ts';
import { parsePushed } from '../sources/ref-updates.ts';
import type { HookOptions } from './hook.ts';
import { readInput, scanRange } from './scan-range.ts';

/**
 * The rules and exceptions are those of the work tree: its user decides what leaves it. Throws UsageError and GitError.
 * Of this hook alone git does not send both outputs to its own stderr, and its stdout may be read by a program.
 */
export async function run(
  { operands, ...options }: HookOptions,
  { stdin, stderr, env, cwd }: Io,
): Promise<ExitCode> {
  const io = { stdin, stdout: stderr, stderr, env, cwd };
  const [, remote = '', address = ''] = operands;
  const git = gitIn(io.cwd, io.env);
  const [input, policy] = await Promise.all([readInput(io), openPolicy(options, workTree(io), io)]);
  if (input !== '') {
    const range = await pushedRange(git, saidPush({ remote, address }, parsePushed(input)));
    return scanRange({ git, range, policy }, options, io);
  }
  const relayed = await relayedPush(git);
  if (relayed === undefined && env.PRE_COMMIT === '1' && remote === '' && env.GIT_INDEX_FILE !== undefined)
    throw new UsageError(
      'nothing is pushed here',
      'give keyscan-push the line `stages: [pre-push]` in .pre-commit-config.yaml',
    );
  const range = await pushedRange(git, relayed ?? (await unsaidPush(git, { remote, address })));
  return scanRange({ git, range, policy, notices: [relayed ? RELAYED : UNSAID] }, options, io);
}

const RELAYED = {
  path: '',
  reason:
    'pre-commit tells its hooks of one branch or tag of a push only, so the others that are not known to be on the ' +
    'remote were scanned, too',
};

const UNSAID = {
  path: '',
  reason:
    'standard input did not say what is pushed, so all branches and tags were scanned that are not known to be on the ' +
    'remote',
};
