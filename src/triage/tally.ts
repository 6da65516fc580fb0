// From hits to the two lists of a report: findings, one per credential, and what is ignored.

import type {
  Detection,
  Detector,
  Exposure,
  Finding,
  Ignored,
  Occurrence,
  Origin,
  OriginKind,
  Verdict,
} from '../model.ts';
import { compareFindings, compareIgnored, compareOccurrences, compareWeight, inOrder } from './order.ts';

/** A detection at one place, judged. */
export interface Judged {
  readonly detection: Detection;
  readonly origin: Origin;
  /** As the report shows it. */
  readonly path: string;
  readonly verdict: Verdict | undefined;
}

/** One finding per fingerprint, ordered by where it first stands. */
export function findingsOf(
  hits: readonly Judged[],
  detector: Detector,
  exposures: ReadonlyMap<string, Exposure> = new Map(),
): Finding[] {
  const byCredential = new Map<string, Judged[]>();
  for (const hit of hits) {
    if (hit.verdict !== undefined) continue;
    const same = byCredential.get(hit.detection.fingerprint);
    if (same) same.push(hit);
    else byCredential.set(hit.detection.fingerprint, [hit]);
  }
  return [...byCredential]
    .map(([fingerprint, same]) => {
      const exposure = exposures.get(fingerprint);
      return { ...findingOf(same, detector), ...(exposure && { exposure }) };
    })
    .sort(compareFindings);
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
    // Two rules may have found one span.
    occurrences: inOrder(occurrences, compareOccurrences),
  };
}

/** A message or a name has no line that GitHub could know. */
const LINES_OF_FILES: ReadonlySet<OriginKind> = new Set<OriginKind>(['index', 'file', 'commit']);

/** Ordered by where they stand. */
export function ignoredOf(hits: readonly Judged[]): Ignored[] {
  const ignored = hits.flatMap(({ detection, path, verdict }): Ignored[] => {
    const { ruleId, fingerprint, preview, span } = detection;
    return verdict ? [{ ruleId, fingerprint, preview, path, line: span.line, ...verdict }] : [];
  });
  return inOrder(ignored, compareIgnored);
}
