// What git has, told apart: what an earlier run knows, what was found clean in the packs, and what is left for git to read.

import { listEvery } from '../git/every-id.ts';
import type { Git } from '../git/process.ts';
import type { Shard } from '../model.ts';
import { openIdSet } from './id-set.ts';
import type { CleanObjects, KnownObjects } from './known-objects.ts';
import type { Needs } from './needs.ts';
import { isInShard } from './shard.ts';
import type { Packs, Standing } from './sieve/packs.ts';
import type { Share } from './sieve/sift.ts';

export interface Inventory {
  /** Reads the packs while git lists its objects; gives what is cleared, some at a time. To be read to its end first. */
  cleared(): AsyncGenerator<Share, void, undefined>;
  /** Ids of what is left, some at a time. */
  rest(): AsyncGenerator<readonly string[], void, undefined>;
  /** Tells `needs` of each object that git has listed, and of those in packs that it has not. To be called when `rest` was read. */
  tellFound(): void;
  /** To be called when `rest` was read: throws what has kept git from listing everything. */
  check(): void;
  /** How many objects there are to look at, as git says. */
  asked(): number;
  /** How many there are besides, in which an earlier run found nothing. */
  skipped(): number;
}

export interface InventoryOptions {
  readonly shard: Shard | undefined;
  readonly packs: Packs;
  readonly known: KnownObjects | undefined;
  readonly clean: CleanObjects | undefined;
  readonly needs: Needs;
}

/** Nothing is started before `cleared`, which throws what `Packs.open` and `Packs.read` do. */
export function openInventory(git: Git, { shard, packs, known, clean, needs }: InventoryOptions): Inventory {
  /** In no pack: hexadecimal. */
  let others: string[] = [];
  /** In no pack and not known, of other parts, too. */
  const loose = openIdSet();
  /** Of an id, in bytes. */
  let idLength = 0;
  let asked = 0;
  let skipped = 0;
  let failed: { readonly error: unknown } | undefined;

  function standing(ids: Buffer, at: number): Standing {
    if (!isInShard(ids, at, shard)) return 'elsewhere';
    return known?.has(ids, at) ? 'known' : 'asked';
  }

  /** What was listed by then is read all the same. */
  async function list(place: (ids: Buffer, at: number) => Standing | undefined): Promise<void> {
    try {
      await listWhole(place);
    } catch (error) {
      failed = { error };
    }
  }

  async function listWhole(place: (ids: Buffer, at: number) => Standing | undefined): Promise<void> {
    for await (const { bytes, length } of listEvery(git)) {
      idLength = length;
      for (let at = 0; at < bytes.length; at += length) {
        const packed = place(bytes, at);
        const its = packed ?? standing(bytes, at);
        known?.meet(bytes, at, its === 'known');
        if (its === 'known') skipped += 1;
        else if (packed === undefined) loose.addFrom(bytes, at);
        if (its !== 'asked') continue;
        asked += 1;
        if (packed === undefined) others.push(bytes.toString('hex', at, at + length));
      }
    }
  }

  return {
    // Where nothing is known yet, packs are read while git lists; else few are new, and seldom worth to be looked for there.
    async *cleared() {
      if (known?.isEmpty() === false) {
        await list(() => undefined);
        if (others.length < MANY) return;
        await packs.open(standing);
        known.eachMet(packs.meet);
        yield* packs.read(needs.objects);
        others = others.filter((oid) => packs.meet(Buffer.from(oid, 'hex'), 0) === undefined);
        return;
      }
      await packs.open(standing);
      const listed = list(packs.meet);
      yield* packs.read(needs.objects);
      await listed;
    },
    async *rest() {
      if (others.length > 0) yield others;
      const left: string[] = [];
      packs.eachAsked((ids, at, clearedAs) => {
        const end = at + idLength;
        if (clearedAs === undefined) left.push(ids.toString('hex', at, end));
        else clean?.addFrom(ids, at, idLength, clearedAs);
      });
      for (let at = 0; at < left.length; at += SOME) yield left.slice(at, at + SOME);
    },
    check() {
      if (failed) throw failed.error;
    },
    tellFound() {
      packs.eachUnmet(needs.object);
      packs.eachMet(needs.found);
      known?.eachMet(needs.found);
      needs.foundWords(loose.words());
    },
    asked: () => asked,
    skipped: () => skipped,
  };
}

/** New objects that are worth a look for them in the packs. */
const MANY = 4096;
/** Ids that are handed on at once. */
const SOME = 1024;
