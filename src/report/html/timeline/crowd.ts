// How many credentials stood in files at each time: one shape for what hundreds of lanes say one by one.

import { html, type Markup, NOTHING } from '../markup.ts';
import { type Axis, dateText } from './axis.ts';
import type { Lane } from './lane.ts';

const HEIGHT = 100;

export function crowd(lanes: readonly Lane[], axis: Axis): Markup {
  const steps = stepsOf(lanes);
  const most = steps.reduce((best, step) => (step.number > best.number ? step : best), {
    moment: 0,
    number: 0,
  });
  if (most.number === 0) return NOTHING;
  const y = (number: number): number => Math.round((1 - number / most.number) * HEIGHT * 10) / 10;
  let path = `M0 ${HEIGHT}`;
  for (const { moment, number } of steps) path += `H${axis.at(moment)}V${y(number)}`;
  const today = lanes.filter(({ isInFiles }) => isInFiles).length;
  const words = `In files: at most ${most.number} at a time (${dateText(most.moment)}), today ${today}`;
  return html`<div class="crowd"><p>${words}</p>
<svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><path d="${path}H100V${HEIGHT}z"/></svg></div>`;
}

interface Step {
  readonly moment: number;
  /** From this moment on. */
  readonly number: number;
}

function stepsOf(lanes: readonly Lane[]): Step[] {
  const changes = new Map<number, number>();
  const add = (moment: number, by: number) => changes.set(moment, (changes.get(moment) ?? 0) + by);
  for (const { from, to } of lanes.flatMap(({ spans }) => spans)) {
    add(from, 1);
    add(to, -1);
  }
  let number = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([moment, by]) => {
      number += by;
      return { moment, number };
    });
}
