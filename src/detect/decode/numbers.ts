// Bytes written as numbers: plain hexadecimal, with separators (`54 33`, `54:33`, `0x54, 0x33`), and decimal lists.

import { hexValue, isDigit } from '../bytes.ts';
import { Collector, type Decoded } from '../view.ts';

/** How far numbers are followed before a hit, in bytes, and after it: the further, the less of a long run is decoded twice. */
export const NUMBERS_REACH = 4096;
const AHEAD = 8192;
const LONGEST_GAP = 40;

/** With what parts the pieces of a string that is put together. */
const GAP = new Set([...' \t\r\n,:;-[](){}"\'|\\+.&'].map((char) => char.charCodeAt(0)));

/** What was decoded, and the stretch it was decoded from. */
export type Window = { readonly decoded: Decoded; readonly from: number; readonly to: number };

/** Decodes the pairs of hexadecimal digits around `at`, where a pair begins. */
export function decodeHex(bytes: Uint8Array, at: number): Window {
  return plainHex(bytes, at) ?? decodeAround(bytes, at, previousPair, readPair);
}

/** The run of digits around `at`, when nothing but digits stands within reach or what ends it could not be a gap. */
function plainHex(bytes: Uint8Array, at: number): Window | undefined {
  let from = at;
  while (at - from < NUMBERS_REACH && hexValue(bytes[from - 1]) >= 0 && hexValue(bytes[from - 2]) >= 0)
    from -= 2;
  let to = at;
  while (to - at < AHEAD && hexValue(bytes[to]) >= 0 && hexValue(bytes[to + 1]) >= 0) to += 2;
  const mayGoOn = (byte: number | undefined) => byte !== undefined && (GAP.has(byte) || byte === 0x78);
  const isCutShort =
    (at - from < NUMBERS_REACH && mayGoOn(bytes[from - 1])) || (to - at < AHEAD && mayGoOn(bytes[to]));
  return isCutShort ? undefined : { decoded: decodeHexRun(bytes, from, to), from, to };
}

/** Decodes the pairs from `from` on, without anything between them, to the first that is none or to `to`. */
export function decodeHexRun(bytes: Uint8Array, from: number, to: number): Decoded {
  const out = new Collector((to - from) >> 1);
  for (let at = from; at + 2 <= to; at += 2) {
    const value = hexValue(bytes[at]) * 16 + hexValue(bytes[at + 1]);
    if (hexValue(bytes[at]) < 0 || hexValue(bytes[at + 1]) < 0) break;
    out.add(value, at, at + 2);
  }
  return out.decoded();
}

/** Decodes the decimal numbers around `at`, where a number begins. */
export function decodeDecimal(bytes: Uint8Array, at: number): Window {
  return decodeAround(bytes, at, previousNumber, readNumber);
}

interface Numeral {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

type Step = (bytes: Uint8Array, at: number) => Numeral | undefined;

function decodeAround(bytes: Uint8Array, at: number, previous: Step, next: Step): Window {
  const before: Numeral[] = [];
  for (let i = at; at - i <= NUMBERS_REACH; ) {
    const numeral = previous(bytes, i);
    if (numeral === undefined) break;
    before.push(numeral);
    i = numeral.start;
  }
  const numerals = before.reverse();
  for (let i = at; i - at <= AHEAD; ) {
    const numeral = next(bytes, i);
    if (numeral === undefined) break;
    numerals.push(numeral);
    i = numeral.end;
  }
  const out = new Collector(numerals.length);
  for (const { value, start, end } of numerals) out.add(value, start, end);
  return { decoded: out.decoded(), from: numerals[0]?.start ?? at, to: numerals.at(-1)?.end ?? at };
}

function readPair(bytes: Uint8Array, at: number): Numeral | undefined {
  let i = skipGap(bytes, at);
  if (bytes[i] === 0x30 && ((bytes[i + 1] ?? 0) | 0x20) === 0x78) i += 2;
  else if (bytes[i] === 0x78 && i > at) i++;
  const high = hexValue(bytes[i]);
  const low = hexValue(bytes[i + 1]);
  return high < 0 || low < 0 ? undefined : { value: high * 16 + low, start: i, end: i + 2 };
}

function previousPair(bytes: Uint8Array, at: number): Numeral | undefined {
  let i = at;
  if (((bytes[i - 1] ?? 0) | 0x20) === 0x78) i -= bytes[i - 2] === 0x30 ? 2 : 1;
  i = skipGapBack(bytes, i);
  const low = hexValue(bytes[i - 1]);
  const high = hexValue(bytes[i - 2]);
  return high < 0 || low < 0 ? undefined : { value: high * 16 + low, start: i - 2, end: i };
}

function readNumber(bytes: Uint8Array, at: number): Numeral | undefined {
  const start = skipGap(bytes, at);
  let end = start;
  let value = 0;
  while (end < start + 4 && isDigit(bytes[end])) value = value * 10 + (bytes[end++] as number) - 0x30;
  return end === start || value > 0xff ? undefined : { value, start, end };
}

function previousNumber(bytes: Uint8Array, at: number): Numeral | undefined {
  const end = skipGapBack(bytes, at);
  if (end === at) return undefined;
  let start = end;
  while (start > end - 4 && isDigit(bytes[start - 1])) start--;
  const value = Number(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
  return start === end || value > 0xff ? undefined : { value, start, end };
}

function skipGap(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < at + LONGEST_GAP && GAP.has(bytes[i] as number)) i++;
  return i;
}

function skipGapBack(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i > at - LONGEST_GAP && GAP.has(bytes[i - 1] as number)) i--;
  return i;
}
