// What leads to the spots where something was found, and so keeps it: references, their records, heads, other indexes.

import { type IndexEntry, listOtherIndexes, type Tip } from '../git/holders.ts';
import { askGit, type Git } from '../git/process.ts';
import { listTree } from '../git/tree-list.ts';
import type { Hit, KnownHolder, RawPath } from '../model.ts';
import type { Presence } from './presence.ts';
import type { Members } from './sets.ts';

/** What leads to something, and what it holds: spots, and objects that are no file of a commit. */
export interface Kept extends Pick<Tip, 'name' | 'oid'> {
  readonly kind: Tip['kind'] | 'index';
  readonly branch: Tip['branch'] | undefined;
  readonly at: Members;
  readonly upTo: Members;
  readonly objects: ReadonlySet<string>;
  /** Of an index. */
  readonly entries?: readonly IndexEntry[];
}

/** For each tip what it has, and what its past has; `blobs`: object ids that matter. Throws GitError. */
export async function keptBy(
  git: Git,
  tips: readonly Tip[],
  presence: Presence,
  blobs: ReadonlySet<string>,
): Promise<Kept[]> {
  const kept: Kept[] = [];
  const nothing: ReadonlySet<number> = new Set();
  const noObjects: ReadonlySet<string> = new Set();
  // Written out: a copy with more in it takes four times the memory, and there may be ten thousands of references.
  const keep = (tip: Tip, at: Members, upTo: Members, objects: readonly string[]): unknown =>
    kept.push({
      name: tip.name,
      kind: tip.kind,
      branch: tip.branch,
      oid: tip.oid,
      at,
      upTo,
      objects: objects.length === 0 ? noObjects : new Set(objects),
    });
  for (const tip of tips) {
    const { oid, tags } = tip;
    if (presence.has(oid)) {
      // A stash keeps the index and untracked files in commits of their own (git-stash(1)), as its further parents.
      const at = presence.at(oid);
      const own = STASH.test(tip.name)
        ? [...presence.upTo(oid)].filter((spot) => !isBefore(presence, oid, spot))
        : [];
      keep(tip, own.length === 0 ? at : new Set([...at, ...own]), presence.upTo(oid), tags);
    } else {
      const within = blobs.has(oid) ? [oid] : blobs.size === 0 ? [] : await contentOf(git, oid);
      keep(tip, nothing, nothing, [...tags, ...within]);
    }
  }
  return kept;
}

const STASH = /^refs\/stash(?:@|$)/;

/** Whether what the stash was made on has it already. */
function isBefore(presence: Presence, oid: string, spot: number): boolean {
  const base = presence.parentsOf(oid)[0];
  return base !== undefined && presence.upTo(base).has(spot);
}

/** A reference may lead to a tree, or to a blob, which has no content of its own. */
async function contentOf(git: Git, oid: string): Promise<readonly string[]> {
  const type = (await askGit(git, ['cat-file', '-t', oid])).toString('latin1').trim();
  return type === 'tree' ? [oid, ...(await listTree(git, oid)).map((file) => file.oid)] : [oid];
}

/** What stands in the index of another work tree, and nowhere else, is held by that. */
export async function otherIndexes(git: Git): Promise<Kept[]> {
  const nothing: ReadonlySet<number> = new Set();
  return [...(await listOtherIndexes(git))].map(([name, entries]) => ({
    ...{ name, kind: 'index', branch: undefined, oid: '', at: nothing, upTo: nothing, entries },
    objects: new Set(entries.map(({ oid }) => oid)),
  }));
}

interface HeldBy {
  readonly kept: readonly Kept[];
  readonly presence: Presence;
  readonly isRemote: (name: RawPath) => boolean;
}

/**
 * Tells what holds a credential, given its hits and spots. Of the records of one reference the newest that has it; of stashes
 * all, as each but the last is a record only. What there is to say of a reference is one object for all credentials: there may
 * be ten thousands of both.
 */
export function holderTeller({
  kept,
  presence,
  isRemote,
}: HeldBy): (own: readonly Hit[], spots: ReadonlySet<number>) => KnownHolder[] {
  const known = { tip: new Map<Kept, KnownHolder>(), past: new Map<Kept, KnownHolder>() };

  function told(tip: Kept, at: KnownHolder['at'], brought: readonly string[]): KnownHolder {
    const { name, oid, branch = '' } = tip;
    const same = brought.length === 0 ? known[at].get(tip) : undefined;
    if (same) return same;
    const holder = { name, oid, branch, brought, kind: kindOf(tip), at, isRemote: isRemote(name) };
    if (brought.length === 0) known[at].set(tip, holder);
    return holder;
  }

  return (own, spots) => {
    const objects = new Set(own.flatMap(({ place }) => place.object ?? []));
    const names = new Set(own.flatMap(({ place }) => (place.object === undefined ? place.path : [])));
    const some = anyOf(spots);
    const turned = bringing(presence, spots);
    const seen = new Set<RawPath>();
    const holders: KnownHolder[] = [];
    for (const tip of kept) {
      const { name, kind, oid, at, upTo, objects: held } = tip;
      const isTip = some(at) || haveOneInCommon(objects, held) || names.has(name);
      if (!isTip && !some(upTo)) continue;
      if (name === 'refs/stash@{0}') continue;
      const of = kind === 'record' ? name.slice(0, name.lastIndexOf('@')) : '';
      if (kind === 'record' && of !== 'refs/stash' && seen.has(of)) continue;
      seen.add(of);
      const isBranch = name.startsWith('refs/heads/') && kind === 'ref';
      const brought =
        isBranch || kind === 'head' || kind === 'branch head' ? broughtTo(presence, oid, turned) : [];
      holders.push(told(tip, isTip ? 'tip' : 'past', brought));
    }
    return holders;
  };
}

/** Many references lead to the same: each set is looked at once. */
function anyOf(spots: ReadonlySet<number>): (held: Members) => boolean {
  const known = new Map<Members, boolean>();
  return (held) => {
    let has = known.get(held);
    if (has === undefined) {
      has = haveOneInCommon(spots, held);
      known.set(held, has);
    }
    return has;
  };
}

/** A credential has fewer spots than a commit with a long past has, and fewer objects than an index. */
function haveOneInCommon<T>(own: ReadonlySet<T>, held: { has(member: T): boolean }): boolean {
  for (const each of own) if (held.has(each)) return true;
  return false;
}

/** The turns that brought a credential, by their numbers. */
const bringing = ({ turns }: Presence, spots: ReadonlySet<number>): number[] =>
  turns.flatMap(({ kind, spot }, at) => (kind === 'introduced' && spots.has(spot) ? at : []));

function broughtTo({ turns, turnsUpTo }: Presence, oid: string, brought: readonly number[]): string[] {
  const past = turnsUpTo(oid);
  return [...new Set(brought.flatMap((at) => (past.has(at) ? (turns[at]?.commit ?? []) : [])))];
}

function kindOf({ name, kind }: Kept): KnownHolder['kind'] {
  if (name.startsWith('refs/stash')) return 'stash';
  if (kind === 'record') return 'reflog';
  if (kind !== 'ref') return kind;
  return KINDS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'other';
}

const KINDS = [
  ['refs/heads/', 'branch'],
  ['refs/remotes/', 'remote'],
  ['refs/tags/', 'tag'],
  ['refs/notes/', 'note'],
] as const;
