// A credential as detect/ holds it before redaction. Nothing of this type may leave this folder.

import type { Confidence, Severity } from '../model.ts';
import type { Rule } from '../rules/rule.ts';
import { firstNotBelow } from './ascending.ts';
import type { View } from './view.ts';

export interface Candidate {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The part that everyone may see; a prefix of the secret. */
  readonly publicPrefix: string;
  readonly secret: string;
  /** Nothing secret at all: the public name that is the finding, printed as it is. */
  readonly isName: boolean;
  /** `[start, end)` in the original bytes. */
  readonly start: number;
  readonly end: number;
  readonly via: readonly string[];
  /** Both halves have the same length, or the rule knows the length: nothing was cut off. */
  readonly whole: boolean;
  /** How much of the shape is spelled out by the rule: the more, the more specific. */
  readonly specificity: number;
}

/** Makes a candidate of `[start, end)` in a view. */
export function candidateIn(
  view: View,
  [start, end]: readonly [number, number],
  of: Pick<Candidate, 'rule' | 'confidence' | 'publicPrefix' | 'specificity'> & {
    readonly severity?: Severity;
    readonly whole?: boolean;
    readonly isName?: boolean;
  },
): Candidate {
  const first = view.start(start);
  const last = view.end(end - 1);
  // Field by field, here and for a span: to spread an object takes V8 as long as all else of a candidate.
  const {
    rule,
    severity = rule.severity,
    confidence,
    publicPrefix,
    specificity,
    whole = true,
    isName = false,
  } = of;
  return {
    rule,
    severity,
    confidence,
    publicPrefix,
    specificity,
    whole,
    isName,
    secret: view.bytes.toString('latin1', start, end),
    // Reversed text runs from its end to its start.
    start: Math.min(first, view.start(end - 1)),
    end: Math.max(last, view.end(start)),
    via: view.viaOf(start, end),
  };
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 2, likely: 1, possible: 0 };

/** Negative when `a` says more than `b` about the bytes both cover; of those that say as much the first has it. */
function compare(a: Candidate, b: Candidate): number {
  return (
    RANK[b.confidence] - RANK[a.confidence] ||
    Number(b.whole) - Number(a.whole) ||
    b.specificity - a.specificity ||
    b.end - b.start - (a.end - a.start) ||
    a.via.length - b.via.length
  );
}

/** One candidate per span, the one that says most; in order of position. */
export function resolveOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const cluster of clusters([...candidates].sort((a, b) => a.start - b.start))) {
    // In order of position, which is that of their ends, as none overlaps another.
    const inCluster: Candidate[] = [];
    const ends: number[] = [];
    for (const candidate of cluster.sort(compare)) {
      const next = firstNotBelow(ends, candidate.start + 1);
      const other = inCluster[next];
      if (other && other.start < candidate.end) continue;
      inCluster.splice(next, 0, candidate);
      ends.splice(next, 0, candidate.end);
    }
    kept.push(...inCluster);
  }
  return kept;
}

/** Runs of candidates of which each overlaps one before it. */
function* clusters(byStart: readonly Candidate[]): Iterable<Candidate[]> {
  let cluster: Candidate[] = [];
  let end = 0;
  for (const candidate of byStart) {
    if (cluster.length > 0 && candidate.start >= end) {
      yield cluster;
      cluster = [];
    }
    cluster.push(candidate);
    end = Math.max(end, candidate.end);
  }
  if (cluster.length > 0) yield cluster;
}
