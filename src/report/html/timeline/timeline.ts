// Since when, how long and where still: a lane of time for each credential of a history, to be looked at.

import type { Exposure, Report, Step } from '../../../model.ts';
import { count } from '../../amounts.ts';
import { cardId } from '../credentials.ts';
import { html, linked, type Markup, NOTHING } from '../markup.ts';
import type { View } from '../page.ts';
import { SEVERITIES } from '../verdict.ts';
import { type Axis, axisOf, dateText } from './axis.ts';
import { crowd } from './crowd.ts';
import { type Event, type Lane, laneOf } from './lane.ts';
import { SHAPES, track } from './track.ts';

/** With more lanes each has one line, and their number over time is drawn above them. */
const MOST_ROOMY = 24;
/** What a lane shows without being unfolded. */
const MOST_HOLDERS = 2;
/** And unfolded. */
const MOST_TOLD = 20;
const MOST_EVENTS = 50;

export function timeline({ report, counting, others, context }: View): Markup {
  const now = context.ended.getTime();
  const lanes = [...counting, ...others].flatMap((finding) => laneOf(finding, now) ?? []);
  if (lanes.length === 0) return NOTHING;
  const firsts = lanes.flatMap(({ events: [first] }) => first?.moment ?? []);
  const axis = axisOf(Math.min(now, ...firsts), now);
  const isDense = lanes.length > MOST_ROOMY;
  return html`<section class="section story${isDense ? ' dense' : ''}">
<h2>Since when, and where still</h2>
<p class="note">${summary(lanes, report)}</p>
${legend(lanes)}
<div class="chart">
<div class="axis" aria-hidden="true"><svg>${axis.ticks.map(({ at, text }) => html`<text x="${at}%" y="70%" text-anchor="middle">${text}</text>`)}<text x="100%" y="70%" text-anchor="end">today</text></svg></div>
<svg class="grid" aria-hidden="true">${axis.ticks.map(({ at }) => html`<line x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`)}<line class="now" x1="100%" x2="100%" y1="0" y2="100%"/></svg>
${isDense ? crowd(lanes, axis) : NOTHING}
${GROUPS.map(({ verdict, title, note }) => group(title, note, sorted(lanes.filter(({ exposure }) => exposure.verdict === verdict)), (lane) => row(lane, axis, isDense)))}
</div>
</section>`;
}

/** The most urgent first. */
const GROUPS: readonly {
  readonly verdict: Exposure['verdict'];
  readonly title: string;
  readonly note: string;
}[] = [
  {
    verdict: 'pushed',
    title: 'Has been pushed',
    note: 'Revoke first: rewriting the history does not take back what others have.',
  },
  {
    verdict: 'unknown',
    title: 'May have been pushed',
    note: 'This clone cannot tell. Treat it as known, and revoke it.',
  },
  {
    verdict: 'local',
    title: 'Only on this machine',
    note: 'No remote is known to have it: take it out of the commits before you push.',
  },
];

function group(title: string, note: string, lanes: readonly Lane[], drawn: (lane: Lane) => Markup): Markup {
  if (lanes.length === 0) return NOTHING;
  return html`<h3>${title} <span class="many">${lanes.length}</span></h3>
<p class="why">${note}</p>
${lanes.map(drawn)}`;
}

/** Those without a date last. */
function sorted(lanes: readonly Lane[]): Lane[] {
  const first = ({ events: [event] }: Lane): number => event?.moment ?? Number.POSITIVE_INFINITY;
  return [...lanes].sort((a, b) => first(a) - first(b) || 0);
}

function row(lane: Lane, axis: Axis, isDense: boolean): Markup {
  const { finding, holders, events, exposure } = lane;
  const when = isDense && events[0] ? dateText(events[0].moment) : spanText(lane);
  return html`<details class="lane ${finding.severity}">
<summary><span class="who"><code>${finding.preview}</code> <span class="when">${when}</span></span>
${track(lane, axis)}
<span class="still">${listed(holders, MOST_HOLDERS)}</span></summary>
<div class="told">
<p><a href="#${cardId(finding.fingerprint)}">${finding.title}</a>, ${finding.severity}</p>
<ul>
${events.slice(0, MOST_EVENTS).map(told)}${events.length > MOST_EVENTS ? html`<li>and ${events.length - MOST_EVENTS} more</li>` : NOTHING}<li><b>still in</b> ${listed(holders, MOST_TOLD)}</li>
</ul>
${exposure.steps.map(step)}</div>
</details>
`;
}

