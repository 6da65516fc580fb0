// Which commits hold what was found: what each has in its files, and what it or its past has.

import { type Ancestry, listAncestry, listChanges } from '../git/lineage.ts';
import type { Git } from '../git/process.ts';
import type { TreeChange } from '../git/tree-changes.ts';
import type { RawPath } from '../model.ts';
import { type Members, openSets, type SetId } from './sets.ts';

/** Something that was found, at a path: of a blob, or a name that is part of the path. */
export interface Spot {
  /** An object id, or the name of a file or folder. */
  readonly what: string;
  readonly path: RawPath;
}

export interface Turn {
  readonly kind: 'introduced' | 'removed';
  readonly commit: string;
  /** Of the commit in the order of all that were looked at, parents before children. */
  readonly nth: number;
  readonly isRoot: boolean;
  /** Of a merge: a parent had taken it away before, so that this is not its doing. */
  readonly isOld: boolean;
  readonly spot: number;
}

export interface Presence {
  readonly spots: readonly Spot[];
  /** In the order of the history. */
  readonly turns: readonly Turn[];
  has(commit: string): boolean;
  /** Known of commits in whose past something was found. */
  parentsOf(commit: string): readonly string[];
  /** The turns, by their numbers, of a commit and of all before it. */
  turnsUpTo(commit: string): Members;
  /** In a commit: its files, and itself. */
  at(commit: string): Members;
  /** In a commit or any before it. */
  upTo(commit: string): Members;
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
  const turned = new Map<string, SetId>();
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
    const commits = (await listAncestry(git, revisions, input)).filter(({ commit }) => !reached.has(commit));
    const changes = await changesOf(commits);
    for (const each of commits) enter(each, changes.get(each.commit) ?? []);
  }

  async function changesOf(commits: readonly Ancestry[]): Promise<Map<string, TreeChange[]>> {
    const changes = new Map<string, TreeChange[]>();
    if (found.blobs.size === 0 && found.names.size === 0) return changes;
    // Names are compared here: one that is a credential must not be seen in a list of processes.
    const oids = found.names.size === 0 ? [...found.blobs] : undefined;
    for await (const change of listChanges(git, commits, oids)) {
      const { commit, before = '', after = '', path } = change;
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

  function enter({ commit, parents }: Ancestry, changes: readonly TreeChange[]): void {
    const before = parents.map((parent) => present.get(parent) ?? 0);
    const [first = 0] = before;
    const now = changes.length === 0 ? first : changed(first, changes);
    const pasts = parents.map((parent) => reached.get(parent) ?? 0);
    const own = turnsAt({ commit, parents }, now, before, pasts);
    let past = now;
    for (const each of pasts) past = sets.union(past, each);
    let all = own.length === 0 ? 0 : sets.of(own.map((turn) => turns.push(turn) - 1));
    for (const parent of parents) all = sets.union(all, turned.get(parent) ?? 0);
    if (found.messages.has(commit)) past = sets.union(past, sets.of([numberOf(commit, '')]));
    if (now !== 0) present.set(commit, now);
    reached.set(commit, past);
    if (all !== 0) turned.set(commit, all);
    if (past !== 0) parentsOf.set(commit, parents);
  }

  /** What one parent of a merge has already, or has taken away, is not the merge's doing. */
  function turnsAt(
    { commit, parents }: Ancestry,
    now: SetId,
    before: readonly SetId[],
    pasts: readonly SetId[],
  ): Turn[] {
    const nth = reached.size;
    const turn = (kind: Turn['kind'], spot: number, isOld = false): Turn => ({
      ...{ kind, commit, nth, spot, isOld },
      isRoot: parents.length === 0,
    });
    const isOld = (spot: number): boolean =>
      before.some((each, at) => !sets.has(each, spot) && sets.has(pasts[at] ?? 0, spot));
    const message = found.messages.has(commit) ? [turn('introduced', numberOf(commit, ''))] : [];
    if (before.every((each) => each === now) && (parents.length > 0 || now === 0)) return message;
    const gone = new Set(before.flatMap((each) => sets.members(each)));
    for (const spot of sets.members(now)) gone.delete(spot);
    return [
      ...message,
      ...sets
        .members(now)
        .filter((spot) => !before.some((each) => sets.has(each, spot)))
        .map((spot) => turn('introduced', spot)),
      ...[...gone].map((spot) => turn('removed', spot, isOld(spot))),
    ];
  }

  function changed(from: SetId, changes: readonly TreeChange[]): SetId {
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
    turnsUpTo: (commit) => sets.all(turned.get(commit) ?? 0),
    at: (commit) => {
      const own = found.messages.has(commit) ? sets.of([numberOf(commit, '')]) : 0;
      return sets.all(sets.union(present.get(commit) ?? 0, own));
    },
    upTo: (commit) => sets.all(reached.get(commit) ?? 0),
    add,
  };
}
