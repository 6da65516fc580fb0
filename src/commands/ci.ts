// keyscan ci: scans what a build is about, judged by what was decided before it.

import { type Build, buildOf, namedBuild } from '../ci/build.ts';
import { readEvent } from '../ci/event.ts';
import { type BuildRange, findRange } from '../ci/range.ts';
import { type Allowed, trustedPolicy } from '../ci/trusted-policy.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import { repositoryAround } from '../git/around.ts';
import { commitFiles } from '../git/commit-files.ts';
import { type ObjectReader, openObjects } from '../git/objects.ts';
import { explainFailure, type Git, gitIn } from '../git/process.ts';
import type { Io } from '../io.ts';
import type { Detector, Notice } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { pathText } from '../path-text.ts';
import { openPolicy, type PolicyTree } from '../policy.ts';
import { count } from '../report/amounts.ts';
import { shortId } from '../report/origin-words.ts';
import { scan } from '../scan.ts';
import { type Change, openChange } from '../sources/change.ts';
import { deliver } from './deliver.ts';
import { print } from './print.ts';
import { openProgress } from './progress.ts';

export interface CiOptions extends ScanOptions {
  /** Revisions; they win over what the CI service says. */
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** Throws UsageError when nobody says what the build is about, or the clone does not hold it. */
export async function run(options: CiOptions, io: Io): Promise<ExitCode> {
  const build = await buildFor(options, io);
  const git = gitIn(io.cwd, io.env);
  const objects = openObjects(git);
  try {
    const range = await findRange(git, objects, build, options.allowShallow);
    if (!options.quiet) await print(io.stderr, `keyscan: ${announced(build, range)}\n`);
    return await scanBuild({ git, objects, build, range }, options, io);
  } catch (error) {
    // A git that is left waiting would keep this process, too.
    await objects.close().catch(() => undefined);
    throw await explainFailure(git, error);
  }
}

interface Found {
  readonly git: Git;
  readonly objects: ObjectReader;
  readonly build: Build;
  readonly range: BuildRange;
}

async function scanBuild(
  { git, objects, build, range }: Found,
  options: CiOptions,
  io: Io,
): Promise<ExitCode> {
  const files = commitFiles(git, objects, range.policy);
  const policyIn = (tree: PolicyTree) =>
    openPolicy(options, { ...tree, top: repositoryAround(io.cwd) ?? io.cwd }, io);
  const before = await policyIn(files);
  const { detector, failOn, notes } = before;
  const own = () => policyIn(commitFiles(git, objects, range.head));
  const { judge, allowed } = trustedPolicy({ before, files, own });
  const { source, close } = openChange(git, objects, changeOf(build, range));
  const progress = openProgress(options, io);
  const report = await scan({
    source,
    detector,
    judge,
    notes: async () => [
      ...(range.isCut ? [CUT] : []),
      ...notes(),
      ...(await allowed()).map((each) => allowedNotice(each, range, detector)),
    ],
    finish: () => close().finally(() => objects.close()),
    watch: progress.watch(undefined, 'object'),
  });
  progress.clear();
  return deliver(report, { ...options, failOn }, io, detector);
}

async function buildFor({ base, head }: CiOptions, { env }: Io): Promise<Build> {
  if (base !== undefined) return namedBuild(env, base, head);
  const build = buildOf(env, await readEvent(env));
  if (build === undefined)
    throw new UsageError(
      'no CI service that keyscan knows has said what this build is about',
      'say it yourself: keyscan ci --base origin/main',
    );
  return head === undefined ? build : { ...build, head };
}

function changeOf({ kind, ref }: Build, range: BuildRange): Change {
  const { head, base, tag = head } = range;
  return {
    head,
    range: { from: [head, tag], without: base === undefined ? [] : [base] },
    refs:
      kind === 'push' && ref !== undefined
        ? [{ oid: tag, name: Buffer.from(ref, 'utf8').toString('latin1') }]
        : [],
    shown: rangeText(range),
  };
}

/** `abc..def`, or `def` for all that it builds on; as git reads it. */
const rangeText = ({ base, head }: BuildRange): string => (base === undefined ? head : `${base}..${head}`);

function announced({ name }: Build, { base, head, commits, policy }: BuildRange): string {
  const range =
    base === undefined ? `everything up to ${shortId(head)}` : `${shortId(base)}..${shortId(head)}`;
  const amount = commits === 0 ? 'no new commits' : count(commits, 'commit');
  const source =
    policy === undefined
      ? 'nothing was decided before, so nothing is ignored'
      : policy === base
        ? undefined
        : `policy is read from ${shortId(policy)}`;
  return [range, amount, name, source].filter(Boolean).join(', ');
}

const CUT: Notice = {
  path: '',
  reason: 'this clone is shallow: only the commits that are in it were scanned (--allow-shallow)',
};

/** What a change says of itself is written by whoever made it, so it is masked like what was scanned. */
function allowedNotice({ hit, verdict }: Allowed, { policy }: BuildRange, detector: Detector): Notice {
  const how = [verdict.by, detector.mask(verdict.reason)].filter(Boolean).join(': ');
  const source =
    policy === undefined ? 'nothing was decided before it' : `policy is read from ${shortId(policy)}`;
  return {
    path: pathText(hit.place.path, detector),
    reason: `this change would allow its own key ${hit.detection.preview} (${how}); ${source}`,
  };
}
