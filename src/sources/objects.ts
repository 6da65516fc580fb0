// A range of history as a source: every commit, tag, tree and blob of it read once, raw, by its id. Never a patch.

import type { GitObject } from '../git/batch-answers.ts';
import { isPartial, isShallow } from '../git/clone.ts';
import { type ListedObject, listObjects, type Range } from '../git/object-list.ts';
import { type ObjectReader, openObjects, readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { parseTree } from '../git/tree.ts';
import type { Item, Mode, Place, Problem, RawPath, Source } from '../model.ts';
import { attributed } from './attribution.ts';
import { lfsObjects } from './lfs.ts';

/** A reference as it is called where it goes: `refs/heads/main`. */
export interface NamedTip {
  readonly oid: string;
  readonly name: RawPath;
}

export interface RangeOptions {
  readonly mode: Mode;
  /** For the report; see `Coverage.range`. */
  readonly shown: string | null;
  readonly range: Range;
  /** The references that are published with it: their names are scanned, and name what has no path of its own. */
  readonly refs?: readonly NamedTip[];
  /** What this clone does not have is not asked for: a push cannot publish it. Otherwise a shallow clone is a problem. */
  readonly allowShallow: boolean;
}

export interface Objects {
  readonly source: Source;
  /** Ends git. Throws GitError when anything was wrong with what it said. */
  close(): Promise<void>;
}

/**
 * Starts nothing before the first item is asked for, and reads no object when there is none. Something without a path
 * is called `refs/…` when a reference points straight to it, else `commit/ID`, `tag/ID`, `tree/ID` or `blob/ID`.
 */
export function openRange(git: Git, { mode, shown, range, refs = [], allowShallow }: RangeOptions): Objects {
  const namesOf = new Map(refs.map(({ oid, name }) => [oid, name]));
  const names = freshNames();
  const lfs = lfsObjects(git);
  const absence = absenceIn(git);
  let reader: ObjectReader | undefined;
  let expected = 0;

  async function* items(): AsyncGenerator<Item, void, undefined> {
    if (!allowShallow && (await isShallow(git))) {
      expected += 1;
      yield SHALLOW;
    }
    if (refs.length > 0) {
      expected += 1;
      yield namesOnly(refs.map(({ name }) => ({ path: name, origin: { kind: 'name' }, previous: [] })));
    }
    for await (const listed of listObjects(git, range)) {
      expected += listed.length;
      for (const { oid, path } of listed.filter(({ isMissing }) => isMissing))
        yield { kind: 'problem', path: path || `object/${oid}`, reason: await absence(oid) };
      yield* present(listed.filter(({ isMissing }) => !isMissing));
    }
  }

  async function* present(listed: readonly ListedObject[]): AsyncGenerator<Item, void, undefined> {
    if (listed.length === 0) return;
    reader ??= openObjects(git);
    let at = 0;
    for await (const [oid, object] of reader.read(listed.map((each) => each.oid))) {
      const path = listed[at]?.path ?? '';
      at += 1;
      if (object) yield* read(object, path);
      else yield { kind: 'problem', path: path || `object/${oid}`, reason: await absence(oid) };
    }
  }

  async function* read(object: GitObject, path: RawPath): AsyncGenerator<Item, void, undefined> {
    const { oid, type, content } = object;
    const name = (type === 'commit' ? undefined : namesOf.get(oid)) ?? `${type}/${oid}`;
    if (type === 'tree') yield* tree(object, path, name);
    else if (type === 'commit') yield { kind: 'blob', places: [messageOf(oid, name)], content };
    else if (type === 'tag')
      yield {
        kind: 'blob',
        places: [{ path: name, origin: { kind: 'tag' }, previous: [], object: oid }],
        content,
      };
    else {
      const places: Place[] = [{ path: path || name, origin: { kind: 'commit' }, previous: [], object: oid }];
      yield* lfs.items(object, places, () => {
        expected += 1;
      });
    }
  }

  async function* tree(
    { oid, content }: GitObject,
    path: RawPath,
    name: RawPath,
  ): AsyncGenerator<Item, void, undefined> {
    const entries = parseTree(await readWhole(content), oid.length / 2);
    if (!entries) {
      yield { kind: 'problem', path: path || name, reason: `git object ${oid} is a malformed tree` };
      return;
    }
    const fresh = entries
      .map((entry) => ({ ...entry, path: path === '' ? entry.name : `${path}/${entry.name}` }))
      .filter((entry) => names.add(entry.path));
    yield namesOnly(
      fresh
        .filter(({ isSubmodule }) => !isSubmodule)
        .map((entry) => ({ path: entry.path, origin: { kind: 'name' }, previous: [], object: oid })),
    );
    for (const submodule of fresh.filter(({ isSubmodule }) => isSubmodule)) {
      expected += 1;
      yield { kind: 'skipped', path: submodule.path, reason: 'submodule, not scanned' };
    }
  }

  const source: Source = {
    mode,
    range: shown,
    items,
    expected: () => expected,
    attribute: async (hits) => (reader ? attributed(git, range, reader, hits) : hits),
  };
  return { source, close: async () => reader?.close() };
}

const messageOf = (oid: string, path: RawPath): Place => ({
  path,
  origin: { kind: 'message', commit: oid },
  previous: [],
  object: oid,
});

/** The ledger scans the names of what it enters. */
const namesOnly = (places: readonly Place[]): Item => ({
  kind: 'blob',
  places,
  content: new Uint8Array(),
});

export const SHALLOW: Problem = {
  kind: 'problem',
  path: '',
  reason:
    'this clone is shallow, so older commits are not there to be scanned: git fetch --unshallow brings them ' +
    '(fetch-depth: 0 in a CI checkout); --allow-shallow does without',
};

/** Why an object is missing. */
export function absenceIn(git: Git): (oid: string) => Promise<string> {
  let partial: Promise<boolean> | undefined;
  return async (oid) => {
    partial ??= isPartial(git);
    return (await partial)
      ? `git object ${oid} is not in this partial clone: git fetch --refetch --no-filter brings everything`
      : `git object ${oid} is missing`;
  };
}

/** Which paths have been seen; forgets now and then, so that memory is bounded and a name may be scanned twice. */
export function freshNames(): { add(path: RawPath): boolean } {
  const seen = new Set<RawPath>();
  return {
    add: (path) => {
      if (seen.has(path)) return false;
      if (seen.size >= MOST_NAMES) seen.clear();
      seen.add(path);
      return true;
    },
  };
}

const MOST_NAMES = 250_000;
