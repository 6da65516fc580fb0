// Which commits hold what was found: what each has in its files, and what it or its past has.

import { GitError } from '../errors.ts';
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

/** Of a commit: what it has, what it or its past has, and the turns up to it. */
interface Entered {
  readonly present: SetId;
  readonly reached: SetId;
  readonly turned: SetId;
  /** Empty where nothing was found in its past. */
  readonly parents: readonly string[];
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
  const entered = new Map<string, Entered>();

  const known = (commit: string): Entered => entered.get(commit) ?? UNKNOWN;

  function numberOf(what: string, path: RawPath): number {
    const key = `${what}\0${path}`;
    const number = numbers.get(key);
    if (number !== undefined) return number;
    numbers.set(key, spots.length);
    return spots.push({ what, path }) - 1;
  }

  async function add(revisions: readonly string[], input = ''): Promise<void> {
    const commits = (await listAncestry(git, revisions, input)).filter(({ commit }) => !entered.has(commit));
    let next = 0;
    let own: TreeChange[] = [];
    // Each with all of its changes before those of the next are read: of a whole history they are not kept.
    const enterUntil = (commit?: string): void => {
      for (let each = commits[next]; each && each.commit !== commit; each = commits[next]) {
        enter(each, own);
        own = [];
        next += 1;
      }
      if (commit !== undefined && next === commits.length) throw new GitError(DISORDER);
    };
    for await (const changes of changesOf(commits))
      for (const change of changes)
        if (matters(change)) {
          enterUntil(change.commit);
          own.push(change);
        }
    enterUntil();
  }

  function changesOf(commits: readonly Ancestry[]): AsyncIterable<readonly TreeChange[]> | [] {
    if (found.blobs.size === 0 && found.names.size === 0) return [];
    // Names are compared here: one that is a credential must not be seen in a list of processes.
    return listChanges(git, commits, found.names.size === 0 ? [...found.blobs] : undefined);
  }

  const matters = ({ before = '', after = '', path }: TreeChange): boolean =>
    found.blobs.has(before) || found.blobs.has(after) || namesIn(path).length > 0;

  const namesIn = (path: RawPath): RawPath[] =>
    found.names.size === 0 ? [] : path.split('/').filter((name) => found.names.has(name));

  function enter({ commit, parents }: Ancestry, changes: readonly TreeChange[]): void {
    const befores = parents.map(known);
    const [first = UNKNOWN] = befores;
    const present = changes.length === 0 ? first.present : changed(first.present, changes);
    const own = turnsAt({ commit, parents }, present, befores);
    let reached = present;
    for (const before of befores) reached = sets.union(reached, before.reached);
    let turned = own.length === 0 ? 0 : sets.of(own.map((turn) => turns.push(turn) - 1));
    for (const before of befores) turned = sets.union(turned, before.turned);
    if (found.messages.has(commit)) reached = sets.union(reached, sets.of([numberOf(commit, '')]));
    entered.set(commit, { present, reached, turned, parents: reached === 0 ? NONE : parents });
  }

  /** What one parent of a merge has already, or has taken away, is not the merge's doing. */
  function turnsAt({ commit, parents }: Ancestry, now: SetId, befores: readonly Entered[]): Turn[] {
    const nth = entered.size;
    const turn = (kind: Turn['kind'], spot: number, isOld = false): Turn => ({
      ...{ kind, commit, nth, spot, isOld },
      isRoot: parents.length === 0,
    });
    const isOld = (spot: number): boolean =>
      befores.some(({ present, reached }) => !sets.has(present, spot) && sets.has(reached, spot));
    const message = found.messages.has(commit) ? [turn('introduced', numberOf(commit, ''))] : [];
    if (befores.every(({ present }) => present === now) && (parents.length > 0 || now === 0)) return message;
    const gone = new Set(befores.flatMap(({ present }) => sets.members(present)));
    for (const spot of sets.members(now)) gone.delete(spot);
    return [
      ...message,
      ...sets
        .members(now)
        .filter((spot) => !befores.some(({ present }) => sets.has(present, spot)))
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
    has: (commit) => entered.has(commit),
    parentsOf: (commit) => known(commit).parents,
    turnsUpTo: (commit) => sets.all(known(commit).turned),
    at: (commit) => {
      const own = found.messages.has(commit) ? sets.of([numberOf(commit, '')]) : 0;
      return sets.all(sets.union(known(commit).present, own));
    },
    upTo: (commit) => sets.all(known(commit).reached),
    add,
  };
}

const NONE: readonly string[] = [];
const UNKNOWN: Entered = { present: 0, reached: 0, turned: 0, parents: NONE };
const DISORDER = 'git diff-tree does not tell of commits in the order they were given';
