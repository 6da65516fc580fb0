// A whole repository as a source: every object in its store read once, raw, whether something leads to it or not.

import { GitError } from '../errors.ts';
import { isPartial, isShallow } from '../git/clone.ts';
import type { CutObject } from '../git/cut-objects.ts';
import { readEvery } from '../git/every-object.ts';
import { listObjects } from '../git/object-list.ts';
import { readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { listRefs } from '../git/refs.ts';
import { eachName, isGitlink } from '../git/tree.ts';
import type { Coverage, Hit, Item, Origin, Place, RawPath, Shard, Source } from '../model.ts';
import { exposures } from './exposures.ts';
import { openInventory } from './inventory.ts';
import type { KnownObjects } from './known-objects.ts';
import { lfsObjects } from './lfs.ts';
import { lfsPointer } from './lfs-pointer.ts';
import { openNameSet } from './name-set.ts';
import { openNeeds } from './needs.ts';
import { absenceIn, SHALLOW } from './objects.ts';
import type { Packs } from './sieve/packs.ts';
import type { Told } from './story.ts';

export interface RepositoryOptions {
  readonly allowShallow: boolean;
  readonly shard: Shard | undefined;
  /** Objects that hold nothing; undefined: nothing is known. */
  readonly known: KnownObjects | undefined;
  readonly packs: Packs;
  /** Who brought the hits, and their story; asked once. */
  readonly tell: (hits: readonly Hit[]) => Promise<Told>;
}

export interface Whole {
  readonly source: Source;
  /**
   * To be called after the scan with its problems. Only when all of them are told here, of objects that are read again anyway,
   * may a later run leave out what is clean.
   */
  remember(problems: Coverage['problems']): Promise<void>;
}

/** Starts nothing before the first item is asked for. What holds something is called `blob/ID` and so on until `attribute`. */
export function openWhole(git: Git, { allowShallow, shard, known, packs, tell }: RepositoryOptions): Whole {
  const names = openNameSet();
  const lfs = lfsObjects(git);
  const absence = absenceIn(git);
  const clean = known?.note();
  const needs = openNeeds(git);
  let told: Told | undefined;
  /** Reasons of the problems that are told here. */
  const own = new Set<string>();
  let found: readonly Hit[] = [];
  const inventory = openInventory(git, { shard, packs, known, clean, needs });
  /** Besides the objects. */
  let expected = 0;

  async function* items(): AsyncGenerator<Item, void, undefined> {
    const isFirst = shard === undefined || shard.index === 1;
    const [isCut, isMuchMissing, refs] = await Promise.all([
      isFirst && !allowShallow && isShallow(git),
      isPartial(git),
      isFirst ? listRefs(git) : [],
    ]);
    if (isCut) {
      expected += 1;
      yield problem('', SHALLOW.reason);
    }
    if (isFirst) {
      needs.refs(refs);
      yield* nameItems(refs);
      if (isMuchMissing) yield* absent();
    }
    try {
      for await (const share of inventory.cleared()) yield { kind: 'cleared', ...share };
    } finally {
      await packs.close();
    }
    // git lists it: what it calls missing then is damaged, too, or has vanished since.
    for await (const reads of readEvery(git, inventory.rest()))
      for (const [oid, object] of reads)
        if (object === 'missing' || object === 'damaged') {
          clean?.watch(oid);
          yield problem(`object/${oid}`, damaged(oid));
        } else if (object.type === 'tree') yield await tree(object);
        else if (!(object.content instanceof Uint8Array)) yield* large(object, object.content);
        else {
          const place = placeOf(object);
          if (object.type !== 'blob') needs.header(object.content);
          yield { kind: 'blob', places: [place], content: object.content };
          const pointer = lfsPointer(object.content);
          if (pointer === undefined) clean?.add(oid, object.type);
          else {
            clean?.watch(oid);
            expected += 1;
            yield await lfs.read(pointer, [place]);
          }
        }
    inventory.check();
    // Of a partial clone, what is absent has been told.
    if (!isMuchMissing) {
      inventory.tellFound();
      const problems = await needs.missing(absence, isFirst && known?.hasLost() === true);
      if (problems.length > 0) clean?.keepBlobsOnly();
      expected += problems.length;
      for (const { path, reason } of problems) yield problem(path, reason);
    }
    // The story of what was found takes as much again.
    needs.forget();
    packs.forget();
  }

  function problem(path: RawPath, reason: string): Item {
    own.add(reason);
    return { kind: 'problem', path, reason };
  }

  async function* nameItems(refs: readonly { readonly name: RawPath }[]) {
    if (refs.length === 0) return;
    expected += 1;
    yield namesOnly(refs.map(({ name }) => ({ path: name, origin: { kind: 'name' }, previous: [] })));
  }

  /** What a partial clone has left with the remote, as far as references, reflogs and the index lead to it. */
  async function* absent(): AsyncGenerator<Item, void, undefined> {
    const everything = { from: [], without: [], also: ['--all', '--reflog', '--indexed-objects'] };
    for await (const listed of listObjects(git, everything))
      for (const { oid, path, isMissing } of listed)
        if (isMissing) {
          expected += 1;
          yield problem(path || `object/${oid}`, await absence(oid));
        }
  }

  async function* large(object: CutObject, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Item> {
    let isRead = false;
    const content = async function* () {
      yield* pieces;
      isRead = true;
    };
    yield { kind: 'blob', places: [placeOf(object)], content: content() };
    if (isRead) clean?.add(object.oid, object.type);
  }

  async function tree({ oid, content }: CutObject): Promise<Item> {
    const path = `tree/${oid}`;
    let bytes: Buffer;
    try {
      const whole = await readWhole(content);
      bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      clean?.watch(oid);
      return problem(path, damaged(oid));
    }
    const fresh: Place[] = [];
    const isTree = eachName(bytes, oid.length / 2, (from, to, mode) => {
      // A submodule's commit is in another repository.
      if (!isGitlink(bytes, mode)) needs.object(bytes, to + 1);
      if (!names.add(bytes, from, to)) return;
      const name = bytes.toString('latin1', from, to);
      fresh.push({ path: name, origin: { kind: 'name' }, previous: [], object: oid });
    });
    if (!isTree) {
      clean?.watch(oid);
      return problem(path, `git object ${oid} is a malformed tree`);
    }
    clean?.add(oid, 'tree');
    return namesOnly(fresh);
  }

  const source: Source = {
    mode: 'history',
    range: null,
    shard,
    items,
    expected: () => expected + inventory.asked(),
    known: inventory.skipped,
    attribute: async (hits) => {
      found = hits;
      told = await tell(hits);
      return told.hits;
    },
    expose: (show) => exposures(told, show, shard !== undefined),
  };
  return {
    source,
    remember: async (problems) => {
      if (problems.every(({ reason }) => own.has(reason))) await clean?.save(found, shard);
    },
  };
}

/** By its id, until someone tells where it stands. */
function placeOf({ oid, type }: CutObject): Place {
  const origin: Origin =
    type === 'commit' ? { kind: 'message', commit: oid } : { kind: type === 'tag' ? 'tag' : 'unreachable' };
  return { path: `${type}/${oid}`, origin, previous: [], object: oid };
}

const damaged = (oid: string): string => `git object ${oid} is damaged, or has vanished: git cannot read it`;

/** The ledger scans the names of what it enters. */
const namesOnly = (places: readonly Place[]): Item => ({ kind: 'blob', places, content: new Uint8Array() });
