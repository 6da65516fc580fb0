// Hexadecimal dumps with addresses: each line begins with one and may end in the text of its bytes (hexdump -C, xxd, od, tcpdump).

import { hexValue } from '../bytes.ts';
import { Collector } from '../view.ts';
import type { Window } from './numbers.ts';

/** A key of 210 bytes and its context take so many lines of 16, at most. */
const MOST_LINES = 64;
const LONGEST_LINE = 256;
const MOST_PAIRS = 64;
const LONGEST_GAP = 3;
const LF = 0x0a;

interface Line {
  readonly from: number;
  readonly to: number;
  /** As written, of hexadecimal digits. */
  readonly address: string;
  /** Where each byte is written. */
  readonly pairs: readonly number[];
}

/** The bytes of the dump around `at`; undefined when no line there goes on where the one before it ends. */
export function decodeDump(bytes: Buffer, at: number): Window | undefined {
  const line = lineAround(bytes, at);
  if (line === undefined) return undefined;
  const lines = [line];
  for (let before = line; lines.length < MOST_LINES; lines.unshift(before)) {
    const previous = before.from > 0 ? lineAround(bytes, before.from - 1) : undefined;
    if (previous === undefined || !goesOn(previous, before)) break;
    before = previous;
  }
  for (let after = line; lines.length < 2 * MOST_LINES; lines.push(after)) {
    const next = lineAround(bytes, after.to + 1);
    if (next === undefined || !goesOn(after, next)) break;
    after = next;
  }
  if (lines.length < 2) return undefined;
  const out = new Collector(lines.length * MOST_PAIRS);
  const width = stepBetween(lines[0] as Line, lines[1] as Line);
  for (const [n, each] of lines.entries()) {
    const next = lines[n + 1];
    for (const pair of each.pairs.slice(0, next ? stepBetween(each, next) : width))
      out.add(hexValue(bytes[pair]) * 16 + hexValue(bytes[pair + 1]), pair, pair + 2);
  }
  return { decoded: out.decoded(), from: (lines[0] as Line).from, to: (lines.at(-1) as Line).to };
}

/** Where the line ends that `at` stands in, or as far behind it as one of a dump could go. */
export function dumpLineEnd(bytes: Buffer, at: number): number {
  const behind = bytes.subarray(at, at + LONGEST_LINE).indexOf(LF);
  return at + (behind < 0 ? LONGEST_LINE : behind + 1);
}

const goesOn = (line: Line, next: Line): boolean => stepBetween(line, next) > 0;

/**
 * How many bytes a line has when the next one goes on where it ends, which only the addresses tell: text behind the bytes may look
 * like more of them. 0: it does not. od counts in octal, and writes nothing behind them.
 */
function stepBetween({ address, pairs }: Line, next: Line): number {
  const [hex, octal] = [16, 8].map(
    (base) => Number.parseInt(next.address, base) - Number.parseInt(address, base),
  );
  if (octal === pairs.length) return pairs.length;
  return hex !== undefined && hex > 0 && hex <= MOST_PAIRS ? hex : 0;
}

/** The line that `at` stands in, when it is one of a dump. */
function lineAround(bytes: Buffer, at: number): Line | undefined {
  if (at > bytes.length) return undefined;
  const reach = Math.max(0, at - LONGEST_LINE);
  const before = bytes.subarray(reach, at).lastIndexOf(LF);
  if (before < 0 && reach > 0) return undefined;
  const from = reach + before + 1;
  const behind = bytes.subarray(from, from + LONGEST_LINE).indexOf(LF);
  const to = behind < 0 ? bytes.length : from + behind;
  if (to - from > LONGEST_LINE) return undefined;
  const head = ADDRESS.exec(bytes.toString('latin1', from, to));
  if (head === null) return undefined;
  const pairs = pairsFrom(bytes, from + head[0].length, to);
  return pairs.length === 0 ? undefined : { from, to, address: head[1] as string, pairs };
}

const ADDRESS = /^[ \t]*(?:0x)?([0-9A-Fa-f]{4,12})(?::?[ \t]+)/;

function pairsFrom(bytes: Buffer, start: number, to: number): number[] {
  const pairs: number[] = [];
  for (let at = start; pairs.length < MOST_PAIRS; at += 2) {
    const from = at;
    while (at < to && at - from < LONGEST_GAP && bytes[at] === 0x20) at++;
    if (at + 2 > to || hexValue(bytes[at]) < 0 || hexValue(bytes[at + 1]) < 0) break;
    pairs.push(at);
  }
  return pairs;
}
