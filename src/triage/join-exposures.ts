// One story of a credential from those that parts of a run could tell.

import type { Exposure, Holder, Move } from '../model.ts';
import { compareHolders, compareMoves, inOrder } from './order.ts';

/** `known`: at least one. Each part knows only the objects it has looked at: a file that was changed has left one and come in another. */
export function joinExposures(known: readonly [Exposure, ...Exposure[]]): Exposure {
  const [first] = known;
  if (known.length === 1) return first;
  const all = inOrder(
    known.flatMap(({ moves }) => moves),
    compareMoves,
  );
  const moves = withoutChanges(all);
  const refs = joinedHolders(known.flatMap(({ refs }) => refs));
  const days = known.flatMap(({ days }) => days ?? []);
  const gravest = URGENCY.flatMap((verdict) => known.find((each) => each.verdict === verdict) ?? []);
  const { verdict, steps } = gravest[0] ?? first;
  return {
    introduced: moves.find(({ kind }) => kind === 'introduced') ?? null,
    removed: refs.some(({ at }) => at === 'tip')
      ? null
      : (moves.findLast(({ kind }) => kind === 'removed') ?? null),
    moves,
    refs,
    remotes: [...new Set(known.flatMap(({ remotes }) => remotes))].sort(),
    isReachable: known.some(({ isReachable }) => isReachable),
    inIndex: known.some(({ inIndex }) => inIndex),
    inWorkTree: known.some(({ inWorkTree }) => inWorkTree),
    days: days.length === 0 ? null : Math.max(...days),
    verdict,
    steps,
  };
}

const URGENCY: readonly Exposure['verdict'][] = ['pushed', 'unknown', 'local'];

/** What one commit takes from a path and brings to the same has stayed: the file around it has changed. */
function withoutChanges(moves: readonly Move[]): Move[] {
  const kinds = new Map<string, Set<Move['kind']>>();
  const keyOf = ({ commit, path }: Move): string => `${commit}:${path}`;
  for (const move of moves) kinds.set(keyOf(move), (kinds.get(keyOf(move)) ?? new Set()).add(move.kind));
  return moves.filter((move) => kinds.get(keyOf(move))?.size === 1);
}

/** What has it at its tip in one part has it, whatever its past has in another. */
function joinedHolders(holders: readonly Holder[]): Holder[] {
  const tips = new Set(holders.flatMap(({ name, at }) => (at === 'tip' ? [name] : [])));
  return inOrder(
    holders.map((holder): Holder => (tips.has(holder.name) ? { ...holder, at: 'tip' } : holder)),
    compareHolders,
  );
}
