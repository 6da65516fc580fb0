// Finds values and the names they are given to, in any common syntax: shell, dotenv, JSON, YAML, TOML, INI, properties,
// JavaScript, Python, Go, C#, Dockerfile, HCL, XML, HTTP headers, URL queries. It starts at the value, because a value
// that looks like a credential is rare, and reads backwards to its name.

import { isTokenByte } from './bytes.ts';
import type { Region } from './context.ts';

export interface Assignment {
  /** `[start, end)` of the value, view offsets. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** As written, without quotes and brackets; empty when there is none. */
  readonly name: string;
  /** What stands between name and value, without quotes and spaces. */
  readonly operator: string;
  /** Up to 160 characters before the name: `value:` means what the line above says. */
  readonly before: string;
}

const VALUE = /[A-Za-z0-9+/_.-]{16,8192}={0,2}/g;
const REACH_BACK = 240;

/** Every assignment whose value starts in the region; values of 16 to 8192 characters. */
export function* assignmentsIn(bytes: Buffer, { from, to }: Region): Iterable<Assignment> {
  const text = bytes.toString('latin1', from, Math.min(bytes.length, to + 8192));
  for (const match of text.matchAll(VALUE)) {
    const start = from + match.index;
    if (start >= to) return;
    const before = bytes.toString('latin1', Math.max(0, start - REACH_BACK), start);
    for (const [offset, value] of piecesOf(match[0])) {
      const head = offset === 0 ? before : (before + match[0].slice(0, offset)).slice(-REACH_BACK);
      yield { start: start + offset, end: start + offset + value.length, value, ...nameBefore(head) };
    }
  }
}

/** A token of three parts keeps its dots; otherwise dots separate, and what is left must be long enough. */
function* piecesOf(run: string): Iterable<readonly [offset: number, value: string]> {
  if (!run.includes('.') || run.startsWith('eyJ')) {
    yield [0, run];
    return;
  }
  for (const match of run.matchAll(/[^.]{16,}/g)) yield [match.index, match[0]];
}

const isNameChar = (char: string | undefined): boolean =>
  char !== undefined && (isTokenByte(char.charCodeAt(0)) || char === '.' || char === '$' || char === ':');

const SKIPPED_WORD = /(?:^|[^A-Za-z0-9_])(?:bearer|basic|token|or|else|[frbu]{1,2})[ ]*$/i;
const LONGEST_NAME = 80;

function nameBefore(text: string): Pick<Assignment, 'name' | 'operator' | 'before'> {
  let at = skipBack(text, text.length, /["'`\\@ \t]/);
  const word = SKIPPED_WORD.exec(text.slice(Math.max(0, at - 12), at));
  if (word) at = skipBack(text, at - word[0].trimStart().replace(/^[^A-Za-z]/, '').length, /["'`\\@ \t]/);
  const operatorEnd = at;
  at = skipBack(text, at, /[=:>|?,([{~+\- \t\r\n]/, 24);
  const operator = text.slice(at, operatorEnd).replace(/\s/g, '');
  at = skipBack(text, at, /["'`\\\])}> \t]/, 8);
  const nameEnd = at;
  while (at > 0 && nameEnd - at < LONGEST_NAME && isNameChar(text[at - 1])) at--;
  const name = text.slice(at, nameEnd).replace(/^[-.:$]+|[.:$-]+$/g, '');
  return { name, operator, before: text.slice(Math.max(0, at - 160), at) };
}

/** Steps back over at most `most` characters that match. */
function skipBack(text: string, from: number, matching: RegExp, most = 16): number {
  let at = from;
  while (at > 0 && from - at < most && matching.test(text[at - 1] as string)) at--;
  return at;
}
