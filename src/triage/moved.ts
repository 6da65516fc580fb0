// A report whose files are called otherwise.

import type { Report } from '../model.ts';

/** The same report with `move` of every path; what tells the story of a credential (`exposure`) is left as it is. */
export function withPaths<R extends Report>(report: R, move: (path: string) => string): R {
  const moved = <T extends { readonly path: string }>(entry: T): T => ({ ...entry, path: move(entry.path) });
  const { coverage, findings, ignored, notices } = report;
  return {
    ...report,
    coverage: {
      ...coverage,
      skipped: coverage.skipped.map(moved),
      problems: coverage.problems.map(moved),
    },
    findings: findings.map((finding) => ({ ...finding, occurrences: finding.occurrences.map(moved) })),
    ignored: ignored.map(moved),
    notices: notices.map(moved),
  };
}
