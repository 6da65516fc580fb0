// All packs of a repository, read before git is asked for any object: in nearly all of them nothing is to be found.

import type { ObjectType } from '../../git/batch-answers.ts';
import { BLOB, COMMIT, TAG, TREE } from '../../git/packs/entries.ts';
import { familiesOf } from '../../git/packs/families.ts';
import { openEntries, openIndex } from '../../git/packs/open-pack.ts';
import { findId, type PackIndex } from '../../git/packs/pack-index.ts';
import { findPacks } from '../../git/packs/store.ts';
import type { Git } from '../../git/process.ts';
import type { Detector } from '../../model.ts';
import { ASKED, HOLDS, type Job, type Share, sift } from './sift.ts';
import { openThreads, type Threads } from './threads.ts';

/** Whether an object has to be looked at: this run does, an earlier one did, or another part of a split run does. */
export type Standing = 'asked' | 'known' | 'elsewhere';

/** An object of a pack. */
export interface Packed {
  /** Its id begins here. */
  readonly ids: Buffer;
  readonly at: number;
  /** Bytes of the id. */
  readonly length: number;
  readonly isAsked: boolean;
  /** Undefined for what has not been cleared. */
  readonly clearedAs: ObjectType | undefined;
}

export interface Packs {
  /** Finds and opens them. `standing`: of the object whose id begins in `ids` at `at`. Throws GitError. */
  open(standing: (ids: Buffer, at: number) => Standing): Promise<void>;
  /**
   * Gives what is cleared, some at a time; `need` gets what that refers to, as `IdSet.words` does. Throws what the system
   * throws, and what threads do.
   */
  read(need: (words: Uint32Array) => void): AsyncGenerator<Share, void, undefined>;
  /** git has this object; its standing when it is in a pack. */
  meet(ids: Buffer, at: number): Standing | undefined;
  /** Those that were met, in the order they lie in. */
  met(): Generator<Packed, void, undefined>;
  close(): Promise<void>;
}

/** Arrays are by place, see `PackIndex.offsets`. */
interface Pack {
  readonly path: string;
  readonly size: number;
  readonly index: PackIndex;
  /** Indexes of `STANDINGS`. */
  readonly standings: Uint8Array;
  readonly isMet: Uint8Array;
  /** See `Job`. */
  verdicts: Uint8Array;
}

/** `thread`: the program of a thread; undefined: this one does it all. */
export function openPacks(git: Git, detector: Detector, thread: string | undefined): Packs {
  const packs: Pack[] = [];
  let threads: Threads | undefined;

  function standingsIn(index: PackIndex, standing: (ids: Buffer, at: number) => Standing): Uint8Array {
    const { count, ids, idLength, places } = index;
    const standings = new Uint8Array(new SharedArrayBuffer(count)).fill(STANDINGS.indexOf('elsewhere'));
    for (let each = 0; each < count; each += 1) {
      const at = each * idLength;
      // Of an object that lies in several packs, one is enough: git reads only one, too.
      const isNew = packs.every((other) => findId(other.index, ids, at) < 0);
      if (isNew) standings[places[each] as number] = STANDINGS.indexOf(standing(ids, at));
    }
    return standings;
  }

  return {
    async open(standing) {
      const found = await findPacks(git);
      if (thread !== undefined && found.some(({ size }) => size >= LARGE))
        threads = openThreads(thread, detector.parts);
      for (const { path, size } of found) {
        const index = await openIndex(path);
        if (index === undefined) continue;
        const standings = standingsIn(index, standing);
        const isMet = new Uint8Array(index.count);
        packs.push({ path, size, index, standings, isMet, verdicts: new Uint8Array(index.count) });
      }
    },
    async *read(need) {
      for (const pack of packs) {
        const { path, size, index, standings } = pack;
        const entries = standings.includes(ASKED) ? openEntries(path, index) : undefined;
        if (entries === undefined) continue;
        pack.verdicts = new Uint8Array(new SharedArrayBuffer(index.count));
        const job: Job = {
          ...{ path, idLength: index.idLength, entries, standings, verdicts: pack.verdicts },
          families: familiesOf(entries, (place) => standings[place] === ASKED),
          next: new Int32Array(new SharedArrayBuffer(4)),
        };
        if (threads && size >= LARGE) yield* threads.sift(job, need);
        else {
          const shares: Share[] = [];
          need(sift(job, detector, (share) => shares.push(share)));
          yield* shares;
        }
      }
    },
    meet(ids, at) {
      for (const { index, standings, isMet } of packs) {
        const each = findId(index, ids, at);
        if (each < 0) continue;
        const place = index.places[each] as number;
        isMet[place] = 1;
        return STANDINGS[standings[place] as number];
      }
      return undefined;
    },
    *met() {
      for (const { index, standings, isMet, verdicts } of packs) {
        const each = new Uint32Array(index.count);
        for (let id = 0; id < index.count; id += 1) each[index.places[id] as number] = id;
        for (let place = 0; place < index.count; place += 1)
          if (isMet[place] === 1)
            yield {
              ...{ ids: index.ids, at: (each[place] as number) * index.idLength, length: index.idLength },
              isAsked: standings[place] === ASKED,
              clearedAs: TYPES[(verdicts[place] as number) & ~HOLDS],
            };
      }
    },
    close: async () => threads?.close(),
  };
}

const STANDINGS: readonly Standing[] = ['elsewhere', 'asked', 'known'];
/** By their numbers in packs. */
const TYPES: Readonly<Record<number, ObjectType>> = {
  ...{ [COMMIT]: 'commit', [TREE]: 'tree', [BLOB]: 'blob', [TAG]: 'tag' },
};
/** Bytes of a pack worth several threads. */
const LARGE = 1 << 21;
