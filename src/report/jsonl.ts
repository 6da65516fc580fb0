// The report for programs that read line by line: one JSON object a line, and one at the end that sums up.
// schema/report-line.schema.json describes a line.

import type { Report } from '../model.ts';
import { displayJson } from './display.ts';

/** A report that broke off on its way has no last line of the type `summary`. */
export function renderJsonl({ coverage, findings, ignored, notices, ...report }: Report): string {
  const { skipped, problems, ...seen } = coverage;
  const entries = { finding: findings, ignored, skipped, problem: problems, notice: notices };
  const lines = Object.entries(entries).flatMap(([type, each]) => each.map((entry) => ({ type, ...entry })));
  const counts = {
    findings: findings.length,
    ignored: ignored.length,
    skipped: skipped.length,
    problems: problems.length,
    notices: notices.length,
  };
  const summary = { type: 'summary', ...report, coverage: seen, counts };
  return [...lines, summary].map((line) => `${displayJson(JSON.stringify(line))}\n`).join('');
}
