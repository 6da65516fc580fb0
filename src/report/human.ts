// The report for people: read in a terminal, 80 columns wide, where a commit may just have been refused.

import type { Confidence, Finding, Ignored, IgnoredBy, Mode, Report } from '../model.ts';
import { count, size } from './amounts.ts';
import type { ReportContext } from './context.ts';
import { display } from './display.ts';
import { entry } from './entry.ts';
import { weigh } from './order.ts';
import { type Paint, painter } from './paint.ts';
import { nextSteps } from './steps.ts';
import { URGENCY, verdictsOf } from './story.ts';
import { wrap } from './wrap.ts';

export interface Look extends Omit<ReportContext, 'started' | 'ended'> {
  readonly color: boolean;
}

/** Three parts, each empty or ending in a newline, the first two in an empty line; `findings` is the report proper. */
export interface HumanReport {
  readonly problems: string;
  readonly findings: string;
  readonly closing: string;
}

const WIDTH = 80;

/** All of it, for a file. */
export function renderPlain(report: Report, context: ReportContext): string {
  const { problems, findings, closing } = renderHuman(report, { ...context, color: false });
  return problems + findings + closing;
}

export function renderHuman(report: Report, look: Look): HumanReport {
  const paint = painter(look.color);
  const { counting, others } = weigh(report.findings, look.failOn);
  const silent = look.quiet && counting.length === 0;
  const findings = [
    ...(counting.length > 0 ? counted(report, counting, look.describe, paint) : []),
    ...(counting.length > 0 && others.length > 0 ? [''] : []),
    ...(others.length > 0 && !silent ? weaker(others, look.failOn, paint) : []),
  ];
  const closing = [
    ...committed(report.ignored, paint),
    ...(look.verbose ? details(report) : []),
    ...(silent ? [] : notes(report, paint)),
    ...(silent ? [] : summary(report, counting, others)),
  ];
  return {
    problems: text(problems(report, paint)),
    findings: text(findings.length > 0 ? [...findings, ''] : []),
    closing: text(closing),
  };
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

function problems({ coverage, mode }: Report, paint: Paint): string[] {
  if (coverage.complete && coverage.problems.length === 0) return [];
  return [
    paint('alarm', 'keyscan could not look at everything, so nothing is known to be clean.'),
    '',
    ...coverage.problems.flatMap(({ path, reason }) => [
      ...(path === '' ? [] : [`  at ${paint('cyan', display(path))}`]),
      ...wrap(display(reason), WIDTH, path === '' ? '  ' : '     '),
    ]),
    ...(coverage.problems.length === 0
      ? ['  Something was left out without a reason: this is a bug of keyscan.']
      : []),
    '',
    ...wrap(
      `Put this right first, then try again.${IN_GIT.has(mode) ? ' git fsck shows damaged or missing objects.' : ''}`,
      WIDTH,
    ),
    '',
  ];
}

const IN_GIT: ReadonlySet<Mode> = new Set<Mode>(['staged', 'history', 'ci', 'push', 'receive']);

const SUBJECT: Readonly<Record<Mode, string>> = {
  staged: 'this commit would record',
  files: 'these files hold',
  stdin: 'this input holds',
  history: 'this repository holds',
  ci: 'this build holds',
  push: 'this push would publish',
  message: 'this commit message holds',
  receive: 'what was to be recorded here holds',
};

function counted(
  report: Report,
  findings: readonly Finding[],
  describe: Look['describe'],
  paint: Paint,
): string[] {
  const told = verdictsOf(findings);
  const inOrder = byUrgency(findings);
  const headline = `keyscan: ${SUBJECT[report.mode]} ${count(findings.length, 'OpenAI credential')}${told && `: ${told}`}.`;
  return [
    ...wrap(headline, WIDTH).map((line) => paint('alarm', line)),
    ...inOrder.flatMap((finding) => ['', ...entry(finding, paint)]),
    '',
    ...nextSteps(report, inOrder, describe, paint),
  ];
}

/** Those that have left first; else in the order of the report. */
function byUrgency(findings: readonly Finding[]): Finding[] {
  const rank = ({ exposure }: Finding): number => (exposure ? URGENCY.indexOf(exposure.verdict) : 0);
  return [...findings].sort((one, other) => rank(one) - rank(other));
}

function weaker(findings: readonly Finding[], failOn: Confidence, paint: Paint): string[] {
  return [
    paint('strong', `Not sure enough to count (--fail-on ${failOn}), but worth a look:`),
    ...findings.flatMap((finding) => ['', ...entry(finding, paint)]),
  ];
}

function committed(ignored: readonly Ignored[], paint: Paint): string[] {
  const old = ignored.filter(({ by }) => by === 'committed');
  if (old.length === 0) return [];
  const keys = new Set(old.map(({ fingerprint }) => fingerprint)).size;
  return [
    ...wrap(
      `keyscan: warning: ${count(keys, 'OpenAI credential')} in the lines below ${keys === 1 ? 'is' : 'are'} committed ` +
        'already and therefore let pass. Whoever has the history has the key: revoke it.',
      WIDTH,
    ).map((line) => paint('yellow', line)),
    ...old.map(
      ({ path, line, preview }) => `  at ${paint('cyan', `${display(path)}:${line}`)}  ${display(preview)}`,
    ),
  ];
}

function details({ coverage, ignored }: Report): string[] {
  return [
    ...coverage.skipped.map(({ path, reason }) => `keyscan: skipped ${display(path)}: ${display(reason)}`),
    ...ignored
      .filter(({ by }) => by !== 'committed')
      .map(
        ({ ruleId, path, line, by, reason }) =>
          `keyscan: ignored ${display(path)}:${line} ${ruleId}, ${by}: ${display(reason)}`,
      ),
  ];
}

function notes({ notices }: Report, paint: Paint): string[] {
  return notices.flatMap(({ path, reason }) => [
    ...wrap(`keyscan: note: ${display(reason)}`, WIDTH),
    ...(path === '' ? [] : [`  at ${paint('cyan', display(path))}`]),
  ]);
}

function summary(
  { mode, coverage, ignored }: Report,
  counting: readonly Finding[],
  others: readonly Finding[],
): string[] {
  const skipped = coverage.skipped.length > 0 ? `, ${coverage.skipped.length} skipped` : '';
  const places = counting.reduce((sum, { occurrences }) => sum + occurrences.length, 0);
  const old = ignored.some(({ by }) => by === 'committed') ? 'new ' : '';
  const found =
    counting.length > 0
      ? `${count(counting.length, 'OpenAI credential')} in ${count(places, 'place')}`
      : `no ${old}OpenAI credentials`;
  const unsure = others.length > 0 ? `, ${others.length} not sure enough to count` : '';
  const known = coverage.known ?? 0;
  const scanned =
    coverage.objects + known === 0
      ? 'nothing to look at'
      : `${AMOUNT[mode](coverage.objects)}, ${size(coverage.bytes)}`;
  const before = known > 0 ? `, ${known} known to be clean from an earlier run` : '';
  const limit = coverage.complete ? '' : '; not everything could be read';
  return wrap(`keyscan: ${scanned}${before}${skipped}: ${found}${unsure}${excepted(ignored)}${limit}`, WIDTH);
}

/** What is committed already has a warning of its own. */
function excepted(ignored: readonly Ignored[]): string {
  const kinds = (Object.keys(BY) as (keyof typeof BY)[]).flatMap((kind) => {
    const places = ignored.filter(({ by }) => by === kind).length;
    return places === 0 ? [] : [`${places} by ${BY[kind]}`];
  });
  return kinds.length === 0 ? '' : `; ignored: ${kinds.join(', ')}`;
}

const BY: Readonly<Record<Exclude<IgnoredBy, 'committed'>, string>> = {
  inline: 'comment',
  path: 'path',
  baseline: 'baseline',
  policy: 'rule',
};

const AMOUNT: Readonly<Record<Mode, (objects: number) => string>> = {
  staged: (objects) => count(objects, 'staged file'),
  files: (objects) => count(objects, 'file'),
  stdin: () => 'standard input',
  history: (objects) => count(objects, 'object'),
  ci: (objects) => count(objects, 'object'),
  push: (objects) => count(objects, 'object'),
  message: () => 'commit message',
  receive: (objects) => count(objects, 'object'),
};
