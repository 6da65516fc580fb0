// What a CI build is about: the commits that are new, and every file at its head, new or not.

import type { Range } from '../git/object-list.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import { listTree } from '../git/tree-list.ts';
import type { Item, Place, RawPath, Source } from '../model.ts';
import { lfsObjects } from './lfs.ts';
import { absenceIn, type NamedTip, type Objects, openRange } from './objects.ts';

export interface Change {
  /** Object id of a commit. */
  readonly head: string;
  readonly range: Range;
  /** What has been pushed, where that is known. */
  readonly refs: readonly NamedTip[];
  /** For the report; see `Coverage.range`. */
  readonly shown: string;
}

/**
 * What is older than the range is read by `objects`, after the rest: `origin.kind` is `file` there, and `origin.commit`
 * the head. The caller closes both.
 */
export function openChange(git: Git, objects: ObjectReader, { head, range, refs, shown }: Change): Objects {
  // The caller has looked closer than whether the clone is shallow.
  const commits = openRange(git, { mode: 'ci', shown, range, refs, allowShallow: true });
  const lfs = lfsObjects(git);
  const absence = absenceIn(git);
  const seen = new Set<string>();
  const skipped = new Set<RawPath>();
  let older = 0;

  async function* items(): AsyncGenerator<Item, void, undefined> {
    for await (const item of commits.source.items()) {
      if (item.kind === 'skipped') skipped.add(item.path);
      if (item.kind === 'blob')
        for (const { object, origin } of item.places)
          if (object && origin.kind === 'commit') seen.add(object);
      yield item;
    }
    // Without a base, everything the head has is new.
    if (range.without.length > 0) yield* filesAtHead();
  }

  async function* filesAtHead(): AsyncGenerator<Item, void, undefined> {
    const places = new Map<string, Place[]>();
    for (const { oid, path, mode } of await listTree(git, head)) {
      if (mode === 'gitlink') {
        if (skipped.has(path)) continue;
        older += 1;
        yield { kind: 'skipped', path, reason: 'submodule, not scanned' };
      } else if (!seen.has(oid)) {
        const place: Place = { path, origin: { kind: 'file', commit: head }, previous: [], object: oid };
        const same = places.get(oid);
        if (same) same.push(place);
        else places.set(oid, [place]);
      }
    }
    older += places.size;
    for await (const [oid, object] of objects.read([...places.keys()])) {
      const standing = places.get(oid) ?? [];
      if (object?.type !== 'blob') {
        const reason = object ? `git object ${oid} is a ${object.type}` : await absence(oid);
        yield { kind: 'problem', path: standing[0]?.path ?? '', reason };
      } else
        yield* lfs.items(object, standing, () => {
          older += 1;
        });
    }
  }

  const source: Source = { ...commits.source, items, expected: () => commits.source.expected() + older };
  return { source, close: commits.close };
}
