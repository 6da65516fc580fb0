// The story of one credential for people: since when and until when, who, what still has it, whether it has left.

import type { Exposure, Finding, Move } from '../model.ts';
import { count } from './amounts.ts';
import { display } from './display.ts';
import { holdersOf } from './holders.ts';
import { shortId } from './origin-words.ts';
import type { Paint } from './paint.ts';
import { wrapAfter } from './wrap.ts';

/** Lines of at most `width`, each after `margin`; `isPlain`: where it was introduced stands above. */
export function storyLines(
  { introduced, removed, days, ...exposure }: Exposure,
  isPlain: boolean,
  margin: string,
  width: number,
  paint: Paint,
): string[] {
  const { verdict, isReachable } = exposure;
  const age = days === null ? '' : ` (${count(days, 'day')})`;
  const holders = holdersOf(exposure, ' (past)').map(display);
  const { style, words } = VERDICTS[verdict];
  const line = (label: string, text: string): string[] =>
    wrapAfter(`${margin}${label.padEnd(LABEL)}`, text, width);
  return [
    ...(introduced
      ? line(
          'since',
          isPlain ? day(introduced) + age : `${dated(introduced, age)}, in ${display(introduced.path)}`,
        )
      : []),
    ...(removed ? line('until', dated(removed, '')) : []),
    ...line(
      'held by',
      isReachable ? listed(holders) : 'nothing that leads to it; git has it until it cleans up',
    ),
    ...line(verdict, words).map((each, at) =>
      at === 0 ? each.replace(verdict, paint(style, verdict)) : each,
    ),
  ];
}

const LABEL = 'unknown  '.length;

const VERDICTS = {
  pushed: { style: 'alarm', words: 'a remote has it: revoke it now' },
  unknown: { style: 'yellow', words: 'nothing tells whether it has left: take it for pushed' },
  local: { style: 'strong', words: 'only on this machine, as far as git knows' },
} as const satisfies Record<Exposure['verdict'], { style: Parameters<Paint>[0]; words: string }>;

/** What must be done first comes first. */
export const URGENCY: readonly Exposure['verdict'][] = ['pushed', 'unknown', 'local'];

/** `1 has been pushed, 3 are only on this machine`; empty where nothing is known. */
export function verdictsOf(findings: readonly Finding[]): string {
  const parts = URGENCY.flatMap((verdict) => {
    const number = findings.filter(({ exposure }) => exposure?.verdict === verdict).length;
    return number === 0 ? [] : [`${number} ${SUMMARY[verdict][number === 1 ? 0 : 1]}`];
  });
  return parts.join(', ');
}

const SUMMARY: Readonly<Record<Exposure['verdict'], readonly [string, string]>> = {
  pushed: ['has been pushed', 'have been pushed'],
  unknown: ['may have been pushed', 'may have been pushed'],
  local: ['is only on this machine', 'are only on this machine'],
};

function dated(move: Move, age: string): string {
  const { author, commit } = move;
  return [day(move) + age, display(author), `commit ${display(shortId(commit))}`].filter(Boolean).join(', ');
}

const day = ({ date }: Move): string => (date === '' ? 'an unknown day' : display(date.slice(0, 10)));

/** A few of many. */
function listed(names: readonly string[]): string {
  const more = names.length - MOST;
  return names.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const MOST = 6;
