// The story of one credential as it is drawn: what happened when, how long it stood in files, where it still is.

import type { Exposure, Finding, Move } from '../../../model.ts';
import { FILES_OF, holdersOf } from '../../holders.ts';
import { shortId } from '../../origin-words.ts';

export interface Lane {
  readonly finding: Finding;
  readonly exposure: Exposure;
  /** In order of time. */
  readonly events: readonly Event[];
  /** When it stood in files, in order of time. */
  readonly spans: readonly Span[];
  /** A branch has it at its tip, or the index or the work tree has it. */
  readonly isInFiles: boolean;
  /** What still has it, in words, what is worked with first: `main`, `work tree`, `tag v1.0`. */
  readonly holders: readonly string[];
}

/** Moments are milliseconds since 1970. */
export interface Event {
  readonly kind: 'introduced' | 'moved' | 'removed';
  readonly moment: number;
  /** `in src/a.ts, commit 0123456789ab` */
  readonly words: string;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** `undefined`: nothing is known of its history. */
export function laneOf(finding: Finding, now: number): Lane | undefined {
  const { exposure } = finding;
  if (exposure === undefined) return undefined;
  const moves = exposure.moves.filter(({ date }) => !Number.isNaN(Date.parse(date)));
  const { inIndex, inWorkTree, refs } = exposure;
  const isInFiles =
    inIndex || inWorkTree || refs.some(({ kind, at }) => at === 'tip' && FILES_OF.includes(kind));
  return {
    finding,
    exposure,
    events: eventsOf(moves),
    spans: spansOf(moves, isInFiles ? now : undefined),
    isInFiles,
    holders: holdersOf(exposure),
  };
}

/** What one commit takes from one path and brings to another has moved. */
function eventsOf(moves: readonly Move[]): Event[] {
  const byCommit = new Map<string, Move[]>();
  for (const move of moves) {
    const same = byCommit.get(move.commit);
    if (same) same.push(move);
    else byCommit.set(move.commit, [move]);
  }
  const events = [...byCommit.values()].flatMap((same): Event[] => {
    const { commit = '', date = '' } = same[0] ?? {};
    const paths = (of: Move['kind']): string[] =>
      same.flatMap(({ kind, path }) => (kind === of ? [path] : []));
    const [into, from] = [paths('introduced'), paths('removed')];
    const event = (kind: Event['kind'], words: string): Event => ({
      kind,
      moment: Date.parse(date),
      words: `${words}, commit ${shortId(commit)}`,
    });
    if (into.length > 0 && from.length > 0)
      return [event('moved', `from ${from.join(', ')} to ${into.join(', ')}`)];
    return into.length > 0
      ? [event('introduced', `in ${into.join(', ')}`)]
      : [event('removed', `from ${from.join(', ')}`)];
  });
  return events.sort((a, b) => a.moment - b.moment);
}

/** Whenever any path had it. Without `now` what nobody took away has ended with the last commit that is known of it. */
function spansOf(moves: readonly Move[], now: number | undefined): Span[] {
  const inOrder = moves
    .map(({ kind, path, date }) => ({ kind, path, moment: Date.parse(date) }))
    // Both at once is a move: there is no gap between.
    .sort((a, b) => a.moment - b.moment || (a.kind < b.kind ? -1 : 1));
  const holding = new Set<string>();
  const spans: Span[] = [];
  let since = 0;
  for (const { kind, path, moment } of inOrder) {
    const was = holding.size;
    if (kind === 'introduced') holding.add(path);
    else holding.delete(path);
    if (was === 0 && holding.size > 0) since = moment;
    if (was > 0 && holding.size === 0) spans.push({ from: since, to: moment });
  }
  const last = spans.at(-1);
  // Taken away on one branch and still in the files of another.
  if (holding.size === 0 && now !== undefined && last) spans.splice(-1, 1, { ...last, to: now });
  const end = now ?? inOrder.at(-1)?.moment;
  if (holding.size > 0 && end !== undefined) spans.push({ from: since, to: Math.max(since, end) });
  return spans;
}
