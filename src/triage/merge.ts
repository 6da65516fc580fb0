// Several reports become one: what the parts of a split run found, as one run would have reported it, or what was found in
// several repositories.

import type { Coverage, Finding, Notice, Report, Shard } from '../model.ts';
import { joinExposures } from './join-exposures.ts';
import {
  compareFindings,
  compareIgnored,
  compareLeftOut,
  compareOccurrences,
  compareWeight,
  inOrder,
} from './order.ts';
import { namesOf, within } from './repositories.ts';

/** A report, and what it is called in what is said about it. */
export interface Part {
  readonly name: string;
  readonly report: Report;
}

type LeftOut = Coverage['problems'][number];

/**
 * `given`: at least one; `unread`: what could not be read at all. Parts of one run (--shard) become the whole; of whole
 * runs, each is of another repository. Whatever does not fit together becomes a problem, and nothing that was found is
 * left out: a part that is missing, there twice, of another kind of run.
 */
export function mergeReports(given: readonly [Part, ...Part[]], unread: readonly LeftOut[]): Report {
  const isOfMany = given.length > 1 && given.every(({ report }) => report.coverage.shard === null);
  const names = namesOf(given.map(({ name }) => name));
  const reports = given.map(({ report }, at) => (isOfMany ? within(names[at] ?? '', report) : report));
  const [{ report: first }] = given;
  const problems = [...unread, ...misfits(given, isOfMany), ...(isOfMany ? doubled(given) : gaps(given))];
  const coverages = reports.map(({ coverage }) => coverage);
  const known = coverages.flatMap(({ known }) => known ?? []);
  return {
    schemaVersion: 1,
    tool: first.tool,
    mode: first.mode,
    coverage: {
      complete: problems.length === 0 && coverages.every(({ complete }) => complete),
      objects: sum(coverages.map(({ objects }) => objects)),
      bytes: sum(coverages.map(({ bytes }) => bytes)),
      ...(known.length > 0 && { known: sum(known) }),
      range: isOfMany ? null : first.coverage.range,
      shard: null,
      skipped: inOrder(
        coverages.flatMap(({ skipped }) => skipped),
        compareLeftOut,
      ),
      problems: inOrder([...problems, ...coverages.flatMap(({ problems }) => problems)], compareLeftOut),
    },
    findings: joined(reports.flatMap(({ findings }) => findings)),
    ignored: inOrder(
      reports.flatMap(({ ignored }) => ignored),
      compareIgnored,
    ),
    notices: inOrder<Notice>(
      reports.flatMap(({ notices }) => notices),
      compareLeftOut,
    ),
  };
}

/** One for each credential, as in one report. */
function joined(findings: readonly Finding[]): Finding[] {
  const byCredential = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = byCredential.get(finding.fingerprint);
    if (same) same.push(finding);
    else byCredential.set(finding.fingerprint, [finding]);
  }
  return [...byCredential.values()].map(joinedOne).sort(compareFindings);
}

function joinedOne(same: readonly Finding[]): Finding {
  const best = same.reduce((best, other) => (compareWeight(other, best) < 0 ? other : best));
  const occurrences = inOrder(
    same.flatMap(({ occurrences }) => occurrences),
    compareOccurrences,
  );
  const [known, ...more] = same.flatMap(({ exposure }) => exposure ?? []);
  return { ...best, occurrences, ...(known && { exposure: joinExposures([known, ...more]) }) };
}

/** What is put together must have been looked for in the same way; parts of one run in the same. */
function misfits([{ report: first }, ...others]: readonly [Part, ...Part[]], isOfMany: boolean): LeftOut[] {
  const differences: readonly (readonly [string, (report: Report) => string | null])[] = [
    ['looked at something else', ({ mode }) => mode],
    ['looked at other commits', ({ coverage }) => (isOfMany ? null : coverage.range)],
    ['was made by another version of keyscan', ({ tool }) => tool.version],
    ['was made with other rules', ({ tool }) => tool.rules],
  ];
  return others.flatMap(({ name, report }) =>
    differences
      .filter(([, of]) => of(report) !== of(first))
      .map(([what]) => ({ path: name, reason: `this report ${what} than the first` })),
  );
}

function doubled(parts: readonly Part[]): LeftOut[] {
  const names = parts.map(({ name }) => name);
  const again = names.filter((name, at) => names.indexOf(name) < at);
  return [...new Set(again)].map((path) => ({ path, reason: 'this report is there twice' }));
}

/** Every part must be there, once. */
function gaps(parts: readonly Part[]): LeftOut[] {
  const shards = parts.map(({ report }) => report.coverage.shard);
  const count = Math.max(...shards.map((shard) => shard?.count ?? 0));
  if (count === 0) return [];
  const at = new Map<number, number>();
  const strangers = parts.flatMap(({ name, report }): LeftOut[] => {
    const { shard } = report.coverage;
    if (shard === null) return [{ path: name, reason: 'this report is of a whole run, not of a part' }];
    if (shard.count !== count || shard.index > count)
      return [
        { path: name, reason: `this report is part ${shardText(shard)}, the others are parts of ${count}` },
      ];
    at.set(shard.index, (at.get(shard.index) ?? 0) + 1);
    return [];
  });
  const indexes = Array.from({ length: count }, (_, index) => index + 1);
  const missing = indexes.filter((index) => !at.has(index));
  const doubled = indexes.filter((index) => (at.get(index) ?? 0) > 1);
  return [
    ...strangers,
    ...(missing.length === 0 ? [] : [{ path: '', reason: `missing of ${count} parts: ${listed(missing)}` }]),
    ...doubled.map((index) => ({ path: '', reason: `part ${shardText({ index, count })} is there twice` })),
  ];
}

const shardText = ({ index, count }: Shard): string => `${index} of ${count}`;

/** `1, 4-6, 9` */
function listed(indexes: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
