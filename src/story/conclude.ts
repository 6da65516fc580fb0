// What one credential's story comes to: since when, what holds it, whether a remote has it. Pure.

import type { Evidence, Exposure, Holder, KnownHolder, KnownMove, Move } from '../model.ts';
import { stepsFor } from './steps.ts';

/**
 * Names and paths are text that may be printed: commands are made of them. `told`: what was told of holders before, by what is
 * known of them; what is the same for many credentials is kept once.
 */
export function conclude(evidence: Evidence, told = new Map<KnownHolder, Holder>()): Exposure {
  const { isCompared, inIndex, inWorkTree, day } = evidence;
  const moves = withoutChanges(evidence.moves);
  const holders = [...evidence.holders].sort((one, other) => compareText(one.name, other.name));
  const refs = holdersOf(holders, told);
  const remoteNames = new Set(holders.flatMap(({ name, isRemote }) => (isRemote ? name : [])));
  const remotes = refs.flatMap(({ name }) => (remoteNames.has(name) ? name : []));
  const kept = [...moves].sort((one, other) => Number(other.isKept) - Number(one.isKept));
  const introduced = kept.find(({ kind }) => kind === 'introduced');
  const isHeld = inIndex || refs.some(({ at, kind }) => at === 'tip' && kind !== 'reflog');
  const removals = moves.filter(({ kind }) => kind === 'removed');
  const removed = isHeld ? undefined : (removals.findLast(({ isKept }) => isKept) ?? removals.at(-1));
  const isReachable = inIndex || refs.length > 0;
  const isNever = isReachable && introduced === undefined && refs.every(({ kind }) => kind === 'index');
  const isLocal = isNever || (isCompared && refs.length > 0 && refs.every(({ kind }) => TRACED.has(kind)));
  const verdict = remotes.length > 0 ? 'pushed' : isLocal ? 'local' : 'unknown';
  const facts = { refs, remotes, isReachable, inIndex, inWorkTree, verdict } as const;
  return {
    introduced: introduced ? moveOf(introduced) : null,
    removed: removed ? moveOf(removed) : null,
    moves: moves.slice(0, MOST_MOVES).map(moveOf),
    ...facts,
    days: introduced ? daysBetween(introduced.date, day) : null,
    steps: stepsFor({ ...facts, isCompared, moves, holders }),
  };
}

const MOST_MOVES = 1000;

/** Pushing any of these leaves a remote-tracking reference; a tag, a note or anything else goes without a trace. */
const TRACED: ReadonlySet<Holder['kind']> = new Set(['branch', 'head', 'stash', 'reflog', 'index']);

const moveOf = ({ kind, commit, author, date, path }: KnownMove): Move => ({
  kind,
  commit,
  author,
  date,
  path,
});

/** In the order of the history. What one commit takes from a path and brings to the same has stayed: the file was changed. */
function withoutChanges(moves: readonly KnownMove[]): KnownMove[] {
  const keyOf = ({ commit, path }: Move): string => `${commit}:${path}`;
  const kinds = new Map<string, Move['kind'] | undefined>();
  const seen = new Set<string>();
  for (const move of moves) {
    const key = keyOf(move);
    kinds.set(key, kinds.has(key) && kinds.get(key) !== move.kind ? undefined : move.kind);
  }
  return [...moves]
    .sort(
      (one, other) =>
        one.nth - other.nth || compareText(one.kind, other.kind) || compareText(one.path, other.path),
    )
    .filter((move) => {
      if (move.isOld) return false;
      const key = keyOf(move);
      return kinds.get(key) !== undefined && !seen.has(key) && seen.add(key);
    });
}

/** A record of a reference is told only where the reference itself has it no longer. */
function holdersOf(holders: readonly KnownHolder[], told: Map<KnownHolder, Holder>): Holder[] {
  const named = new Set(holders.flatMap(({ name, kind }) => (kind === 'reflog' ? [] : name)));
  return holders.flatMap((known): Holder[] => {
    const { name, kind, at } = known;
    if (kind === 'branch head') return [];
    if (kind === 'reflog' && named.has(name.slice(0, name.lastIndexOf('@')))) return [];
    const holder = told.get(known) ?? { name, kind, at };
    told.set(known, holder);
    return [holder];
  });
}

/** Both UTC; `null` when the first is no date. */
function daysBetween(date: string, day: string): number | null {
  const time = Date.parse(date);
  if (Number.isNaN(time)) return null;
  return Math.max(0, Math.floor(Date.parse(day) / DAY) - Math.floor(time / DAY));
}

const DAY = 86_400_000;
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
