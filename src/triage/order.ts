// The order in which a report lists things. It depends only on what the report says, so that neither the order in which
// things were read shows, nor whether one run looked at all of them or several at parts.

import type { Confidence, Finding, Holder, Ignored, Move, Occurrence, Severity } from '../model.ts';

/** Sorted; of entries that say the same, one. */
export function inOrder<T>(entries: readonly T[], compare: (a: T, b: T) => number): T[] {
  const seen = new Set<string>();
  return entries
    .map((entry) => ({ entry, text: JSON.stringify(entry) }))
    .sort((a, b) => compare(a.entry, b.entry) || compareText(a.text, b.text))
    .flatMap(({ entry, text }) => {
      if (seen.has(text)) return [];
      seen.add(text);
      return [entry];
    });
}

/** By path, line, column, then what made it appear there. */
export function compareOccurrences(a: Occurrence, b: Occurrence): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn ||
    compareText(a.origin.commit ?? '', b.origin.commit ?? '')
  );
}

/** By where they first stand, then by rule. */
export function compareFindings(a: Finding, b: Finding): number {
  const [[one], [other]] = [a.occurrences, b.occurrences];
  return (
    (one && other
      ? compareText(one.path, other.path) || one.line - other.line || one.column - other.column
      : 0) ||
    compareText(a.ruleId, b.ruleId) ||
    (one && other ? compareOccurrences(one, other) : 0) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** By path, line and rule. */
export function compareIgnored(a: Ignored, b: Ignored): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

export function compareLeftOut(
  a: { readonly path: string; readonly reason: string },
  b: { readonly path: string; readonly reason: string },
): number {
  return compareText(a.path, b.path) || compareText(a.reason, b.reason);
}

/** By date, what brings before what takes away; those without a date first. */
export function compareMoves(a: Move, b: Move): number {
  return (
    (Date.parse(a.date) || 0) - (Date.parse(b.date) || 0) ||
    compareText(a.kind, b.kind) ||
    compareText(a.commit, b.commit) ||
    compareText(a.path, b.path)
  );
}

/** By name. */
export function compareHolders(a: Holder, b: Holder): number {
  return compareText(a.name, b.name);
}

export const RANK: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };
const WEIGHT: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/** Which rule speaks for a credential that several claim: the surest, then the gravest, then the first by name. */
export function compareWeight(a: Claim, b: Claim): number {
  return (
    RANK[b.confidence] - RANK[a.confidence] ||
    WEIGHT[b.severity] - WEIGHT[a.severity] ||
    compareText(a.ruleId, b.ruleId)
  );
}

type Claim = Pick<Finding, 'confidence' | 'severity' | 'ruleId'>;

/** By code units, never by locale: the same everywhere. */
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
