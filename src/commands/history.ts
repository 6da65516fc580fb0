// keyscan history [REVISION…]: scans everything a repository has ever recorded.

import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collect } from '../collect.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import { type IndexedPack, indexedPacks } from '../git/packs/open-pack.ts';
import { type Git, gitIn } from '../git/process.ts';
import { openRepository } from '../git/questions.ts';
import type { Io } from '../io.ts';
import type { Detector, Hit, RawPath, Shard } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { openPolicy, workTree } from '../policy.ts';
import { scan, testKey } from '../scan.ts';
import { exposures } from '../sources/exposures.ts';
import { mayBeKnown, openKnown } from '../sources/known-objects.ts';
import { type Objects, openRange } from '../sources/objects.ts';
import { openWhole, type Whole } from '../sources/repository.ts';
import { revisionRange } from '../sources/revisions.ts';
import { openSeal } from '../sources/seal.ts';
import { openPacks } from '../sources/sieve/packs.ts';
import { type Told, tellStory } from '../sources/story.ts';
import { version } from '../version.ts';
import { deliver } from './deliver.ts';
import { print } from './print.ts';
import { openProgress } from './progress.ts';

/** File name of the program of a thread, beside this one; set by the build. */
declare const KEYSCAN_THREAD: string | undefined;

export interface HistoryOptions extends ScanOptions {
  /** Revisions, as git reads them; none: everything. */
  readonly operands: readonly string[];
  readonly since: string | undefined;
  readonly shard: Shard | undefined;
  /** Whether what an earlier run found clean is not read again. */
  readonly cache: boolean;
}

/** Throws UsageError for revisions that git does not know, and GitError where there is no repository. */
export async function run(options: HistoryOptions, io: Io): Promise<ExitCode> {
  // What has been read is freed by small collections. Marking for large ones in between, which V8 begins because memory for
  // the pieces of a pipe is asked for all the time, takes more time than the search does (bench/README.md).
  const v8 = process.getBuiltinModule('node:v8');
  v8.setFlagsFromString('--no-incremental-marking');
  const git = gitIn(io.cwd, io.env);
  const progress = openProgress(options, io);
  try {
    const { commonDir, objectsDir, topLevel } = await openRepository(io.cwd, io.env);
    // They are read while git is asked for other things, and not kept here once they are taken.
    const isSoon = !isRange(options) && !(options.cache && mayBeKnown(commonDir));
    let begun = isSoon ? indexedPacks(objectsDir) : undefined;
    begun?.catch(() => undefined);
    const packs = (): Promise<readonly IndexedPack[]> => {
      const taken = begun ?? indexedPacks(objectsDir);
      begun = undefined;
      return taken;
    };
    const { detector, judge, failOn, notes } = await openPolicy(
      options,
      topLevel === null ? undefined : workTree(io, topLevel),
      io,
    );
    const tell = async (hits: readonly Hit[]): Promise<Told> => {
      collect();
      const told = await tellStory(git, hits, {
        isBare: topLevel === null,
        inFile: fileSearch(topLevel, detector),
        now: new Date(),
        ...(isRange(options) && { search: (content) => fingerprintsIn(content, detector) }),
      });
      collect();
      return told;
    };
    const seal = options.cache ? await openSeal(io.env) : undefined;
    const { source, close, remember } = await openSource(
      { git, commonDir, packs, detector, seal, tell },
      options,
      io,
    );
    const watch = progress.watch(undefined, 'object');
    const report = await scan({
      source,
      detector,
      judge,
      notes: () => notes(isWhole(options)),
      watch,
      finish: close,
    });
    progress.clear();
    await remember?.(report.coverage.problems);
    collect();
    return await deliver(report, { ...options, failOn }, io, detector);
  } finally {
    progress.clear();
    // What V8 has compiled is kept for runs that begin with the same flags (start.ts).
    v8.setFlagsFromString('--incremental-marking');
  }
}

interface Opening {
  readonly git: Git;
  readonly commonDir: string;
  readonly packs: () => Promise<readonly IndexedPack[]>;
  readonly detector: Detector;
  /** Of the cache; undefined: do without. */
  readonly seal: Buffer | undefined;
  readonly tell: (hits: readonly Hit[]) => Promise<Told>;
}

async function openSource(
  { git, commonDir, packs, detector, seal, tell }: Opening,
  options: HistoryOptions,
  io: Io,
): Promise<Partial<Objects & Whole> & Pick<Objects, 'source'>> {
  const { operands, since, shard, allowShallow, jobs } = options;
  if (!isRange(options)) {
    const known = seal && (await openKnown(commonDir, `${version} ${detector.rulesHash}`, seal));
    const read = openPacks(packs, detector, testKey(), jobs === 1 ? undefined : threadProgram(), jobs);
    return openWhole(git, { allowShallow, shard, known, packs: read, tell });
  }
  if (shard !== undefined)
    throw new UsageError('--shard splits the objects of a whole repository: it does not go with revisions');
  const { shown, range, after } = await revisionRange(git, operands, since);
  if (after !== undefined && !options.quiet)
    await print(io.stderr, `keyscan: commits since ${minute(after)}\n`);
  const { source, close } = openRange(git, { mode: 'history', shown, range, allowShallow });
  let told: Told | undefined;
  const attribute = async (hits: readonly Hit[]): Promise<readonly Hit[]> => {
    told = await tell(hits);
    return (await source.attribute?.(hits)) ?? hits;
  };
  return { source: { ...source, attribute, expose: (show) => exposures(told, show, false) }, close };
}

/** Tests run the sources, which have none. */
function threadProgram(): string | undefined {
  return typeof KEYSCAN_THREAD === 'undefined'
    ? undefined
    : join(dirname(fileURLToPath(import.meta.url)), KEYSCAN_THREAD);
}

/** git reads nearly every text as some date. */
const minute = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const isRange = ({ operands, since }: HistoryOptions): boolean => operands.length > 0 || since !== undefined;

/** Only then an exception that was met nowhere is over. */
const isWhole = (options: HistoryOptions): boolean => !isRange(options) && options.shard === undefined;

/** Files are read once. */
function fileSearch(top: string | null, detector: Detector): (path: RawPath) => Promise<readonly string[]> {
  const read = new Map<RawPath, Promise<readonly string[]>>();
  const search = async (path: RawPath): Promise<readonly string[]> => {
    const file = Buffer.concat([Buffer.from(`${top}/`), Buffer.from(path, 'latin1')]);
    const status = await lstat(file).catch(() => undefined);
    if (!status?.isFile() || status.size > LARGEST) return [];
    return fingerprintsIn(await readFile(file), detector);
  };
  return (path) => {
    const known = read.get(path) ?? search(path);
    read.set(path, known);
    return known;
  };
}

function fingerprintsIn(content: Uint8Array, detector: Detector): string[] {
  const scan = detector.open();
  scan.push(content);
  return scan.end().map(({ fingerprint }) => fingerprint);
}

/** Bytes. */
const LARGEST = 1 << 26;
