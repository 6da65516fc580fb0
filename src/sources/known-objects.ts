// Ids of objects in which an earlier run found nothing, kept below the git directory. Never anything of their content.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectType } from '../git/batch-answers.ts';
import { openSortedIds, type SortedIds } from '../git/sorted-ids.ts';
import type { Hit, Shard } from '../model.ts';
import { undisturbed } from '../undisturbed.ts';
import { type Ids, openIds, sortedIds } from './id-list.ts';
import { readPlain } from './seal.ts';

export interface KnownObjects {
  /** Whether an earlier run with the same rules found nothing in the object whose id begins in `id` at `at`. */
  has(id: Buffer, at: number): boolean;
  /** Whether there is nothing of an earlier run. */
  isEmpty(): boolean;
  /** To be told each object that is there, and whether it is known. */
  meet(id: Buffer, at: number, isKnown: boolean): void;
  /** Says where the id of each known object that was met begins. */
  eachMet(visit: (ids: Buffer, at: number) => void): void;
  /** Whether something that every run reads again has vanished. To be asked when every object was met. */
  hasLost(): boolean;
  /** Takes down what this run reads. */
  note(): CleanObjects;
}

export interface CleanObjects {
  /** It was read to its end; whether something was found is said by `save`. */
  add(oid: string, kind: ObjectType): void;
  /** The same by the bytes of its id. */
  addFrom(id: Buffer, at: number, length: number, kind: ObjectType): void;
  /** It has to be read again; when it has vanished by then, that has to be noticed: what refers to it is not read again. */
  watch(oid: string): void;
  /** What refers to others must be read again: some of those are missing. */
  keepBlobsOnly(): void;
  /** Writes what is known by then. A folder that cannot be written to costs the next run its time and nothing else. */
  save(hits: readonly Hit[], shard: Shard | undefined): Promise<void>;
}

/** Whether an earlier run may have left something; what it is worth is seen by `openKnown`. */
export const mayBeKnown = (commonDir: string): boolean => existsSync(fileIn(commonDir));

const fileIn = (commonDir: string): string => join(commonDir, 'keyscan', 'clean-objects');

/**
 * `rules`: what must be the same for an earlier result to hold; `seal`: the user's own, so that nobody else can have written
 * what is believed. A file that is not as it should be counts as none.
 */
export async function openKnown(commonDir: string, rules: string, seal: Buffer): Promise<KnownObjects> {
  const file = fileIn(commonDir);
  const before = parse(await readPlain(file).catch(() => undefined), rules, seal);
  const isMet = new Uint8Array(before?.count ?? 0);
  const lost = new Set(before?.watched);

  return {
    has: (id, at) => before !== undefined && before.find(id, at) >= 0,
    meet: (id, at, isKnown) => {
      if (before === undefined) return;
      if (isKnown) isMet[before.find(id, at)] = 1;
      else if (lost.size > 0) lost.delete(markOf(id.toString('hex', at, at + before.length()), seal));
    },
    isEmpty: () => isMet.length === 0,
    eachMet: (visit) => before?.eachMarked(isMet, visit),
    hasLost: () => lost.size > 0,
    note: () => {
      const blobs = openIds();
      const trees = openIds();
      const others = openIds();
      const watched = new Set<string>();
      let isIncomplete = false;
      const listOf = (kind: ObjectType) => (kind === 'blob' ? blobs : kind === 'tree' ? trees : others);
      return {
        watch: (oid) => watched.add(oid),
        keepBlobsOnly: () => {
          isIncomplete = true;
        },
        add: (oid, kind) => listOf(kind).add(oid),
        addFrom: (id, at, length, kind) => listOf(kind).addFrom(id, at, length),
        save: async (hits, shard) => {
          const found = new Set(hits.flatMap(({ place }) => place.object ?? []));
          // A name that several trees hold is looked at once: all of them are read again, and what leads to them.
          const hasName = hits.some(({ place }) => place.origin.kind === 'name');
          const old = shard === undefined ? before?.only(isMet) : before;
          const fresh = [blobs, ...(isIncomplete || hasName ? [] : [others, trees])];
          const marks = new Set([...found, ...watched].map((oid) => markOf(oid, seal)));
          if (shard !== undefined) for (const mark of before?.watched ?? []) marks.add(mark);
          // Until it is back, or nothing needs it.
          if (isIncomplete) for (const mark of lost) marks.add(mark);
          const isNew = fresh.some((each) => each.length() > 0) || old !== before;
          if (
            !isNew &&
            marks.size === before?.watched.length &&
            before.watched.every((mark) => marks.has(mark))
          )
            return;
          const lists = [...fresh, ...(old ? [old] : [])];
          const length = lists.find((each) => each.length() > 0)?.length() ?? 0;
          if (length === 0 || !lists.every((each) => [0, length].includes(each.length()))) return;
          const ids = sortedIds(
            lists.flatMap((each) => each.pieces()),
            found,
            length,
          );
          await write(file, format({ ids, marks }, rules, length, seal)).catch(() => undefined);
        },
      };
    },
  };
}

