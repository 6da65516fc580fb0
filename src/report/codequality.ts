// GitLab's code quality report: one entry for each place, so that every line of a merge request has its own.

import { createHash } from 'node:crypto';
import type { Report, Severity } from '../model.ts';
import type { ReportContext } from './context.ts';
import { display, displayJson } from './display.ts';
import { counts } from './order.ts';

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

export function renderCodequality({ findings }: Report, { failOn }: ReportContext): string {
  const entries = findings.flatMap((finding) => {
    const { ruleId, title, severity, confidence, preview, fingerprint, occurrences } = finding;
    const before = new Map<string, number>();
    return occurrences.map(({ path, line }) => {
      const nth = (before.get(path) ?? 0) + 1;
      before.set(path, nth);
      return {
        description: `${display(title)} ${display(preview)} (${confidence})`,
        check_name: ruleId,
        // Without the line: what has only moved is no new finding.
        fingerprint: createHash('sha256')
          .update(JSON.stringify([fingerprint, path, nth]))
          .digest('hex'),
        severity: counts(finding, failOn) ? SEVERITY[severity] : 'info',
        location: { path: display(path), lines: { begin: line } },
      };
    });
  });
  return `${displayJson(JSON.stringify(entries, null, 2))}\n`;
}