const told = ({ kind, moment, words }: Event): Markup =>
  html`<li><time datetime="${new Date(moment).toISOString()}">${dateText(moment)}</time> <b>${kind}</b> ${words}</li>
`;

function step({ text, commands }: Step): Markup {
  return html`<p class="step">${linked(text)}</p>
${commands.map((command) => html`<code class="command">${command}</code>\n`)}`;
}

/** What the picture shows, in words: for those who cannot see it, and beside it. */
function spanText({ events, spans, isInFiles }: Lane): string {
  const [first] = events;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return isInFiles ? 'in files today' : 'in no commit';
  const [from, to] = [dateText(first.moment), dateText(last.to)];
  if (!isInFiles && from === to) return from;
  return `${isInFiles ? `since ${from}` : `${from} to ${to}`}, ${lengthText(last.to - first.moment)}`;
}

const DAY = 86_400_000;

/** `41 days`, `14 months`, `5.7 years` */
function lengthText(length: number): string {
  const days = Math.max(1, Math.round(length / DAY));
  if (days < 60) return count(days, 'day');
  return days < 730 ? `${Math.round(days / 30.44)} months` : `${(days / 365.25).toFixed(1)} years`;
}

/** Nothing leads to it when the list is empty: git still has it until it cleans up. */
function listed(holders: readonly string[], most: number): string {
  if (holders.length === 0) return 'unreachable objects';
  const more = holders.length - most;
  return [...holders.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function summary(lanes: readonly Lane[], { coverage }: Report): string {
  const pushed = lanes.filter(({ exposure }) => exposure.verdict === 'pushed').length;
  const present = lanes.filter(({ isInFiles }) => isInFiles).length;
  const gone = lanes.length - present;
  const sentences = [
    `Of ${count(lanes.length, 'credential')}, ${pushed === 0 ? 'none is known to have been' : `${pushed} ${pushed === 1 ? 'has' : 'have'} been`} pushed.`,
    `${present} ${present === 1 ? 'stands' : 'stand'} in files today; ${gone} ${gone === 1 ? 'is' : 'are'} in the history only, where whoever has a clone finds ${gone === 1 ? 'it' : 'them'}.`,
    'Every line unfolds.',
  ];
  return [...sentences, coverage.complete ? '' : 'Not everything could be looked at.']
    .filter(Boolean)
    .join(' ');
}

/** Only what is drawn. */
function legend(lanes: readonly Lane[]): Markup {
  const kinds = new Set(lanes.flatMap(({ events }) => events.map(({ kind }) => kind)));
  const severities = SEVERITIES.filter((each) => lanes.some(({ finding }) => finding.severity === each));
  const isPushed = lanes.some(({ exposure }) => exposure.verdict === 'pushed');
  const shapes: readonly (readonly [isDrawn: boolean, shape: Markup, words: string])[] = [
    [kinds.has('introduced'), SHAPES.introduced, 'introduced'],
    [kinds.has('moved'), SHAPES.moved, 'moved'],
    [kinds.has('removed'), SHAPES.removed, 'removed from the files'],
    [true, BAR, 'in files'],
    [
      lanes.some(({ isInFiles }) => !isInFiles),
      html`<line class="held" x1="-11" x2="11"/>`,
      'in the history only',
    ],
    [lanes.some(({ isInFiles }) => isInFiles), SHAPES.present, 'in files today'],
    [isPushed, html`<g transform="translate(-14)">${SHAPES.pushed}</g>`, 'pushed'],
  ];
  return html`<ul class="legend" aria-hidden="true">
${shapes.filter(([isDrawn]) => isDrawn).map(([, shape, words]) => entry('', shape, words))}${severities.length < 2 ? NOTHING : severities.map((severity) => entry(severity, BAR, severity))}</ul>`;
}

const BAR = html`<rect class="stood" x="-11" y="-6" width="22" height="12" rx="3"/>`;

const entry = (style: string, shape: Markup, words: string): Markup =>
  html`<li class="${style}"><svg viewBox="-12 -9 24 18" width="24" height="18">${shape}</svg> ${words}</li>
`;
