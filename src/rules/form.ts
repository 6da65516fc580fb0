// The one small language for what a credential looks like: rule files match with it, tests generate fresh keys from it.
//
//   sk-proj-<base64url:74><marker><base64url:72><tail>
//
// Literal text; `<alphabet:n>`, `<alphabet:n-m>` or `<alphabet:n|m>` a run of that many characters; `<[A-L]:1>` a run of
// listed characters; `<marker>` the eight characters every modern OpenAI key has in its middle; `<tail>` the two
// characters keys end in since August 2024. Every run is bounded, so whatever is written in it matches in linear time.

import { ALPHABETS } from './alphabet.ts';

/** base64("OpenAI"). Assembled, so that no file of ours looks like it holds half a key. */
export const MARKER = ['T3Bl', 'bkFJ'].join('');

/** What keys of today look like: what keyscan tests itself with. */
export const TEST_KEY = 'sk-proj-<base64url:74><marker><base64url:72><tail>';

export interface Literal {
  readonly literal: string;
}

export interface Run {
  readonly alphabet: string;
  readonly shortest: number;
  readonly longest: number;
  /** The lengths allowed, ascending; left out: every one from the shortest to the longest. */
  readonly only?: readonly number[];
}

export type Part = Literal | Run;
export type Form = readonly Part[];

export const isLiteral = (part: Part): part is Literal => 'literal' in part;

const MAX_RUN = 8192;
const TOKEN = /<([^<>]+)>/g;

/** Reads a form. Throws an Error that names the faulty token. */
export function parseForm(source: string): Form {
  const parts: Part[] = [];
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ literal: source.slice(end, match.index) });
    parts.push(...parseToken(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < source.length) parts.push({ literal: source.slice(end) });
  return joinLiterals(parts);
}

/** What every string of this form begins with, as far as it is written out. */
export const headOf = (source: string): string => source.split('<', 1)[0] ?? '';

function parseToken(token: string): Part[] {
  if (token === 'marker') return [{ literal: MARKER }];
  if (token === 'tail')
    return [{ alphabet: alphabetOf('tailbits'), shortest: 1, longest: 1 }, { literal: 'A' }];
  const colon = token.lastIndexOf(':');
  if (colon < 1) throw new Error(`<${token}>: expected <alphabet:length>`);
  return [{ alphabet: alphabetOf(token.slice(0, colon)), ...lengthsOf(token.slice(colon + 1)) }];
}

function alphabetOf(name: string): string {
  if (name.startsWith('[') && name.endsWith(']')) return expandRanges(name.slice(1, -1));
  const alphabet = Object.hasOwn(ALPHABETS, name) ? ALPHABETS[name] : undefined;
  if (alphabet === undefined) throw new Error(`<${name}>: no such alphabet`);
  return alphabet;
}

function expandRanges(source: string): string {
  const expanded = source.replace(/(.)-(.)/g, (_, from: string, to: string) => {
    const first = from.charCodeAt(0);
    return String.fromCharCode(...Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, i) => first + i));
  });
  if (expanded === '') throw new Error('<[]>: an alphabet needs characters');
  return expanded;
}

function lengthsOf(source: string): Omit<Run, 'alphabet'> {
  const lengths = source.split(/[-|]/).map(Number);
  const isRange = /^\d+-\d+$/.test(source);
  const sound = lengths.every((length) => Number.isInteger(length) && length >= 0 && length <= MAX_RUN);
  if (!sound || (source.includes('-') && !isRange))
    throw new Error(`<…:${source}>: lengths are whole numbers up to ${MAX_RUN}`);
  const only = lengths.sort((a, b) => a - b);
  const bounds = { shortest: only[0] ?? 0, longest: only.at(-1) ?? 0 };
  return isRange || only.length === 1 ? bounds : { ...bounds, only };
}

function joinLiterals(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && isLiteral(last) && isLiteral(part))
      joined[joined.length - 1] = { literal: last.literal + part.literal };
    else joined.push(part);
  }
  return joined;
}

/** A fresh string of this form. `random` gives numbers in [0, 1), as Math.random does. */
export function expandForm(form: Form, random: () => number): string {
  const pick = <T>(from: ArrayLike<T>): T => from[Math.floor(random() * from.length)] as T;
  const lengthOf = ({ shortest, longest, only }: Run): number =>
    only ? pick(only) : shortest + Math.floor(random() * (longest - shortest + 1));
  return form
    .map((part) =>
      isLiteral(part)
        ? part.literal
        : Array.from({ length: lengthOf(part) }, () => pick(part.alphabet)).join(''),
    )
    .join('');
}
