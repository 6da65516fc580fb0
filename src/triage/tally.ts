// From hits to the two lists of a report: findings, one per credential, and what is ignored.

import type {
  Confidence,
  Detection,
  Detector,
  Finding,
  Ignored,
  Occurrence,
  Origin,
  Severity,
  Verdict,
} from '../model.ts';

/** A detection at one place, judged. */
export interface Hit {
  readonly detection: Detection;
  readonly origin: Origin;
  /** As the report shows it. */
  readonly path: string;
  readonly verdict: Verdict | undefined;
}

export const RANK: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };
const WEIGHT: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/** One finding per fingerprint, ordered by where it first stands. */
export function findingsOf(hits: readonly Hit[], detector: Detector): Finding[] {
  const byCredential = new Map<string, Hit[]>();
  for (const hit of hits.filter(({ verdict }) => verdict === undefined)) {
    const same = byCredential.get(hit.detection.fingerprint);
    if (same) same.push(hit);
    else byCredential.set(hit.detection.fingerprint, [hit]);
  }
  return [...byCredential.values()]
    .map((same) => findingOf(same, detector))
    .sort(
      (a, b) =>
        comparePlaces(a.occurrences[0], b.occurrences[0]) ||
        compare(a.ruleId, b.ruleId) ||
        compare(a.fingerprint, b.fingerprint),
    );
}

/** The rule that is surest, then the one that weighs most, speaks for the credential. */
function findingOf(same: readonly Hit[], detector: Detector): Finding {
  const [best] = same
    .map(({ detection }) => detection)
    .sort(
      (a, b) =>
        RANK[b.confidence] - RANK[a.confidence] ||
        WEIGHT[b.severity] - WEIGHT[a.severity] ||
        compare(a.ruleId, b.ruleId),
    );
  if (best === undefined) throw new Error('a finding without a hit');
  const { ruleId, severity, confidence, fingerprint, preview } = best;
  const { title, advice } = detector.describe(ruleId);
  const occurrences = same
    .map(({ detection: { span, decoded }, path, origin }): Occurrence => ({ path, ...span, decoded, origin }))
    .sort(comparePlaces);
  return {
    ruleId,
    title,
    severity,
    confidence,
    fingerprint,
    preview,
    advice: advice.join(' '),
    occurrences: withoutRepeats(occurrences),
  };
}

/** Ordered by path, line and rule. */
export function ignoredOf(hits: readonly Hit[]): Ignored[] {
  const ignored = hits.flatMap(({ detection, path, verdict }): Ignored[] => {
    const { ruleId, fingerprint, preview, span } = detection;
    return verdict ? [{ ruleId, fingerprint, preview, path, line: span.line, ...verdict }] : [];
  });
  return withoutRepeats(
    ignored.sort(
      (a, b) =>
        compare(a.path, b.path) ||
        a.line - b.line ||
        compare(a.ruleId, b.ruleId) ||
        compare(a.fingerprint, b.fingerprint),
    ),
  );
}

type Placed = Pick<Occurrence, 'path' | 'line' | 'column' | 'endLine' | 'endColumn'>;

function comparePlaces(a: Placed | undefined, b: Placed | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return (
    compare(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}

/** By code units, never by locale: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of sorted entries that say the same, one; two rules may have found the same span. */
function withoutRepeats<T>(sorted: readonly T[]): T[] {
  const seen = new Set<string>();
  return sorted.filter((entry) => {
    const text = JSON.stringify(entry);
    return !seen.has(text) && seen.add(text);
  });
}
