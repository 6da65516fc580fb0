// What the next commit would record and HEAD does not: index entries as object bytes, never the work tree.

import { UsageError } from '../errors.ts';
import type { HandedOver } from '../git/handed-over.ts';
import { type ObjectReader, openObjects } from '../git/objects.ts';
import { explainFailure, type Git } from '../git/process.ts';
import { listIndexChanges, type RawChange } from '../git/raw-diff.ts';
import type { Item, Place, Source } from '../model.ts';
import { lfsObjects } from './lfs.ts';
import { checkNothingNew, emptyTree, mergeCandidates, previousVersions, unbornBase } from './staged-base.ts';

export interface StagedOptions {
  readonly handed?: HandedOver | undefined;
  /** The ids of contents that hold nothing, nor their names, with how many bytes they have. */
  readonly cleared?: ReadonlyMap<string, number>;
  /** Where nothing is staged, everything that git tracks, as the index has it. */
  readonly orTracked?: boolean;
}

export interface Staged {
  readonly source: Source;
  /** For previous versions of what was found: to be asked after the last item only. The caller closes it. */
  readonly objects: ObjectReader;
  /** Whether this commit builds on others than HEAD. */
  readonly isMerge: boolean;
}

/**
 * Lists what is staged; `source` reads it. Throws UsageError (unmerged index, bare repository) and GitError.
 * Where nothing is unusual that takes two git children, started at the same moment, or none with what has been
 * `handed` over.
 */
export async function openStaged(
  git: Git,
  { handed, cleared, orTracked }: StagedOptions = {},
): Promise<Staged> {
  const listing = handed ? Promise.resolve(handed.changes) : listIndexChanges(git, 'HEAD');
  listing.catch(() => undefined);
  const objects = handed?.objects ?? openObjects(git);
  try {
    const known = await existing(objects, [HEAD, MERGE_HEAD]);
    const base = known.has(HEAD) ? 'HEAD' : await unbornBase(git);
    const changes = await (base === 'HEAD' ? listing : listIndexChanges(git, base));
    checkMerged(changes);
    if (changes.every(({ status }) => status === 'D')) await checkNothingNew(git, base, changes.length);
    if (orTracked && changes.length === 0) {
      const tracked = await listIndexChanges(git, await emptyTree(git));
      const source = stagedSource(git, objects, tracked, () => []);
      return { source: { ...source, mode: 'files' }, objects, isMerge: false };
    }
    const parents = await existing(objects, await mergeCandidates(git, known.has(MERGE_HEAD)));
    const others = await Promise.all([...parents].map((parent) => listIndexChanges(git, parent)));
    const source = stagedSource(git, objects, changes, previousVersions(others), cleared);
    return { source, objects, isMerge: parents.size > 0 };
  } catch (error) {
    await objects.close().catch(() => undefined);
    throw await explainFailure(git, error);
  }
}

const HEAD = 'HEAD^{commit}';
const MERGE_HEAD = 'MERGE_HEAD^{commit}';

async function existing(objects: ObjectReader, names: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const [name, object] of objects.read(names)) if (object) found.add(name);
  return found;
}

function checkMerged(changes: readonly RawChange[]): void {
  const unmerged = changes.filter(({ status }) => status === 'U').length;
  if (unmerged > 0)
    throw new UsageError(
      `the index has conflicts (${unmerged} unmerged), so there is no next commit to scan`,
      'resolve them, `git add` the files, then run keyscan again',
    );
}

function stagedSource(
  git: Git,
  objects: ObjectReader,
  changes: readonly RawChange[],
  previousOf: (change: RawChange) => readonly string[],
  cleared: ReadonlyMap<string, number> = new Map(),
): Source {
  const submodules: RawChange[] = [];
  const placesOf = new Map<string, Place[]>();
  for (const change of changes.filter(({ status }) => status !== 'D')) {
    if (change.new.mode === 'gitlink') submodules.push(change);
    else {
      const places = placesOf.get(change.new.oid) ?? [];
      places.push({ path: change.path, origin: { kind: 'index' }, previous: previousOf(change) });
      placesOf.set(change.new.oid, places);
    }
  }
  let expected = submodules.length + placesOf.size;

  const lfs = lfsObjects(git);

  async function* items(): AsyncGenerator<Item, void, undefined> {
    for (const { path } of submodules) yield { kind: 'skipped', path, reason: 'submodule, not scanned' };
    const stored: string[] = [];
    for (const [oid, places] of placesOf) {
      const bytes = cleared.get(oid);
      if (bytes !== undefined) yield { kind: 'cleared', objects: 1, bytes };
      else if (EMPTY_BLOBS.has(oid)) yield { kind: 'blob', places, content: new Uint8Array() };
      else stored.push(oid);
    }
    for await (const [oid, object] of objects.read(stored)) {
      const places = placesOf.get(oid) ?? [];
      const path = places[0]?.path ?? '';
      if (object?.type !== 'blob') {
        yield {
          kind: 'problem',
          path,
          reason: `git object ${oid} is ${object ? `a ${object.type}` : 'missing'}`,
        };
      } else
        yield* lfs.items(object, places, () => {
          expected += 1;
        });
    }
  }

  return { mode: 'staged', range: null, items, expected: () => expected };
}

/**
 * What `git add --intent-to-add` puts into the index: git knows it without having it stored (R9). Written down, because
 * loading the hash functions is felt in a hook.
 */
const EMPTY_BLOBS: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);
