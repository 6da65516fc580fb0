// Annotations for GitHub Actions: workflow commands on standard output (reference/integrations.md §4.8).

import type { Finding, Report } from '../model.ts';
import { count } from './amounts.ts';
import type { ReportContext } from './context.ts';
import { display } from './display.ts';
import { gravestFirst, weigh } from './order.ts';
import { placeText } from './places.ts';

/** What GitHub shows of each level for one step; it drops the rest without a word. */
const MOST = 10;

type Level = 'error' | 'warning' | 'notice';

/**
 * One annotation for each credential, the gravest first: an error when it counts, otherwise a notice; a warning for what is
 * committed already. No line begins with the text of others, so that nothing in it can be taken for a command.
 */
export function renderGithub(report: Report, { failOn }: ReportContext): string {
  const { coverage, ignored, findings } = report;
  const { counting, others } = weigh(findings, failOn);
  const committed = ignored.filter(({ by }) => by === 'committed');
  return [
    ...atMost('error', 'OpenAI credentials', [
      ...problems(coverage),
      ...gravestFirst(counting).map((finding) => annotation('error', finding)),
    ]),
    ...atMost(
      'warning',
      'OpenAI credentials that are committed already',
      committed.map(({ path, line, preview, reason }) =>
        command('warning', { file: path, line, title: 'OpenAI credential, committed already' }, [
          `${display(preview)}: ${display(reason)}. Whoever has the history has the key: revoke it.`,
        ]),
      ),
    ),
    ...atMost(
      'notice',
      'less sure findings',
      gravestFirst(others).map((finding) => annotation('notice', finding)),
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The last one says how many more there are. */
function atMost(level: Level, what: string, commands: readonly string[]): string[] {
  if (commands.length <= MOST) return [...commands];
  const shown = commands.slice(0, MOST - 1);
  const rest = commands.length - shown.length;
  return [
    ...shown,
    command(level, { title: 'keyscan' }, [`and ${rest} more ${what}: the job summary lists them.`]),
  ];
}

/** One for all of them: findings need the room. */
function problems({ complete, problems }: Report['coverage']): string[] {
  if (complete && problems.length === 0) return [];
  const [first] = problems;
  const lines = problems
    .slice(0, MOST)
    .map(({ path, reason }) => (path === '' ? display(reason) : `${display(path)}: ${display(reason)}`));
  const rest = problems.length - lines.length;
  return [
    command('error', { file: first?.path ?? '', title: 'keyscan could not look at everything' }, [
      ...(first ? lines : ['Something was left out without a reason: this is a bug of keyscan.']),
      ...(rest > 0 ? [`and ${count(rest, 'more problem')}`] : []),
    ]),
  ];
}

function annotation(level: Level, { title, preview, confidence, advice, occurrences }: Finding): string {
  const [first, ...others] = occurrences;
  const sure = confidence === 'certain' ? '' : ` (${confidence})`;
  const lines = [
    `${display(preview)}${first && first.decoded.length > 0 ? ` (decoded: ${first.decoded.map(display).join(', ')})` : ''}`,
    display(advice),
    ...others.slice(0, MOST).map((other) => `also at ${placeText(other)}`),
    ...(others.length > MOST ? [`and at ${count(others.length - MOST, 'more place')}`] : []),
  ];
  if (!first) return command(level, { title }, lines);
  const { path, line, column, endLine, endColumn, origin } = first;
  // The column of a name is none of the file's.
  const position = origin.kind === 'name' ? {} : { line, endLine, col: column, endColumn };
  return command(level, { file: path, ...position, title: `${title}${sure}` }, lines);
}

function command(
  level: Level,
  properties: Readonly<Record<string, string | number>>,
  lines: readonly string[],
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${level} ${given.join(',')}::${data(lines.join('\n'))}`;
}

/** `%` first, or the other escapes would be escaped. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(display(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
