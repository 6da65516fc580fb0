// One story of a credential from those that parts of a run, or runs over several repositories, could tell.

import type { Evidence, Exposure, Holder, KnownHolder, Move } from '../model.ts';
import { conclude } from '../story/conclude.ts';
import { compareHolders, compareMoves, inOrder } from './order.ts';

/** `known`: at least one. Each part knows only the objects it has looked at: a file that was changed has left one and come in another. */
export function joinExposures(known: readonly [Exposure, ...Exposure[]]): Exposure {
  const [first] = known;
  const evidence = known.flatMap((each) => each.evidence ?? []);
  if (evidence.length === known.length) return conclude(joinEvidence(evidence));
  if (known.length === 1) return first;
  const all = inOrder(
    known.flatMap(({ moves }) => moves),
    compareMoves,
  );
  const moves = withoutChanges(all);
  const refs = joinedHolders(known.flatMap(({ refs }) => refs));
  const days = known.flatMap(({ days }) => days ?? []);
  const { verdict, steps } = known.reduce((gravest, each) =>
    URGENCY[each.verdict] > URGENCY[gravest.verdict] ? each : gravest,
  );
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

const URGENCY: Readonly<Record<Exposure['verdict'], number>> = { local: 0, unknown: 1, pushed: 2 };

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

/** Of parts of one run, at least one. */
function joinEvidence(parts: readonly Evidence[]): Evidence {
  return {
    moves: parts.flatMap(({ moves }) => moves),
    holders: newest(parts.flatMap(({ holders }) => holders)),
    isCompared: parts.some(({ isCompared }) => isCompared),
    inIndex: parts.some(({ inIndex }) => inIndex),
    inWorkTree: parts.some(({ inWorkTree }) => inWorkTree),
    day: parts.reduce((latest, part) => (part.day > latest.day ? part : latest)).day,
  };
}

/** Each once, with all that any part knows of it; of the records of a reference, the newest. */
function newest(holders: readonly KnownHolder[]): KnownHolder[] {
  const known = new Map<string, KnownHolder>();
  for (const holder of holders) {
    const { name, kind, at, brought } = holder;
    const of = kind === 'reflog' ? name.slice(0, name.lastIndexOf('@')) : `${kind} ${name}`;
    const other = known.get(of);
    if (!other || ageOf(name) < ageOf(other.name)) known.set(of, holder);
    else if (name === other.name)
      known.set(of, {
        ...other,
        at: at === 'tip' ? at : other.at,
        brought: [...new Set([...other.brought, ...brought])],
      });
  }
  return [...known.values()];
}

/** `HEAD@{3}` is the third before the last. */
const ageOf = (name: string): number => Number(/@\{(\d+)\}$/.exec(name)?.[1] ?? 0);
