// Matches a form around a place where one of its literals stands: bounded work, whatever the bytes are.

import { type Form, isLiteral, MARKER, type Part, type Run } from '../rules/form.ts';
import { isSpace, isTokenByte } from './bytes.ts';
import { isOrElse } from './references.ts';
import type { View } from './view.ts';

export interface CompiledForm {
  /** The literal the search looks for, and which part of the form it is. */
  readonly anchor: string;
  /** Offset in view bytes → `[start, end)` of the credential around the anchor that stands there. */
  match(view: View, anchorAt: number): readonly [start: number, end: number] | undefined;
  /** Whether what stands right behind the anchor may be the form's, as far as a few of `bytes[behind, to)` tell. */
  mayFollow(bytes: Uint8Array, behind: number, to: number): boolean;
}

interface CompiledRun extends Pick<Run, 'shortest' | 'longest' | 'only'> {
  readonly member: Uint8Array;
}

type CompiledPart = Uint8Array | CompiledRun;

/** `edges` and `balanced` as in a rule's FormRule. The anchor is the marker, or the form's longest literal. */
export function compileForm(form: Form, edges: 'open' | 'token', balanced = false): CompiledForm {
  const anchorIndex = anchorOf(form);
  const anchor = (form[anchorIndex] as { literal: string }).literal;
  const parts = form.map(compilePart);
  const before = parts.slice(0, anchorIndex).reverse();
  const after = parts.slice(anchorIndex + 1);

  return {
    anchor,
    mayFollow(bytes, behind, to) {
      const run = after[0];
      if (run === undefined || isBytes(run)) return true;
      const end = Math.min(behind + run.shortest, behind + FEW, to);
      for (let at = behind; at < end; at++) if (run.member[bytes[at] as number] !== 1) return false;
      return true;
    },
    match(view, anchorAt) {
      const { bytes } = view;
      if (edges === 'token' && before.length === 0 && !isOpenBefore(view, anchorAt)) return undefined;
      const start = matchBackward(bytes, before, 0, anchorAt);
      if (start < 0) return undefined;
      const afterAnchor = anchorAt + anchor.length;
      const end = balanced
        ? balancedEnd(bytes, after, afterAnchor, anchorAt - firstRunStart(before, start))
        : matchForward(bytes, after, 0, afterAnchor);
      if (end < 0) return undefined;
      if (edges === 'token' && !(isOpenBefore(view, start) && isOpenAfter(view, end))) return undefined;
      return [start, end];
    },
  };
}

/** What stands before the anchor in every match: the text it begins with, empty when the anchor does, and its most bytes. */
export function beforeAnchor(form: Form): { readonly head: string; readonly reach: number } {
  const before = form.slice(0, anchorOf(form));
  const [first] = before;
  return {
    head: first && isLiteral(first) ? first.literal : '',
    reach: before.reduce((sum, part) => sum + (isLiteral(part) ? part.literal.length : part.longest), 0),
  };
}

/** The anchor and what follows it. */
export const fromAnchor = (form: Form): Form => form.slice(anchorOf(form));

/** The marker where there is one, because nothing is rarer; otherwise the longest literal. */
function anchorOf(form: Form): number {
  const worth = (part: Part): number => {
    if (!isLiteral(part)) return 0;
    return part.literal === MARKER ? Infinity : part.literal.length;
  };
  const worths = form.map(worth);
  const best = Math.max(...worths);
  if (!(best > 0)) throw new Error('a form needs a literal to look for');
  return worths.indexOf(best);
}

function compilePart(part: Part): CompiledPart {
  if (isLiteral(part)) return Buffer.from(part.literal, 'latin1');
  const member = new Uint8Array(256);
  for (const char of part.alphabet) member[char.charCodeAt(0)] = 1;
  return { ...part, member };
}

const isBytes = (part: CompiledPart): part is Uint8Array => part instanceof Uint8Array;