const FIRST_LINE = 'keyscan: ids of objects without credentials\n';
const HASH = 32;

/** What stands behind the check. */
interface Kept {
  readonly ids: Buffer;
  readonly marks: ReadonlySet<string>;
}

function format({ ids, marks }: Kept, rules: string, length: number, seal: Buffer): Buffer {
  const key = keyOf(rules, length);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(marks.size);
  const kept = Buffer.concat([count, Buffer.from([...marks].sort().join(''), 'hex'), ids]);
  const check = createHmac('sha256', seal).update(key).update(kept).digest();
  return Buffer.concat([Buffer.from(FIRST_LINE), Buffer.from([length]), key, check, kept]);
}

/** 16 bytes in hex that stand for an object which may hold something: its id itself would say where to look. */
const markOf = (oid: string, seal: Buffer): string =>
  createHmac('sha256', seal)
    .update(`watched ${oid}`)
    .digest('hex')
    .slice(0, 2 * MARK);
const MARK = 16;

const keyOf = (rules: string, length: number): Buffer =>
  createHash('sha256').update(`2 ${length} ${rules}`).digest();

interface Earlier extends Ids, Pick<SortedIds, 'count' | 'find'> {
  /** Itself when all of them are marked. */
  only(isMarked: Uint8Array): Ids;
  eachMarked(isMarked: Uint8Array, visit: (ids: Buffer, at: number) => void): void;
  readonly watched: readonly string[];
}

function parse(content: Buffer | undefined, rules: string, seal: Buffer): Earlier | undefined {
  const start = FIRST_LINE.length;
  if (!content || content.toString('latin1', 0, start) !== FIRST_LINE) return undefined;
  const length = content[start];
  if (length !== 20 && length !== 32) return undefined;
  const key = content.subarray(start + 1, start + 1 + HASH);
  const check = content.subarray(start + 1 + HASH, start + 1 + 2 * HASH);
  const kept = content.subarray(start + 1 + 2 * HASH);
  const isSound =
    kept.length >= 4 &&
    key.equals(keyOf(rules, length)) &&
    check.equals(createHmac('sha256', seal).update(key).update(kept).digest());
  if (!isSound) return undefined;
  const end = 4 + MARK * kept.readUInt32BE(0);
  const watched = kept.toString('hex', 4, end).match(/.{32}/g) ?? [];
  const ids = kept.subarray(end);
  const table = openSortedIds(ids, length);
  const earlier: Earlier = {
    watched,
    count: table.count,
    find: table.find,
    length: () => (ids.length > 0 ? length : 0),
    pieces: () => [ids],
    only: (isMarked) => {
      if (isMarked.every((mark) => mark === 1)) return earlier;
      const own = openIds();
      earlier.eachMarked(isMarked, (_, at) => own.addFrom(ids, at, length));
      return own;
    },
    eachMarked: (isMarked, visit) => {
      for (let each = 0; each < isMarked.length; each += 1)
        if (isMarked[each] === 1) visit(ids, each * length);
    },
  };
  return earlier;
}

/** In the place of the file before it, in one step; only its owner may read it. */
async function write(file: string, content: Buffer): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  // A repository of somebody else could lead it elsewhere.
  if (!(await lstat(folder)).isDirectory()) return;
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  await undisturbed(async () => {
    try {
      await writeFile(fresh, content, { mode: 0o600, flag: 'wx' });
      await rename(fresh, file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
  });
}
