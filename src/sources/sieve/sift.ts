// One thread's share of a pack: which of its objects hold nothing a scan would look at, and what they refer to.

import { BLOB, type Entries, TREE } from '../../git/packs/entries.ts';
import type { Families } from '../../git/packs/families.ts';
import { withPack } from '../../git/packs/open-pack.ts';
import { openUnpacker, type Unpacked } from '../../git/packs/unpack.ts';
import { openSortedIds } from '../../git/sorted-ids.ts';
import { isGitlink } from '../../git/tree.ts';
import type { Detector } from '../../model.ts';
import { openIdSet } from '../id-set.ts';
import { lfsPointer } from '../lfs-pointer.ts';
import { eachLink } from '../links.ts';
import { openTreeEntries } from './tree-entries.ts';

/** What a thread is given: nothing but data, and what is changed by all of them is shared memory. Arrays are by place. */
export interface Job {
  readonly path: string;
  /** Of all that lie in the pack, in ascending order. */
  readonly ids: Uint8Array;
  readonly idLength: number;
  readonly entries: Entries;
  readonly families: Families;
  /** A key that has to be found before anything is called clear (positive control). */
  readonly control: Uint8Array;
  /** ASKED for what is asked about. */
  readonly standings: Uint8Array;
  /**
   * To be filled in with the type of what is cleared, 0 for everything else; and with HOLDS besides, when there was something
   * in it to look at.
   */
  readonly verdicts: Uint8Array;
  /** One number: the first root nobody has taken yet. */
  readonly next: Int32Array;
}

export const ASKED = 1;
/** Beyond the types. */
export const HOLDS = 8;

/** Objects that were asked about and are cleared. */
export interface Share {
  objects: number;
  bytes: number;
}

/**
 * Takes roots until there are none left. `report` is told now and then what was cleared since. Gives the ids that cleared
 * objects refer to and that are not in the pack, as `IdSet.words` does. What cannot be read is not cleared. Throws when the
 * control is not found.
 */
export function sift(job: Job, detector: Detector, report: (share: Share) => void): Uint32Array {
  const { entries, families, standings, verdicts, next, idLength } = job;
  const { sieve } = detector;
  if (!findsControl(job.control, detector))
    throw new Error('positive control failed: a pack would be called clear');
  const packed = openSortedIds(Buffer.from(job.ids.buffer, job.ids.byteOffset, job.ids.length), idLength);
  const links = openIdSet();
  const id = Buffer.alloc(idLength);
  const treeEntries = openTreeEntries(idLength);
  let share: Share = { objects: 0, bytes: 0 };

  /** Says of a tree whose entries were noted where they begin. */
  function visit(object: Unpacked, ofBase: Uint32Array | undefined): Uint32Array | undefined {
    const { place, type, bytes } = object;
    const doesHold = holds(object);
    let known: Uint32Array | undefined;
    let isCleared = false;
    if (standings[place] === ASKED && !(doesHold && findsAny(object))) {
      if (type === TREE) known = treeEntries(object, ofBase, noteEntry);
      isCleared = type === TREE ? known !== undefined : refersSoundly(object);
    }
    verdicts[place] = (isCleared ? type : 0) | (doesHold ? HOLDS : 0);
    if (isCleared) {
      share.objects += 1;
      // Of a tree only the names are looked at.
      if (type !== TREE) share.bytes += bytes.length;
    }
    return known;
  }

  /** Whether there is anything in it to look at. What was copied from where there was nothing needs no second look. */
  function holds({ type, bytes, base, seams }: Unpacked): boolean {
    const look = type === TREE ? sieve.holdsLiteral : sieve.holdsContent;
    if (base < 0 || ((verdicts[base] as number) & HOLDS) !== 0) return look(bytes, 0, bytes.length);
    const { bounds, count } = seams;
    for (let each = 0; each < count; each += 1)
      if (look(bytes, bounds[2 * each] as number, bounds[2 * each + 1] as number)) return true;
    return false;
  }

  /** Names are looked at one by one, by whoever knows which are new. */
  function findsAny({ type, bytes }: Unpacked): boolean {
    if (type === TREE) return true;
    const scan = detector.open();
    scan.push(bytes);
    return !scan.isEmpty();
  }

  /** Notes what it refers to, which is no tree. False for what git has to be asked about. */
  function refersSoundly({ type, bytes }: Unpacked): boolean {
    if (type === BLOB) return lfsPointer(bytes) === undefined;
    eachLink(bytes, (oid) => {
      id.write(oid, 'hex');
      refersTo(id, 0);
    });
    return true;
  }

  /** Nearly all of them are in the pack: to keep those as well would take 20 MB for a million. */
  function refersTo(bytes: Buffer, at: number): void {
    if (packed.find(bytes, at) < 0) links.addFrom(bytes, at);
  }

  /** What was copied with the base was noted with it. */
  function noteEntry(bytes: Buffer, mode: number, at: number): void {
    // A submodule's commit is in another repository.
    if (!isGitlink(bytes, mode)) refersTo(bytes, at);
  }

  withPack(job.path, (file) => {
    const unpack = openUnpacker<Uint32Array | undefined>({ entries, families, file }, 4 * sieve.reach, visit);
    for (;;) {
      const from = Atomics.add(next, 0, STRETCH);
      if (from >= entries.count) return;
      const to = Math.min(from + STRETCH, entries.count);
      for (let root = from; root < to; root += 1) if (families.roots[root] === 1) unpack(root);
      if (share.objects < ENOUGH) continue;
      report(share);
      share = { objects: 0, bytes: 0 };
    }
  });
  report(share);
  return links.words();
}

/** By the search, and by the scan it leads to. */
function findsControl(control: Uint8Array, { sieve, open }: Detector): boolean {
  const scan = open();
  scan.push(control);
  return sieve.holdsContent(Buffer.from(control), 0, control.length) && !scan.isEmpty();
}

/** Objects worth a report. */
const ENOUGH = 4096;
/** Places that are taken at once. */
const STRETCH = 256;
