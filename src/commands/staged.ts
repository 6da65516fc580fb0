// keyscan staged: scans what the next commit would record.

import type { ExitCode } from '../errors.ts';
import { readHandedOver, standardInput } from '../git/handed-over.ts';
import { readObject } from '../git/objects.ts';
import { gitIn, requireGit } from '../git/process.ts';
import type { Glance } from '../glance.ts';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { openPolicy, workTree } from '../policy.ts';
import { scan } from '../scan.ts';
import { openStaged } from '../sources/staged.ts';
import { committedJudge } from '../triage/committed.ts';
import { firstVerdict } from '../triage/first-verdict.ts';
import { deliver } from './deliver.ts';

export interface StagedOptions extends ScanOptions {
  /** The hook's script has asked git already: its answers stand on standard input, and a glance was cast at them. */
  readonly glanced?: Glance | undefined;
  /** Where nothing is staged, everything that git tracks is scanned. */
  readonly orTracked?: boolean;
}

/** Throws UsageError and GitError when the index cannot be listed. */
export async function run(
  { glanced, orTracked = false, ...options }: StagedOptions,
  io: Io,
): Promise<ExitCode> {
  const git = gitIn(io.cwd, io.env);
  const opening = glanced
    ? readHandedOver(git, standardInput(glanced.said)).then((handed) =>
        openStaged(git, { handed, cleared: glanced.cleared }),
      )
    : openStaged(git, { orTracked });
  opening.catch(() => undefined);
  // Of the hook's script the git is that which `keyscan install` has looked at, and every commit would wait.
  const recent = glanced ? undefined : requireGit(git);
  recent?.catch(() => undefined);
  const closing = async (error: unknown): Promise<never> => {
    // A git that is left waiting would keep this process, too.
    await opening.then(({ objects }) => objects.close()).catch(() => undefined);
    throw error;
  };
  // While git starts and lists.
  const policy = await openPolicy(options, workTree(io), io).catch(closing);
  const { detector, failOn, notes } = policy;
  const { source, objects, isMerge } = await opening;
  await recent?.catch(closing);
  const reason = isMerge ? 'already in HEAD or a merged commit' : 'already in HEAD';
  const committed = committedJudge(detector, (oid) => readObject(objects, oid), reason);
  const judge = policy.blockCommitted ? policy.judge : firstVerdict(policy.judge, committed);
  const report = await scan({ source, detector, judge, notes, finish: () => objects.close() });
  return deliver(report, { ...options, failOn }, io, detector);
}
