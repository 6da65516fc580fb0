// Finds values and the names they are given to, in any common syntax: shell, dotenv, JSON, YAML, TOML, INI, properties,
// JavaScript, Python, Go, C#, Dockerfile, HCL, XML, HTTP headers, URL queries. It starts at the value, because a value
// that looks like a credential is rare, and reads backwards to its name.

import type { Region } from './context.ts';
import { isMadeUpValue } from './placeholder.ts';
import { type Randomness, randomnessOf } from './randomness.ts';

export interface Assignment {
  /** `[start, end)` of the value, view offsets. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** A run of characters to its end, dots included; otherwise a piece between dots. */
  readonly isWhole: boolean;
  /** Worked out when first asked; of a long value the beginning says enough. */
  randomness(): Randomness;
  isMadeUp(): boolean;
  naming(): Naming;
}

export interface Naming {
  /** As written, without quotes and brackets; empty when there is none. */
  readonly name: string;
  /** What stands between name and value, without quotes and spaces. */
  readonly operator: string;
  /** Up to 160 characters before the name: `value:` means what the line above says. */
  readonly before: string;
}

const VALUE = /[A-Za-z0-9+/_.-]{16,8192}={0,2}/g;
const LONGEST_VALUE = 8192;
/** Characters of a value that are looked at to tell whether it was drawn or typed. */
const TELLING = 256;
const REACH_BACK = 256;

/** What was found out about values, so that one that comes again is looked at once. */
export type KnownValues = Map<string, { randomness?: Randomness; madeUp?: boolean }>;

const MOST_KNOWN = 4096;

/** Every assignment whose value starts in the region; values of 16 to 8192 characters. */
export function* assignmentsIn(
  bytes: Buffer,
  { from, to }: Region,
  known: KnownValues,
): Iterable<Assignment> {
  const text = bytes.toString('latin1', from, Math.min(bytes.length, to + LONGEST_VALUE));
  for (const match of text.matchAll(VALUE)) {
    const start = from + match.index;
    if (start >= to) return;
    yield assignment(bytes, start, match[0], true, known);
    for (const piece of piecesOf(match[0]))
      yield assignment(bytes, start + piece.index, piece[0], false, known);
  }
}

function assignment(
  bytes: Buffer,
  start: number,
  value: string,
  isWhole: boolean,
  known: KnownValues,
): Assignment {
  const beginning = value.slice(0, TELLING);
  const looks = known.get(beginning) ?? {};
  if (known.size < MOST_KNOWN) known.set(beginning, looks);
  let naming: Naming | undefined;
  return {
    start,
    end: start + value.length,
    value,
    isWhole,
    randomness: () => {
      looks.randomness ??= randomnessOf(beginning);
      return looks.randomness;
    },
    isMadeUp: () => {
      looks.madeUp ??= isMadeUpValue(beginning);
      return looks.madeUp;
    },
    naming: () => {
      naming ??= nameBefore(bytes.toString('latin1', Math.max(0, start - REACH_BACK), start));
      return naming;
    },
  };
}

/** What stands between dots: `api.example.com/…` is no value, what follows its last dot may be one. */
const piecesOf = (run: string): Iterable<RegExpExecArray> =>
  run.includes('.') && !run.startsWith('eyJ') ? run.matchAll(/[^.]{16,}/g) : [];

const classOf = (chars: string): Uint8Array => {
  const member = new Uint8Array(256);
  for (const char of chars) member[char.charCodeAt(0)] = 1;
  return member;
};

const NAME = classOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.$:');
const OPENING = classOf('"\'`\\@ \t');
const OPERATOR = classOf('=:>|?,([{~+- \t\r\n');
const CLOSING = classOf('"\'`\\])}> \t');

const SKIPPED_WORD = /(?:^|[\s"'`:=(,>])((?:bearer|token|or|else|[frbu]{1,2}) ?)$/i;
const LONGEST_NAME = 80;

function nameBefore(text: string): Naming {
  let at = skipBack(text, text.length, OPENING, 16);
  const word = SKIPPED_WORD.exec(text.slice(Math.max(0, at - 10), at));
  if (word) at = skipBack(text, at - (word[1] as string).length, OPENING, 16);
  const operatorEnd = at;
  at = skipBack(text, at, OPERATOR, 24);
  const between = text.slice(at, operatorEnd);
  const operator = between.trim();
  at = skipBack(text, at, CLOSING, 8);
  const nameEnd = at;
  at = skipBack(text, at, NAME, LONGEST_NAME);
  const written = text.slice(at, nameEnd);
  // A value on the next line belongs to a name that is still open: `openai_api_key:`, not `openai_api_key:125`.
  const isOpen = operator !== '' || !between.includes('\n') || !/:[^:]+$/.test(written);
  const name = isOpen ? trimName(written) : '';
  return { name, operator, before: text.slice(Math.max(0, at - 160), at) };
}

/** Without the `$`, `--` and `:` that syntax puts around a name. */
function trimName(name: string): string {
  let from = 0;
  let to = name.length;
  while (from < to && '-.:$'.includes(name[from] as string)) from++;
  while (to > from && '-.:$'.includes(name[to - 1] as string)) to--;
  return name.slice(from, to);
}

/** Steps back over at most `most` characters of a class. */
function skipBack(text: string, from: number, member: Uint8Array, most: number): number {
  let at = from;
  while (at > 0 && from - at < most && member[text.charCodeAt(at - 1)]) at--;
  return at;
}