/** Matches `parts` right to left, ending before `end`; gives where they start, or -1. Longest runs are tried first. */
function matchBackward(
  bytes: Uint8Array,
  parts: readonly CompiledPart[],
  index: number,
  end: number,
): number {
  const part = parts[index];
  if (part === undefined) return end;
  if (isBytes(part)) {
    const start = end - part.length;
    return start >= 0 && equals(bytes, start, part) ? matchBackward(bytes, parts, index + 1, start) : -1;
  }
  let available = 0;
  while (available < part.longest && available < end && part.member[bytes[end - available - 1] as number])
    available++;
  for (let length = available; length >= part.shortest; length--) {
    if (part.only && !part.only.includes(length)) continue;
    const start = matchBackward(bytes, parts, index + 1, end - length);
    if (start >= 0) return start;
  }
  return -1;
}

/** Matches `parts` left to right from `start`; gives where they end, or -1. Longest runs are tried first. */
function matchForward(
  bytes: Uint8Array,
  parts: readonly CompiledPart[],
  index: number,
  start: number,
): number {
  const part = parts[index];
  if (part === undefined) return start;
  if (isBytes(part)) {
    return equals(bytes, start, part) ? matchForward(bytes, parts, index + 1, start + part.length) : -1;
  }
  const available = runLength(bytes, part, start);
  for (let length = available; length >= part.shortest; length--) {
    if (part.only && !part.only.includes(length)) continue;
    const end = matchForward(bytes, parts, index + 1, start + length);
    if (end >= 0) return end;
  }
  return -1;
}

function runLength(bytes: Uint8Array, run: CompiledRun, start: number): number {
  let length = 0;
  while (length < run.longest && start + length < bytes.length && run.member[bytes[start + length] as number])
    length++;
  return length;
}

function equals(bytes: Uint8Array, at: number, literal: Uint8Array): boolean {
  if (at + literal.length > bytes.length) return false;
  for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false;
  return true;
}

/** Where the run before the marker starts: right after the form's first literal. */
function firstRunStart(before: readonly CompiledPart[], start: number): number {
  const head = before.at(-1);
  return head !== undefined && isBytes(head) ? start + head.length : start;
}

const TAIL_BITS = Buffer.from('AEIMQUYcgkosw048');

/**
 * The end of a run whose length nobody has listed: halves of one key differ by a character at most, so a longer run is
 * cut there, preferably where the key's own last two characters say so (reference §1.0), and a shorter one is taken whole.
 */
function balancedEnd(bytes: Uint8Array, after: readonly CompiledPart[], start: number, half: number): number {
  const run = after[0];
  if (run === undefined || isBytes(run)) return -1;
  const available = runLength(bytes, run, start);
  if (available < run.shortest) return -1;
  if (available <= half + 1) return start + available;
  const isTail = (end: number) => bytes[end - 1] === 0x41 && TAIL_BITS.includes(bytes[end - 2] as number);
  const cut = [half, half + 1, half - 1].find((length) => isTail(start + length)) ?? half;
  return start + cut;
}

/** Nothing before belongs to the same token; the letter of an escaped control character (`\n`) does not. */
function isOpenBefore(view: View, start: number): boolean {
  const { bytes } = view;
  if (!isTokenByte(bytes[start - 1]) || view.isSeam(start) || isOrElse(bytes, start - 1)) return true;
  const letter = String.fromCharCode(bytes[start - 1] as number);
  return bytes[start - 2] === BACKSLASH && 'ntrfbv0'.includes(letter);
}

/** Nothing behind belongs to the same token; what stands behind a line that is continued does. */
function isOpenAfter(view: View, end: number): boolean {
  const { bytes } = view;
  if (isTokenByte(bytes[end])) return view.isSeam(end);
  return bytes[end] !== BACKSLASH || !continues(bytes, end + 1);
}

/** A line end with more of a token on the next line. */
function continues(bytes: Uint8Array, at: number): boolean {
  let next = at;
  while (next < at + LONGEST_INDENT && isSpace(bytes[next])) next++;
  return next > at && isTokenByte(bytes[next]);
}

/** Bytes that tell a form from other text, and are near enough to what they follow (leads.ts). */
const FEW = 8;
const BACKSLASH = 0x5c;
const LONGEST_INDENT = 80;
