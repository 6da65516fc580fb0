// GitLab's secret detection report, schema 15.2.1 (reference/integrations.md §4.7). One vulnerability per credential; its
// text never holds what was found, only its preview.

import type { Finding, Occurrence, Report, RuleText, Severity } from '../model.ts';
import type { ReportContext } from './context.ts';
import { display, displayJson } from './display.ts';
import { counts } from './order.ts';
import { placeText } from './places.ts';

const LONGEST_NAME = 255;
const LONGEST_SOLUTION = 7000;
/** Required even where nothing is committed yet. */
const NO_COMMIT = '0'.repeat(40);

export function renderGitlab(report: Report, context: ReportContext): string {
  const { tool, coverage, findings } = report;
  const { describe, failOn, started, ended } = context;
  const program = { id: 'keyscan', name: 'keyscan', version: tool.version, vendor: { name: 'keyscan' } };
  const isComplete = coverage.complete && coverage.problems.length === 0;
  const document = {
    version: '15.2.1',
    scan: {
      analyzer: program,
      scanner: program,
      type: 'secret_detection',
      start_time: timeOf(started),
      end_time: timeOf(ended),
      status: isComplete ? 'success' : 'failure',
      messages: messages(report),
    },
    vulnerabilities: findings.map((finding) =>
      vulnerability(finding, describe(finding.ruleId), counts(finding, failOn)),
    ),
  };
  return `${displayJson(JSON.stringify(document, null, 2))}\n`;
}

/** UTC to the second, without a letter for the zone. */
const timeOf = (date: Date): string => date.toISOString().slice(0, 19);

function messages({ coverage, ignored, notices }: Report) {
  const message = (level: string) => (entry: { readonly path: string; readonly reason: string }) => ({
    level,
    value: entry.path === '' ? display(entry.reason) : `${display(entry.path)}: ${display(entry.reason)}`,
  });
  return [
    ...coverage.problems.map(message('fatal')),
    ...coverage.skipped.map(message('info')),
    ...ignored.map(({ path, line, by, reason }) =>
      message('info')({ path: `${path}:${line}`, reason: `ignored, ${by}: ${reason}` }),
    ),
    ...notices.map(message('warn')),
  ];
}

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

function vulnerability(finding: Finding, { summary, links }: RuleText, isCounted: boolean) {
  const { ruleId, title, severity, confidence, fingerprint, preview, advice, occurrences } = finding;
  const [first, ...others] = occurrences;
  return {
    id: uuidOf(fingerprint),
    name: display(title).slice(0, LONGEST_NAME),
    description: `${display(summary)} Found as ${display(preview)}, ${confidence}.`,
    severity: isCounted ? SEVERITY[severity] : 'Info',
    solution: display(advice).slice(0, LONGEST_SOLUTION),
    identifiers: [
      { type: 'keyscan_rule_id', name: `keyscan rule ID ${ruleId}`, value: ruleId },
      { type: 'keyscan_fingerprint', name: `keyscan fingerprint ${fingerprint}`, value: fingerprint },
    ],
    links: links.map((url) => ({ url })),
    location: locationOf(first),
    ...(others.length > 0 ? { details: alsoAt(others) } : {}),
  };
}

function locationOf(occurrence: Occurrence | undefined) {
  const commit = { sha: occurrence?.origin.commit ?? NO_COMMIT };
  if (!occurrence) return { commit };
  const { path, line, endLine } = occurrence;
  return { commit, file: display(path), start_line: line, end_line: endLine };
}

function alsoAt(occurrences: readonly Occurrence[]) {
  return {
    places: {
      type: 'list',
      name: 'Also at',
      items: occurrences.map((occurrence) => ({ type: 'text', value: placeText(occurrence) })),
    },
  };
}

/** The fingerprint as a UUID of version 8 (RFC 9562 §5.8): the same in every pipeline. */
function uuidOf(fingerprint: string): string {
  const variant = ((Number.parseInt(fingerprint.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    fingerprint.slice(0, 8),
    fingerprint.slice(8, 12),
    `8${fingerprint.slice(13, 16)}`,
    `${variant}${fingerprint.slice(17, 20)}`,
    fingerprint.slice(20),
  ].join('-');
}
