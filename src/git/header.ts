// Who made a commit or a tag, and when: from the head of the raw object, whatever state it is in (R66).

export interface Header {
  /** Name without address, bytes as latin1; undefined when it is empty or unreadable. */
  readonly author: string | undefined;
  /** ISO 8601 in the author's own time zone, to the second; undefined when there is no such time. */
  readonly date: string | undefined;
  /** Number of parents of a commit. */
  readonly parents: number;
}

export function parseHeader(content: Uint8Array): Header {
  const text = Buffer.from(content).toString('latin1');
  const head = text.slice(0, text.search(/\n(?:\n|$)/) + 1);
  const [, name, seconds, zone] = SIGNATURE.exec(head) ?? [];
  return {
    author: name?.trim() || undefined,
    date: zone === undefined ? undefined : isoDate(Number(seconds), zone),
    parents: head.match(/^parent /gm)?.length ?? 0,
  };
}

const SIGNATURE = /^(?:author|tagger) ([^<\n]*)(?:<[^\n]*> (-?\d+) ([+-]\d{4})$)?/m;

function isoDate(seconds: number, zone: string): string | undefined {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  const isZone = hours < 24 && minutes < 60;
  const offset = isZone ? (hours * 60 + minutes) * (zone.startsWith('-') ? -60 : 60) : 0;
  const date = new Date((seconds + offset) * 1000);
  const year = Number.isNaN(date.getTime()) ? Number.NaN : date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return undefined;
  const local = date.toISOString().slice(0, 19);
  return offset === 0 ? `${local}Z` : `${local}${zone.slice(0, 3)}:${zone.slice(3)}`;
}
