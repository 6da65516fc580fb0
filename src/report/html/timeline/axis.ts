// Time as a width: where a moment stands between the first and now, and which moments to write below.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Axis {
  /** In per cent of the width, rounded so that it stays short; moments outside stand at an end. */
  at(moment: number): number;
  /** At most six, from the left to the right, none where `now` is written. */
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Moments in milliseconds since 1970. A little room is left before the first, so that its mark is not cut. */
export function axisOf(first: number, now: number): Axis {
  const span = Math.max(now - first, DAY);
  const from = now - span * 1.02;
  const at = (moment: number): number =>
    Math.round(Math.min(1, Math.max(0, (moment - from) / (now - from))) * 10_000) / 100;
  const ticks = stepFor(span).between(from, now);
  return {
    at,
    ticks: ticks
      .map(({ moment, text }) => ({ at: at(moment), text }))
      .filter((tick) => tick.at > 3 && tick.at < 88),
  };
}

interface Step {
  between(from: number, to: number): { readonly moment: number; readonly text: string }[];
}

/** The finest that gives at most six. */
function stepFor(span: number): Step {
  const fitting = STEPS.find(([length]) => span / length <= 6);
  return fitting ? fitting[1] : years(Math.ceil(span / (365 * DAY) / 6));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const STEPS: readonly (readonly [length: number, step: Step])[] = [
  [6 * 60 * MINUTE, hours(6)],
  [DAY, days(1)],
  [2 * DAY, days(2)],
  [7 * DAY, days(7)],
  [31 * DAY, months(1)],
  [92 * DAY, months(3)],
  [184 * DAY, months(6)],
  [366 * DAY, years(1)],
];

function hours(each: number): Step {
  return {
    between: (from, to) => {
      const first = new Date(from).setUTCHours(0, 0, 0, 0);
      return range(first, to, each * 60 * MINUTE, from).map((moment) => ({
        moment,
        text: new Date(moment).toISOString().slice(11, 16),
      }));
    },
  };
}

function days(each: number): Step {
  return {
    between: (from, to) =>
      range(Math.floor(from / DAY / each) * each * DAY, to, each * DAY, from).map((moment) => ({
        moment,
        text: dayText(moment),
      })),
  };
}

function months(each: number): Step {
  return {
    between: (from, to) =>
      calendar(from, to, each).map(({ moment, year, month }) => ({
        moment,
        text: month === 0 ? String(year) : `${MONTHS[month]} ${String(year).slice(2)}`,
      })),
  };
}

function years(each: number): Step {
  return {
    between: (from, to) =>
      calendar(from, to, each * 12).map(({ moment, year }) => ({ moment, text: String(year) })),
  };
}

/** Firsts of months. */
function calendar(from: number, to: number, each: number) {
  const found: { readonly moment: number; readonly year: number; readonly month: number }[] = [];
  const start = new Date(from).getUTCFullYear() * 12;
  for (let count = start - (start % each); ; count += each) {
    const [year, month] = [Math.floor(count / 12), count % 12];
    const moment = Date.UTC(year, month);
    if (moment > to) return found;
    if (moment >= from) found.push({ moment, year, month });
  }
}

function range(first: number, to: number, step: number, from: number): number[] {
  const length = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length }, (_, at) => first + at * step).filter((moment) => moment >= from);
}

function dayText(moment: number): string {
  const date = new Date(moment);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `5 Apr 2023` */
export function dateText(moment: number): string {
  return `${dayText(moment)} ${new Date(moment).getUTCFullYear()}`;
}
