// What people read on the page of a GitHub Actions job: Markdown, of a size GitHub takes.

import type { Finding, Report } from '../model.ts';
import { count, size } from './amounts.ts';
import type { ReportContext } from './context.ts';
import { linked, plain } from './markdown.ts';
import { gravestFirst, weigh } from './order.ts';
import { placeText } from './places.ts';

const MOST_PLACES = 5;
const MOST_PROBLEMS = 20;

/** At most `limit` bytes of UTF-8; credentials that do not fit are counted. */
export function renderSummary(report: Report, { failOn, describe }: ReportContext, limit: number): string {
  const { coverage, ignored } = report;
  const { counting, others } = weigh(report.findings, failOn);
  const isComplete = coverage.complete && coverage.problems.length === 0;
  const verdict =
    counting.length > 0
      ? `${count(counting.length, 'OpenAI credential')} found`
      : isComplete
        ? 'no OpenAI credentials'
        : 'not everything could be looked at';
  const below = [
    ...problems(coverage),
    ...advice(counting, describe),
    '',
    `${count(coverage.objects, 'object')}, ${size(coverage.bytes)} looked at${coverage.range === null ? '' : ` in ${plain(coverage.range)}`}; ` +
      `${coverage.skipped.length} skipped, ${ignored.length} ignored.`,
  ];
  const head = ['', `### keyscan: ${verdict}`];
  const room = limit - bytes([...head, ...TABLE, ...below, MORE]);
  const parts = [...head, ...table([...gravestFirst(counting), ...gravestFirst(others)], room), ...below];
  const text = joined(parts);
  return Buffer.byteLength(text) <= limit ? text : '';
}

const TABLE = ['', '| severity | what | which | sure | where |', '| --- | --- | --- | --- | --- |'];
const MORE = '\nand 000000 more: see the log, or a report in a file (`--report`).';

function table(findings: readonly Finding[], room: number): string[] {
  if (findings.length === 0) return [];
  const rows: string[] = [];
  let left = room;
  for (const finding of findings) {
    const line = row(finding);
    left -= bytes([line]);
    if (left < 0) break;
    rows.push(line);
  }
  const rest = findings.length - rows.length;
  return [...TABLE, ...rows, ...(rest > 0 ? [MORE.replace('000000', String(rest))] : [])];
}

function row({ severity, title, preview, confidence, occurrences }: Finding): string {
  const places = occurrences.slice(0, MOST_PLACES).map((occurrence) => plain(placeText(occurrence)));
  const rest = occurrences.length - places.length;
  const where = [...places, ...(rest > 0 ? [`and ${count(rest, 'more place')}`] : [])].join('<br>');
  return `| ${severity} | ${plain(title)} | ${plain(preview)} | ${confidence} | ${where} |`;
}

function problems({ complete, problems }: Report['coverage']): string[] {
  if (complete && problems.length === 0) return [];
  const rest = problems.length - MOST_PROBLEMS;
  return [
    '',
    '**Not everything could be looked at, so nothing is known to be clean.**',
    '',
    ...problems
      .slice(0, MOST_PROBLEMS)
      .map(({ path, reason }) => `- ${path === '' ? '' : `${plain(path)}: `}${plain(reason)}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ];
}

/** Once for each kind. */
function advice(findings: readonly Finding[], describe: ReportContext['describe']): string[] {
  const rules = [...new Set(findings.map(({ ruleId }) => ruleId))].map(describe);
  return rules.flatMap(({ title, advice }) => [
    '',
    `**${plain(title)}: what to do**`,
    '',
    ...advice.map((sentence, at) => `${at + 1}. ${linked(sentence)}`),
  ]);
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const bytes = (lines: readonly string[]): number => Buffer.byteLength(joined(lines));
