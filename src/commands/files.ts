// keyscan [PATH…]: scans files.

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ExitCode } from '../errors.ts';
import { repositoryAround } from '../git/around.ts';
import type { Io } from '../io.ts';
import type { Detector, Notice, RawPath, Report } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { pathText } from '../path-text.ts';
import { openPolicy, type Policy, workTree } from '../policy.ts';
import { scan } from '../scan.ts';
import { openFiles } from '../sources/files.ts';
import { deliver } from './deliver.ts';
import { openProgress } from './progress.ts';

export interface FilesOptions extends ScanOptions {
  /** Files and folders; none: the folder keyscan was started in. */
  readonly operands: readonly string[];
  readonly includeIgnored: boolean;
  /** A file with more of them, or `-`. */
  readonly filesFrom: string | undefined;
  /** They end in NUL there, not in a line end. */
  readonly null: boolean;
  /** A baseline that is not there is an empty one. */
  readonly makesBaseline?: boolean;
}

/** Throws UsageError for paths that cannot be meant, and GitError when git has no list of a work tree. */
export async function run(options: FilesOptions, io: Io): Promise<ExitCode> {
  const { report, policy } = await scanFiles(options, io);
  return deliver(report, { ...options, failOn: policy.failOn }, io, policy.detector);
}

/** The scan alone; throws as `run` does. */
export async function scanFiles(
  options: FilesOptions,
  io: Io,
): Promise<{ readonly report: Report; readonly policy: Policy }> {
  const paths = await pathsOf(options, io);
  const top = topAround(paths[0] ?? '.', io.cwd);
  const progress = openProgress(options, io);
  try {
    const opening = openFiles(
      {
        paths,
        cwd: io.cwd,
        env: io.env,
        top,
        includeIgnored: options.includeIgnored,
      },
      options.jobs ?? DEFAULT_JOBS,
    );
    opening.catch(() => undefined);
    // While git lists.
    const policy = await openPolicy(options, workTree(io, top), io);
    const { detector, judge, notes } = policy;
    const { source, total, changed } = await opening;
    const report = await scan({
      source,
      detector,
      judge,
      notes: () => [
        ...notes(isWhole(paths, io.cwd, top)),
        ...changed().map((path) => changedNotice(path, detector)),
      ],
      watch: progress.watch(total, 'file'),
    });
    return { report, policy };
  } finally {
    progress.clear();
  }
}

/** On a local disk more than one only costs: bench/README.md. */
const DEFAULT_JOBS = 1;

async function pathsOf(
  { operands, filesFrom, null: isNul }: FilesOptions,
  io: Io,
): Promise<readonly RawPath[]> {
  const given = operands.map((path) => Buffer.from(path, 'utf8').toString('latin1'));
  if (filesFrom === undefined) return given.length > 0 ? given : ['.'];
  const { readPathList } = await import('./path-list.ts');
  return [...given, ...(await readPathList(filesFrom, isNul, io))];
}

/** Of the repository the first path is in, or that folder itself. */
function topAround(path: RawPath, cwd: string): string {
  const absolute = resolve(cwd, Buffer.from(path, 'latin1').toString('utf8'));
  const folder = existsSync(`${absolute}/.`) ? absolute : dirname(absolute);
  return repositoryAround(folder) ?? folder;
}

/** Whether all that the policy speaks of was to be looked at. */
function isWhole(paths: readonly RawPath[], cwd: string, top: string): boolean {
  return paths.some((path) => resolve(cwd, Buffer.from(path, 'latin1').toString('utf8')) === top);
}

const changedNotice = (path: RawPath, detector: Detector): Notice => ({
  path: pathText(path, detector),
  reason: 'changed while it was read: what it holds now may not be what was scanned',
});
