// SARIF 2.1.0 as GitHub code scanning takes it (reference/integrations.md §4.6): no snippets, no people, no paths of this
// machine. One result per credential.

import type { Confidence, Finding, Ignored, Occurrence, Report } from '../model.ts';
import type { ReportContext } from './context.ts';
import { display, displayJson } from './display.ts';
import { counts, gravestFirst } from './order.ts';
import { placeText } from './places.ts';
import { LEVEL, rulesOf } from './sarif-rules.ts';

/** What GitHub takes at most. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 1000;
/** Links in a message; the further places follow without one. */
const MOST_LINKS = 10;
const ROOT = '%SRCROOT%';

export function renderSarif(report: Report, context: ReportContext): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run(report, context)],
  };
  return `${displayJson(JSON.stringify(log, null, 2))}\n`;
}

function run(report: Report, context: ReportContext) {
  const { tool, mode, coverage } = report;
  const { findings, ignored } = withinLimits(report);
  const rules = rulesOf([...findings, ...ignored], context.describe);
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = [
    ...findings.map((finding) => result(finding, counts(finding, context.failOn))),
    ...ignored.map(suppressed),
  ];
  return {
    tool: {
      driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules },
    },
    // A later upload replaces an earlier one of the same category: a scan of the history is not one of the files.
    automationDetails: { id: `keyscan/${mode}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      // Without an address: where the repository lies on this machine is nobody's business.
      [ROOT]: { description: { text: 'The top of the work tree.' } },
    },
    invocations: [invocation(report, report.findings.length - findings.length)],
    results: results.map((each) => ({ ...each, ruleIndex: indexOf.get(each.ruleId) ?? -1 })),
    properties: {
      mode,
      rules: tool.rules,
      objects: coverage.objects,
      bytes: coverage.bytes,
      ...(coverage.range === null ? {} : { range: display(coverage.range) }),
    },
  };
}

/** Should there be more than are taken, the gravest are named. */
function withinLimits({ findings, ignored }: Report): Pick<Report, 'findings' | 'ignored'> {
  const named = gravestFirst(findings).slice(0, MOST_RESULTS);
  return { findings: named, ignored: ignored.slice(0, MOST_RESULTS - named.length) };
}

function result(finding: Finding, isCounted: boolean) {
  const [first, ...others] = finding.occurrences.slice(0, MOST_LOCATIONS);
  return {
    ruleId: finding.ruleId,
    level: isCounted ? LEVEL[finding.severity] : 'note',
    rank: RANK[finding.confidence],
    message: { text: messageOf(finding, others.length, isCounted) },
    locations: first ? [location(first)] : [],
    ...(others.length > 0 ? { relatedLocations: others.map(relatedLocation) } : {}),
    partialFingerprints: {
      ...(first?.lineHash === undefined ? {} : { primaryLocationLineHash: first.lineHash }),
      'keyscan/v1': finding.fingerprint,
    },
    properties: {
      confidence: finding.confidence,
      preview: display(finding.preview),
      ...(first?.origin.commit === undefined ? {} : { commit: display(first.origin.commit) }),
    },
  };
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 100, likely: 75, possible: 25 };

/** Code scanning shows the first sentence alone. */
function messageOf(
  { title, preview, occurrences, confidence }: Finding,
  others: number,
  isCounted: boolean,
): string {
  const links = Array.from({ length: Math.min(others, MOST_LINKS) }, (_, at) => `[${at + 2}](${at + 1})`);
  const more = occurrences.length - 1 - links.length;
  const [first] = occurrences;
  return [
    `${escaped(title)} (${escaped(preview)}).`,
    first ? `Found at ${escaped(placeText(first))}.` : '',
    links.length > 0
      ? `The same credential stands in further places: ${links.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
      : '',
    isCounted ? '' : `This is only ${confidence} and does not count.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Brackets would make a link (SARIF 2.1.0 §3.11.6). */
const escaped = (text: string): string => display(text).replace(/[\\[\]]/g, '\\$&');

function suppressed({ ruleId, fingerprint, preview, path, line, by, reason }: Ignored) {
  const justification = `${by}: ${display(reason)}`;
  return {
    ruleId,
    level: 'note',
    rank: 0,
    message: { text: `${escaped(preview)} is ignored.` },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: { startLine: line } } }],
    partialFingerprints: { 'keyscan/v1': fingerprint },
    suppressions: [{ kind: by === 'inline' ? 'inSource' : 'external', status: 'accepted', justification }],
  };
}

function location({ path, line, column, endLine, endColumn, origin }: Occurrence) {
  // In a name, lines and columns mean nothing to a reader of the file.
  const region =
    origin.kind === 'name' ? { startLine: 1 } : { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: artifact(path), region } };
}

function relatedLocation(occurrence: Occurrence, at: number) {
  return { id: at + 1, message: { text: escaped(placeText(occurrence)) }, ...location(occurrence) };
}

/** A reference relative to the top of the work tree, every odd character as `%NN`; an absolute path as a file address. */
function artifact(path: string) {
  const uri = path
    .split('/')
    .map((name) => encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: ROOT };
}

function invocation({ coverage, notices }: Report, unnamed: number) {
  const { complete, skipped, problems } = coverage;
  return {
    executionSuccessful: complete && problems.length === 0,
    toolExecutionNotifications: [
      ...problems.map((entry) => notification('problem', 'error', entry)),
      ...(unnamed > 0
        ? [
            notification('limit', 'error', {
              path: '',
              reason: `${unnamed} further credentials are not listed`,
            }),
          ]
        : []),
      ...skipped.map((entry) => notification('skipped', 'note', entry)),
      ...notices.map((entry) => notification('notice', 'note', entry)),
    ],
  };
}

function notification(id: string, level: string, entry: { readonly path: string; readonly reason: string }) {
  return {
    descriptor: { id },
    level,
    message: { text: escaped(entry.reason) },
    ...(entry.path === ''
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: artifact(entry.path) } }] }),
  };
}
