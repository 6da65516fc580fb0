// The picture of one lane. Shapes differ, not colours alone; positions are per cent, so that it fits every width.

import { html, type Markup } from '../markup.ts';
import { type Axis, dateText } from './axis.ts';
import type { Event, Lane } from './lane.ts';

/** Thick: in files at the time. Dotted: in the history only, where whoever has it finds it. */
export function track({ events, spans, isInFiles, exposure }: Lane, axis: Axis): Markup {
  const [first] = events;
  const line =
    first === undefined
      ? html`<line class="undated" x1="0" x2="100%" y1="50%" y2="50%"/>`
      : html`<line class="held" x1="${axis.at(first.moment)}%" x2="100%" y1="50%" y2="50%"/>`;
  const stood = spans.map(({ from, to }) => {
    const [left, right] = [axis.at(from), axis.at(to)];
    const width = Math.max(0.3, Math.round((right - left) * 100) / 100);
    return html`<rect class="stood" x="${left}%" width="${width}%" y="25%" height="50%" rx="3"/>`;
  });
  const marks = [
    ...events.map((event) => mark(axis.at(event.moment), SHAPES[event.kind], titleOf(event))),
    ...(isInFiles ? [mark(100, SHAPES.present, 'in files today')] : []),
    ...(exposure.verdict === 'pushed' ? [mark(100, SHAPES.pushed, 'has been pushed')] : []),
  ];
  return html`<svg class="track" aria-hidden="true">${line}${stood}${marks}</svg>`;
}

/** A shape around the point it stands for; `overflow` lets it reach to both sides. */
export const SHAPES = {
  introduced: html`<circle class="on" r="5.5"/>`,
  moved: html`<path class="on" d="M0-6.5 6.5 0 0 6.5-6.5 0z"/>`,
  removed: html`<circle class="off" r="6"/><path class="cross" d="m-2.75-2.75 5.5 5.5m0-5.5-5.5 5.5"/>`,
  present: html`<path class="end" d="M-5-7 4 0-5 7z"/>`,
  pushed: html`<g class="pushed"><circle cx="14" r="8"/><path d="M14 4.5v-8m-3.25 3L14-4l3.25 3.5"/></g>`,
} as const;

function mark(at: number, shape: Markup, title: string): Markup {
  return html`<svg x="${at}%" y="50%"><title>${title}</title>${shape}</svg>`;
}

const titleOf = ({ kind, moment, words }: Event): string =>
  `${dateText(moment)}: ${kind}${words === '' ? '' : ` ${words}`}`;
