// Finds values and the names they are given to, in any common syntax: shell, dotenv, JSON, YAML, TOML, INI, properties,
// JavaScript, Python, Go, C#, Dockerfile, HCL, XML, HTTP headers, URL queries. It starts at the value, because a value
// that looks like a credential is rare, and reads backwards to its name.

import { classOf } from './bytes.ts';
import { isMadeUpValue } from './placeholder.ts';
import { couldBeRandom, type Randomness, randomnessOf } from './randomness.ts';
import { isOrElse, isReference } from './references.ts';
import { SHORTEST_VALUE, type Value } from './values.ts';
import type { View } from './view.ts';

export interface Naming {
  /** As written, without quotes and brackets; empty when there is none. */
  readonly name: string;
  /** What stands between name and value, without quotes and spaces; `--` where the name of a flag is all there is. */
  readonly operator: string;
  /** Up to 160 characters before the name: `value:` means what the line above says. */
  readonly before: string;
}

/** Characters of a value that are looked at to tell whether it was drawn or typed. */
const TELLING = 256;
const REACH_BACK = 256;
const DOT = 0x2e;

/** What was found out about values, so that one that comes again is looked at once. */
export type KnownValues = Map<string, { randomness?: Randomness; madeUp?: boolean }>;

const MOST_KNOWN = 4096;

/** What a value is assigned to, and what of it may be the value: all, or the pieces between its dots. */
export function* assignmentsOf(view: View, value: Value, known: KnownValues): Iterable<Assignment> {
  const { bytes } = view;
  const { to, hasDots } = value;
  const from = value.from + Number(isOrElse(bytes, value.from));
  // `api.example.com/…` is no value, what follows its last dot may be one; the dots of a token belong to it.
  const isDivided = hasDots && !isToken(bytes, from);
  yield new Assignment(view, from, to, isDivided ? 'divided' : 'whole', value.isTyped, known);
  if (!isDivided || value.isTyped) return;
  for (let start = from; start < to; ) {
    let end = start;
    while (end < to && bytes[end] !== DOT) end++;
    if (end - start >= SHORTEST_VALUE) yield new Assignment(view, start, end, 'piece', false, known);
    start = end + 1;
  }
}

/** Base64 of `{"`. */
const isToken = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x65 && bytes[at + 1] === 0x79 && bytes[at + 2] === 0x4a;

/** `{"alg":"RS256","typ":"JWT"}`, of which that of `.payload.signature` is made, too. */
const withoutHeader = (value: string): string =>
  value.startsWith('eyJ') ? value.slice(value.indexOf('.') + 1) : value;

/** Nothing is worked out before it is asked for, and nothing twice: most values are turned away at the first question. */
export class Assignment {
  /** `[start, end)` of the value, view offsets. */
  readonly start: number;
  readonly end: number;
  /** A run of characters to its end, without dots or `divided` by them, or a piece between two. */
  readonly extent: 'whole' | 'divided' | 'piece';
  private readonly view: View;
  private readonly known: KnownValues;
  private preceding: string | undefined;
  private text: string | undefined;
  private names: Naming | undefined;
  private random: boolean | undefined;

  constructor(
    view: View,
    start: number,
    end: number,
    extent: Assignment['extent'],
    isTyped: boolean,
    known: KnownValues,
  ) {
    this.view = view;
    this.start = start;
    this.end = end;
    this.extent = extent;
    if (isTyped) this.random = false;
    this.known = known;
  }

  get value(): string {
    this.text ??= this.view.bytes.toString('latin1', this.start, this.end);
    return this.text;
  }

  /** False: `randomness` will be `none`. */
  couldBeRandom(): boolean {
    this.random ??= couldBeRandom(this.view.bytes, this.start, Math.min(this.end, this.start + TELLING));
    return this.random;
  }

  /** Of a long value the beginning says enough; what a token begins with, everybody may know. */
  randomness(): Randomness {
    const looks = this.looks();
    looks.randomness ??= randomnessOf(withoutHeader(this.value.slice(0, TELLING)));
    return looks.randomness;
  }

  isMadeUp(): boolean {
    const looks = this.looks();
    looks.madeUp ??= isMadeUpValue(this.value.slice(0, TELLING));
    return looks.madeUp;
  }

  naming(): Naming {
    this.names ??= nameBefore(this.textBefore());
    return this.names;
  }

  isReference(): boolean {
    return isReference(this.textBefore(), this.value, this.view.bytes[this.end]);
  }

  private textBefore(): string {
    const { bytes, before } = this.view;
    this.preceding ??=
      this.start === 0 ? before : bytes.toString('latin1', Math.max(0, this.start - REACH_BACK), this.start);
    return this.preceding;
  }

  private looks() {
    const beginning = this.value.slice(0, TELLING);
    const looks = this.known.get(beginning) ?? {};
    if (this.known.size < MOST_KNOWN) this.known.set(beginning, looks);
    return looks;
  }
}

const NAME = classOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.$:');
const OPENING = classOf('"\'`\\@ \t');
const OPERATOR = classOf('=:>|?,([{~+- \t\r\n');
const CLOSING = classOf('"\'`\\])}>* \t');

const SKIPPED_WORD = /(?:^|[\s"'`:=(,>])((?:bearer|token|or|else|[frbu]{1,2}) ?)$/i;
const LONGEST_NAME = 80;

function nameBefore(text: string): Naming {
  let at = skipBack(text, text.length, OPENING, 16);
  const word = SKIPPED_WORD.exec(text.slice(Math.max(0, at - 10), at));
  if (word) at = skipBack(text, at - (word[1] as string).length, OPENING, 16);
  const operatorEnd = at;
  at = skipBack(text, at, OPERATOR, 24);
  const between = text.slice(at, operatorEnd);
  at = skipBack(text, at, CLOSING, 8);
  const nameEnd = at;
  at = skipBack(text, at, NAME, LONGEST_NAME);
  const written = text.slice(at, nameEnd);
  const operator = between.trim() || (written.startsWith('--') ? '--' : '');
  // A value on the next line belongs to a name that is still open: `openai_api_key:`, not `openai_api_key:125`.
  const isOpen = operator !== '' || !between.includes('\n') || !/:[^:]+$/.test(written);
  const name = isOpen ? trimName(written) : '';
  // Nor to what is named before other text: `-e OPENAI_API_KEY=… -e CODE="…" \⏎ organisation/image`.
  const isApart =
    written === '' && operator === '' && between.includes('\n') && !isMember(OPERATOR, text, at - 1);
  return { name, operator, before: isApart ? '' : text.slice(Math.max(0, at - 160), at) };
}

/** Without the `$`, `--` and `:` that syntax puts around a name. */
function trimName(name: string): string {
  let from = 0;
  let to = name.length;
  while (from < to && '-.:$'.includes(name[from] as string)) from++;
  while (to > from && '-.:$'.includes(name[to - 1] as string)) to--;
  return name.slice(from, to);
}

const isMember = (member: Uint8Array, text: string, at: number): boolean => member[text.charCodeAt(at)] === 1;

/** Steps back over at most `most` characters of a class. */
function skipBack(text: string, from: number, member: Uint8Array, most: number): number {
  let at = from;
  while (at > 0 && from - at < most && isMember(member, text, at - 1)) at--;
  return at;
}
