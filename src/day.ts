// Dates as people write them in configuration and baseline: whole days, in UTC.

/** `YYYY-MM-DD`; in this form, the order of text is that of time. */
export type Day = string;

/** Whether there is such a day. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}

export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** An entry holds to the end of its last day. */
export function isOver(expires: Day | undefined, today: Day): boolean {
  return expires !== undefined && expires < today;
}
