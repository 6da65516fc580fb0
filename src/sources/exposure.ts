// What one credential's story comes to: since when, what holds it, whether a remote has it. Pure.

import type { Tip } from '../git/holders.ts';
import type { Exposure, Hit, Holder, Move, RawPath } from '../model.ts';
import type { Presence } from './presence.ts';
import { stepsFor } from './steps.ts';

/** What a tip holds: spots, and objects that are no file of a commit. */
export interface Kept {
  readonly tip: Tip;
  readonly at: ReadonlySet<number>;
  readonly upTo: ReadonlySet<number>;
  readonly objects: ReadonlySet<string>;
}

export interface Credential {
  readonly own: readonly Hit[];
  readonly spots: ReadonlySet<number>;
  readonly inIndex: boolean;
  readonly inWorkTree: boolean;
  readonly now: Date;
}

export interface Known {
  readonly presence: Presence;
  /** Of this credential, parents before children. */
  readonly moves: readonly Move[];
  readonly kept: readonly Kept[];
  /** Where remotes' references are kept: `refs/remotes/origin/`. */
  readonly tracking: readonly RawPath[];
}

export function exposureOf(
  { own, spots, inIndex, inWorkTree, now }: Credential,
  { moves, kept, tracking }: Known,
): Exposure {
  const refs = holdersOf(own, spots, kept);
  const isRemote = (name: RawPath): boolean =>
    name.startsWith('refs/remotes/') || tracking.some((prefix) => name.startsWith(prefix));
  const remotes = refs.flatMap(({ name }) => (isRemote(name) ? name : []));
  const isCompared = kept.some(({ tip }) => isRemote(tip.name));
  const dated = [...moves].sort((one, other) => timeOf(one) - timeOf(other));
  const introduced = dated.find(({ kind }) => kind === 'introduced') ?? null;
  const isHeld = inIndex || refs.some(({ at, kind }) => at === 'tip' && kind !== 'reflog');
  const removed = isHeld ? null : (dated.findLast(({ kind }) => kind === 'removed') ?? null);
  const isReachable = inIndex || refs.length > 0;
  // A tag goes to remotes without a trace, and what nothing leads to may have been anywhere.
  const isTraced = refs.some(({ kind }) => kind !== 'tag') || (inIndex && refs.length === 0);
  const isNever = refs.length === 0 && introduced === null && inIndex;
  const verdict = remotes.length > 0 ? 'pushed' : isNever || (isCompared && isTraced) ? 'local' : 'unknown';
  const facts = { introduced, removed, refs, remotes, isReachable, inIndex, inWorkTree, verdict } as const;
  return {
    ...facts,
    moves: dated.slice(0, MOST_MOVES),
    days: introduced ? daysSince(introduced, now) : null,
    steps: stepsFor(facts, isCompared),
  };
}

const MOST_MOVES = 1000;

const timeOf = ({ date }: Move): number => Date.parse(date) || 0;

function daysSince({ date }: Move, now: Date): number | null {
  const time = Date.parse(date);
  return Number.isNaN(time) ? null : Math.max(0, Math.floor((now.getTime() - time) / DAY));
}

const DAY = 86_400_000;

/** A record of a reference is told only where the reference itself has it no longer, and then the newest alone. */
function holdersOf(own: readonly Hit[], spots: ReadonlySet<number>, kept: readonly Kept[]): Holder[] {
  const objects = new Set(own.flatMap(({ place }) => place.object ?? []));
  const names = new Set(own.flatMap(({ place }) => (place.object === undefined ? place.path : [])));
  const some = (one: ReadonlySet<number>): boolean => [...spots].some((spot) => one.has(spot));
  const told = new Set<RawPath>();
  return kept
    .flatMap(({ tip, at, upTo, objects: held }): Holder[] => {
      const isTip = some(at) || [...objects].some((oid) => held.has(oid)) || names.has(tip.name);
      if (!isTip && !some(upTo)) return [];
      const of = tip.kind === 'record' ? tip.name.slice(0, tip.name.lastIndexOf('@')) : tip.name;
      // Each stash but the last is only in the records of refs/stash.
      if (tip.kind === 'record' && of !== 'refs/stash' && told.has(of)) return [];
      if (tip.name === 'refs/stash@{0}') return [];
      told.add(of);
      if (tip.kind === 'branch head') return [];
      return [{ name: tip.name, kind: kindOf(tip), at: isTip ? 'tip' : 'past' }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
}

function kindOf({ name, kind }: Tip): Holder['kind'] {
  if (name.startsWith('refs/stash')) return 'stash';
  if (kind === 'record') return 'reflog';
  if (kind === 'head') return 'head';
  return KINDS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'other';
}

const KINDS = [
  ['refs/heads/', 'branch'],
  ['refs/remotes/', 'remote'],
  ['refs/tags/', 'tag'],
  ['refs/notes/', 'note'],
] as const;
