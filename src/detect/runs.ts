// Runs of characters of one class, which is what credentials are made of, found without a look at most of what is no such run.

/**
 * Where the first run of at least `shortest` members begins in `bytes[from, to)`, or -1. Most runs are short words: it looks
 * where one that is long enough would end, and goes on behind whatever it finds there or before that.
 */
export function runStart(
  bytes: Uint8Array,
  member: Uint8Array,
  shortest: number,
  from: number,
  to: number,
): number {
  for (let start = from; start + shortest <= to; ) {
    let at = start + shortest - 1;
    while (at >= start && member[bytes[at] as number] === 1) at--;
    if (at < start) return start;
    start = at + 1;
  }
  return -1;
}

/** Where the run that `bytes[from]` belongs to ends, at `to` at the latest. */
export function runEnd(bytes: Uint8Array, member: Uint8Array, from: number, to: number): number {
  let end = from;
  while (end < to && member[bytes[end] as number] === 1) end++;
  return end;
}
