// A whole repository as a source: every object in its store read once, raw, whether something leads to it or not.

import { GitError } from '../errors.ts';
import type { GitObject } from '../git/batch-answers.ts';
import { isPartial, isShallow } from '../git/clone.ts';
import { listEvery, readEvery } from '../git/every-object.ts';
import { listObjects } from '../git/object-list.ts';
import { readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { listRefs } from '../git/refs.ts';
import { parseTree } from '../git/tree.ts';
import type { Exposure, Hit, Item, Place, RawPath, Shard, Source } from '../model.ts';
import type { KnownObjects } from './known-objects.ts';
import { bytesOf, lfsObjects, lfsPointer, MAX_POINTER } from './lfs.ts';
import { absenceIn, freshNames, SHALLOW } from './objects.ts';
import { isInShard } from './shard.ts';

export interface RepositoryOptions {
  readonly allowShallow: boolean;
  readonly shard: Shard | undefined;
  /** Objects that hold nothing; undefined: nothing is known. */
  readonly known: KnownObjects | undefined;
  /** Who brought the hits, and their story; asked once. */
  readonly tell: (hits: readonly Hit[]) => Promise<{
    readonly hits: readonly Hit[];
    readonly exposures: ReadonlyMap<string, Exposure>;
  }>;
}

/** Starts nothing before the first item is asked for. What holds something is called `blob/ID` and so on until `attribute`. */
export function openWhole(git: Git, { allowShallow, shard, known, tell }: RepositoryOptions): Source {
  const names = freshNames();
  const lfs = lfsObjects(git);
  const absence = absenceIn(git);
  const clean = known?.note();
  let exposures: ReadonlyMap<string, Exposure> = new Map();
  let expected = 0;
  let skipped = 0;
  let isWhole = false;

  async function* items(): AsyncGenerator<Item, void, undefined> {
    const isFirst = shard === undefined || shard.index === 1;
    if (isFirst && !allowShallow && (await isShallow(git))) {
      expected += 1;
      yield SHALLOW;
    }
    if (isFirst) yield* nameItems(await listRefs(git));
    if (isFirst && (await isPartial(git))) yield* absent();
    for await (const [oid, object] of readEvery(git, wanted())) {
      if (object === 'missing' || object === 'damaged') {
        const reason =
          object === 'missing' ? await absence(oid) : `git object ${oid} is damaged: git cannot read it`;
        yield { kind: 'problem', path: `object/${oid}`, reason };
      } else yield* read(object);
    }
    isWhole = true;
  }

  async function* nameItems(refs: readonly { readonly name: RawPath }[]) {
    if (refs.length === 0) return;
    expected += 1;
    yield namesOnly(refs.map(({ name }) => ({ path: name, origin: { kind: 'name' }, previous: [] })));
  }

  async function* wanted(): AsyncGenerator<readonly string[], void, undefined> {
    for await (const listed of listEvery(git)) {
      const mine = shard === undefined ? listed : listed.filter((oid) => isInShard(oid, shard));
      const fresh = known === undefined ? mine : mine.filter((oid) => !known.has(oid));
      skipped += mine.length - fresh.length;
      expected += fresh.length;
      if (fresh.length > 0) yield fresh;
    }
  }

  /** What a partial clone has left with the remote, as far as references, reflogs and the index lead to it. */
  async function* absent(): AsyncGenerator<Item, void, undefined> {
    const everything = { from: [], without: [], also: ['--all', '--reflog', '--indexed-objects'] };
    for await (const listed of listObjects(git, everything))
      for (const { oid, path, isMissing } of listed)
        if (isMissing) {
          expected += 1;
          yield { kind: 'problem', path: path || `object/${oid}`, reason: await absence(oid) };
        }
  }

  async function* read(object: GitObject): AsyncGenerator<Item, void, undefined> {
    const { oid, type, size, content } = object;
    const path = `${type}/${oid}`;
    if (type === 'blob' && size > MAX_WHOLE) {
      let isRead = false;
      const whole = async function* () {
        yield* content;
        isRead = true;
      };
      yield { kind: 'blob', places: [placeOf('unreachable', path, oid)], content: whole() };
      if (isRead) clean?.add(oid);
      return;
    }
    let bytes: Uint8Array;
    try {
      bytes = await readWhole(content);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      yield { kind: 'problem', path, reason: `git object ${oid} is damaged: git cannot read it` };
      return;
    }
    if (type === 'tree') {
      yield* tree(oid, path, bytes);
      return;
    }
    const place: Place =
      type === 'commit'
        ? { ...placeOf('message', path, oid), origin: { kind: 'message', commit: oid } }
        : placeOf(type === 'tag' ? 'tag' : 'unreachable', path, oid);
    yield { kind: 'blob', places: [place], content: bytesOf(bytes) };
    const pointer = type === 'blob' && size <= MAX_POINTER ? lfsPointer(bytes) : undefined;
    if (pointer === undefined) clean?.add(oid);
    else {
      expected += 1;
      yield await lfs.read(pointer, [place]);
    }
  }

  async function* tree(oid: string, path: RawPath, bytes: Uint8Array): AsyncGenerator<Item, void, undefined> {
    const entries = parseTree(bytes, oid.length / 2);
    if (!entries) {
      yield { kind: 'problem', path, reason: `git object ${oid} is a malformed tree` };
      return;
    }
    const fresh = entries.filter(({ name }) => names.add(name));
    yield namesOnly(
      fresh.map(({ name }) => ({ path: name, origin: { kind: 'name' }, previous: [], object: oid })),
    );
    clean?.add(oid, 'tree');
  }

  return {
    mode: 'history',
    range: null,
    shard,
    items,
    expected: () => expected,
    known: () => skipped,
    attribute: async (hits) => {
      const told = await tell(hits);
      exposures = told.exposures;
      if (isWhole) await clean?.save(hits, shard);
      return told.hits;
    },
    expose: () => exposures,
  };
}

/** Blobs up to this size are read in one piece, bytes: about what a pipe holds. */
const MAX_WHOLE = 1 << 14;

const placeOf = (kind: 'message' | 'tag' | 'unreachable', path: RawPath, oid: string): Place => ({
  path,
  origin: { kind },
  previous: [],
  object: oid,
});

/** The ledger scans the names of what it enters. */
const namesOnly = (places: readonly Place[]): Item => ({ kind: 'blob', places, content: NOTHING });

const NOTHING: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} };
