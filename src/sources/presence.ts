// Which commits hold what was found: what each has in its files, and what it or its past has.

import { type Ancestry, type Change, listAncestry, listChanges } from '../git/lineage.ts';
import type { Git } from '../git/process.ts';
import type { RawPath } from '../model.ts';
import { openSets, type SetId } from './sets.ts';

/** Something that was found, at a path: of a blob, or a name that is part of the path. */
export interface Spot {
  /** An object id, or the name of a file or folder. */
  readonly what: string;
  readonly path: RawPath;
}

export interface Turn {
  readonly kind: 'introduced' | 'removed';
  readonly commit: string;
  readonly spot: number;
}

export interface Presence {
  readonly spots: readonly Spot[];
  /** Parents before their children. */
  readonly turns: readonly Turn[];
  has(commit: string): boolean;
  /** Known of commits in whose past something was found. */
  parentsOf(commit: string): readonly string[];
  /** In the files of a commit. */
  at(commit: string): ReadonlySet<number>;
  /** In the files of a commit or of any before it. */
  upTo(commit: string): ReadonlySet<number>;
  /** Goes on with commits whose parents may be among those before. */
  add(revisions: readonly string[], input?: string): Promise<void>;
}

/**
 * `blobs`: object ids; `names`: of files and folders; `messages`: commits that hold something themselves, which is a spot
 * without a path. Throws GitError.
 */
export function openPresence(
  git: Git,
  found: {
    readonly blobs: ReadonlySet<string>;
    readonly names: ReadonlySet<RawPath>;
    readonly messages: ReadonlySet<string>;
  },
): Presence {
  const sets = openSets();
  const spots: Spot[] = [];
  const numbers = new Map<string, number>();
  const turns: Turn[] = [];
  const present = new Map<string, SetId>();
  const reached = new Map<string, SetId>();
  /** Of those that hold something. */
  const parentsOf = new Map<string, readonly string[]>();

  function numberOf(what: string, path: RawPath): number {
    const key = `${what}\0${path}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, spots.length);
    return spots.push({ what, path }) - 1;
  }

  async function add(revisions: readonly string[], input = ''): Promise<void> {
    const commits = await listAncestry(git, revisions, input);
    const changes = await changesOf(commits);
    for (const each of commits) enter(each, changes.get(each.commit) ?? []);
  }

  async function changesOf(commits: readonly Ancestry[]): Promise<Map<string, Change[]>> {
    const changes = new Map<string, Change[]>();
    if (found.blobs.size === 0 && found.names.size === 0) return changes;
    // Names are compared here: one that is a credential must not be seen in a list of processes.
    const oids = found.names.size === 0 ? [...found.blobs] : undefined;
    for await (const [commit, change] of listChanges(git, commits, oids)) {
      const { before = '', after = '', path } = change;
      const matters = found.blobs.has(before) || found.blobs.has(after) || namesIn(path).length > 0;
      if (!matters) continue;
      const same = changes.get(commit);
      if (same) same.push(change);
      else changes.set(commit, [change]);
    }
    return changes;
  }

  const namesIn = (path: RawPath): RawPath[] =>
    found.names.size === 0 ? [] : path.split('/').filter((name) => found.names.has(name));

  function enter({ commit, parents }: Ancestry, changes: readonly Change[]): void {
    const before = parents.map((parent) => present.get(parent) ?? 0);
    const [first = 0] = before;
    const now = changes.length === 0 ? first : changed(first, changes);
    present.set(commit, now);
    let past = now;
    for (const parent of parents) past = sets.union(past, reached.get(parent) ?? 0);
    if (found.messages.has(commit)) {
      const spot = numberOf(commit, '');
      past = sets.union(past, sets.of([spot]));
      turns.push({ kind: 'introduced', commit, spot });
    }
    reached.set(commit, past);
    if (past !== 0) parentsOf.set(commit, parents);
    if (before.every((each) => each === now) && (parents.length > 0 || now === 0)) return;
    // What one parent of a merge has already, or has no longer, is not the merge's doing.
    for (const spot of sets.members(now))
      if (!before.some((each) => sets.has(each, spot))) turns.push({ kind: 'introduced', commit, spot });
    for (const spot of sets.members(first))
      if (!sets.has(now, spot) && before.every((each) => sets.has(each, spot)))
        turns.push({ kind: 'removed', commit, spot });
  }

  function changed(from: SetId, changes: readonly Change[]): SetId {
    const held = new Set(sets.members(from));
    for (const { path, before, after } of changes) {
      if (before !== undefined && found.blobs.has(before)) held.delete(numberOf(before, path));
      if (after !== undefined && found.blobs.has(after)) held.add(numberOf(after, path));
      for (const name of namesIn(path)) {
        if (after === undefined) held.delete(numberOf(name, path));
        else held.add(numberOf(name, path));
      }
    }
    return sets.of(held);
  }

  return {
    spots,
    turns,
    has: (commit) => reached.has(commit),
    parentsOf: (commit) => parentsOf.get(commit) ?? [],
    at: (commit) => new Set(sets.members(present.get(commit) ?? 0)),
    upTo: (commit) => new Set(sets.members(reached.get(commit) ?? 0)),
    add,
  };
}
