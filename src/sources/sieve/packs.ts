// All packs of a repository, read before git is asked for any object: in nearly all of them nothing is to be found.

import type { ObjectType } from '../../git/batch-answers.ts';
import { BLOB, COMMIT, TAG, TREE } from '../../git/packs/entries.ts';
import { familiesOf } from '../../git/packs/families.ts';
import { type IndexedPack, openEntries } from '../../git/packs/open-pack.ts';
import type { PackIndex } from '../../git/packs/pack-index.ts';
import type { Detector } from '../../model.ts';
import { ASKED, HOLDS, type Job, type Share, sift } from './sift.ts';
import { openThreads, type Threads } from './threads.ts';

/** Whether an object has to be looked at: this run does, an earlier one did, or another part of a split run does. */
export type Standing = 'asked' | 'known' | 'elsewhere';

export interface Packs {
  /** To be called first. `standing`: of the object whose id begins in `ids` at `at`. */
  open(standing: (ids: Buffer, at: number) => Standing): Promise<void>;
  /**
   * Gives what is cleared, some at a time; `need` gets what that refers to and is not in the same pack, as `IdSet.words` does.
   * Throws what the system throws, and what threads do.
   */
  read(need: (words: Uint32Array) => void): AsyncGenerator<Share, void, undefined>;
  /** git has this object; its standing when it is in a pack. */
  meet(ids: Buffer, at: number): Standing | undefined;
  /**
   * Says of each that was met and asked about where its id begins, and what it is; undefined: it was not cleared. In the order
   * they lie in.
   */
  eachAsked(visit: (ids: Buffer, at: number, clearedAs: ObjectType | undefined) => void): void;
  /** Says where the id of each that was met begins. */
  eachMet(visit: (ids: Buffer, at: number) => void): void;
  /** Says where the id of each begins that was not met: something may refer to it, and git does not have it. */
  eachUnmet(visit: (ids: Buffer, at: number) => void): void;
  close(): Promise<void>;
  /** Lets go of all there is in memory of the packs, which is what is known of them by now. */
  forget(): void;
}

/** Arrays are by place, see `PackIndex.offsets`. */
interface Pack extends IndexedPack {
  /** Indexes of `STANDINGS`. */
  readonly standings: Uint8Array;
  readonly isMet: Uint8Array;
  /** See `Job`. */
  readonly verdicts: Uint8Array;
}

/**
 * `found`: see `indexedPacks`. `control`: see `Job`. `thread`: the program of a thread; undefined: this one does it all.
 * `count`: see `openThreads`.
 */
export function openPacks(
  found: () => Promise<readonly IndexedPack[]>,
  detector: Detector,
  control: Uint8Array,
  thread: string | undefined,
  count?: number,
): Packs {
  const packs: Pack[] = [];
  let threads: Threads | undefined;

  function standingsIn(index: PackIndex, standing: (ids: Buffer, at: number) => Standing): Uint8Array {
    const { count, ids, places } = index;
    const standings = new Uint8Array(new SharedArrayBuffer(count)).fill(STANDINGS.indexOf('elsewhere'));
    for (let each = 0; each < count; each += 1) {
      const at = each * ids.length;
      // Of an object that lies in several packs, one is enough: git reads only one, too.
      const isNew = packs.every((other) => other.index.ids.find(ids.bytes, at) < 0);
      if (isNew) standings[places[each] as number] = STANDINGS.indexOf(standing(ids.bytes, at));
    }
    return standings;
  }

  function each(
    isOne: (standing: Standing | undefined, isMet: boolean) => boolean,
    visit: (ids: Buffer, at: number) => void,
  ): void {
    for (const { index, standings, isMet } of packs) {
      const { count, ids, places } = index;
      for (let one = 0; one < count; one += 1) {
        const place = places[one] as number;
        if (isOne(STANDINGS[standings[place] as number], isMet[place] === 1))
          visit(ids.bytes, one * ids.length);
      }
    }
  }

  return {
    async open(standing) {
      for (const pack of await found()) {
        const { count } = pack.index;
        const standings = standingsIn(pack.index, standing);
        const verdicts = new Uint8Array(new SharedArrayBuffer(count));
        packs.push({ ...pack, standings, isMet: new Uint8Array(count), verdicts });
      }
    },
    async *read(need) {
      for (const pack of packs) {
        const { path, size, index, standings, verdicts } = pack;
        if (!standings.includes(ASKED)) continue;
        // They start while this one reads on.
        if (thread !== undefined && size >= LARGE) threads ??= openThreads(thread, detector.parts, count);
        const entries = openEntries(path, index);
        if (entries === undefined) continue;
        const job: Job = {
          ...{ path, entries, control, standings, verdicts },
          ids: index.ids.bytes,
          idLength: index.ids.length,
          families: familiesOf(entries, (place) => standings[place] === ASKED),
          next: new Int32Array(new SharedArrayBuffer(4)),
        };
        if (threads !== undefined && size >= LARGE) yield* threads.sift(job, need);
        else {
          const shares: Share[] = [];
          need(sift(job, detector, (share) => shares.push(share)));
          yield* shares;
        }
      }
    },
    meet(ids, at) {
      for (const { index, standings, isMet } of packs) {
        const each = index.ids.find(ids, at);
        if (each < 0) continue;
        const place = index.places[each] as number;
        isMet[place] = 1;
        return STANDINGS[standings[place] as number];
      }
      return undefined;
    },
    eachAsked(visit) {
      for (const { index, standings, isMet, verdicts } of packs) {
        const { count, ids, places } = index;
        const idAt = new Uint32Array(count);
        for (let each = 0; each < count; each += 1) idAt[places[each] as number] = each;
        for (let place = 0; place < count; place += 1)
          if (isMet[place] === 1 && standings[place] === ASKED)
            visit(
              ids.bytes,
              (idAt[place] as number) * ids.length,
              TYPES[(verdicts[place] as number) & ~HOLDS],
            );
      }
    },
    eachMet: (visit) => each((_, isMet) => isMet, visit),
    // What is elsewhere is met in another pack, or by another part of the run.
    eachUnmet: (visit) => each((standing, isMet) => !isMet && standing !== 'elsewhere', visit),
    close: async () => threads?.close(),
    forget: () => {
      packs.length = 0;
    },
  };
}

const STANDINGS: readonly Standing[] = ['elsewhere', 'asked', 'known'];
/** By their numbers in packs. */
const TYPES: Readonly<Record<number, ObjectType>> = {
  [COMMIT]: 'commit',
  [TREE]: 'tree',
  [BLOB]: 'blob',
  [TAG]: 'tag',
};
/** Bytes of a pack worth several threads. */
const LARGE = 1 << 21;
