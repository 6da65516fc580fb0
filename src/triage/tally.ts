// From hits to the two lists of a report: findings, one per credential, and what is ignored.

import type {
  Confidence,
  Detection,
  Detector,
  Finding,
  Ignored,
  Occurrence,
  Origin,
  OriginKind,
  Severity,
  Verdict,
} from '../model.ts';

/** A detection at one place, judged. */
export interface Judged {
  readonly detection: Detection;
  readonly origin: Origin;
  /** As the report shows it. */
  readonly path: string;
  readonly verdict: Verdict | undefined;
}

export const RANK: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };
const WEIGHT: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

/** One finding per fingerprint, ordered by where it first stands. */
export function findingsOf(hits: readonly Judged[], detector: Detector): Finding[] {
  const byCredential = new Map<string, Judged[]>();
  for (const hit of hits.filter(({ verdict }) => verdict === undefined).sort(compareHits)) {
    const same = byCredential.get(hit.detection.fingerprint);
    if (same) same.push(hit);
    else byCredential.set(hit.detection.fingerprint, [hit]);
  }
  return [...byCredential.values()].map((same) => findingOf(same, detector));
}

function findingOf(same: readonly Judged[], detector: Detector): Finding {
  const { ruleId, severity, confidence, fingerprint, preview } = same
    .map(({ detection }) => detection)
    .reduce((best, other) => (compareWeight(other, best) < 0 ? other : best));
  const { title, advice } = detector.describe(ruleId);
  const occurrences = same.map(
    ({ detection: { span, decoded, lineHash }, path, origin }): Occurrence => ({
      path,
      ...span,
      decoded,
      origin,
      ...(lineHash !== undefined && LINES_OF_FILES.has(origin.kind) ? { lineHash } : {}),
    }),
  );
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

/** A message or a name has no line that GitHub could know. */
const LINES_OF_FILES: ReadonlySet<OriginKind> = new Set<OriginKind>(['index', 'file', 'commit']);

/** Ordered by where they stand. */
export function ignoredOf(hits: readonly Judged[]): Ignored[] {
  const ignored = [...hits].sort(compareHits).flatMap(({ detection, path, verdict }): Ignored[] => {
    const { ruleId, fingerprint, preview, span } = detection;
    return verdict ? [{ ruleId, fingerprint, preview, path, line: span.line, ...verdict }] : [];
  });
  return withoutRepeats(ignored);
}

/** By path, line, column, rule and commit; complete, so that the order in which things were read does not show. */
function compareHits(a: Judged, b: Judged): number {
  const [one, other] = [a.detection, b.detection];
  return (
    compare(a.path, b.path) ||
    one.span.line - other.span.line ||
    one.span.column - other.span.column ||
    compare(one.ruleId, other.ruleId) ||
    one.span.endLine - other.span.endLine ||
    one.span.endColumn - other.span.endColumn ||
    compare(one.fingerprint, other.fingerprint) ||
    compare(a.origin.commit ?? '', b.origin.commit ?? '')
  );
}

/** Which rule speaks for a credential that several claim: the surest, then the gravest, then the first by name. */
function compareWeight(a: Detection, b: Detection): number {
  return (
    RANK[b.confidence] - RANK[a.confidence] ||
    WEIGHT[b.severity] - WEIGHT[a.severity] ||
    compare(a.ruleId, b.ruleId)
  );
}

/** By code units, never by locale: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Of entries that say the same, the first: two rules may have found one span. */
function withoutRepeats<T>(entries: readonly T[]): T[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const text = JSON.stringify(entry);
    return !seen.has(text) && seen.add(text);
  });
}
