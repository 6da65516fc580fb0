// What the prefilter looks for, and what it means to find it: the marker, its encoded and damaged forms, words, heads.

import { MARKER } from '../rules/form.ts';
import { SHORTEST_LITERAL, windowsOf } from './literal-search.ts';

/** Why a literal is looked for. */
export type Anchor =
  /** The literal of one or more forms stands here. */
  | { readonly kind: 'form'; readonly literal: string }
  /** A piece of the marker: the rest may be escaped, coloured over or taken apart. */
  | { readonly kind: 'damaged'; readonly divided?: Divided }
  /** Base64 text; the hit is the `place`th character of its group of four. `pieceOf`: of nothing but these. */
  | { readonly kind: 'base64'; readonly place: number; readonly pieceOf?: readonly PieceOf[] }
  | { readonly kind: 'hex' }
  | { readonly kind: 'decimal' }
  | { readonly kind: 'reversed' | 'rot13'; readonly pieceOf?: readonly PieceOf[] }
  /** A word that makes a markerless credential believable. */
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'jwt' };

/** The marker broken off where a quote ends: behind it, `quoteEnd` characters on, the piece that begins with `next`. */
export interface Divided {
  readonly quoteEnd: number;
  readonly next: string;
}

/** What stands right before a piece and right behind it in the text it was taken from. */
export type PieceOf = readonly [before: string, behind: string];

/** Nothing but JSON: the build works it out for the rules that ship, because every commit would wait for it. */
export interface AnchorTable {
  readonly literals: readonly string[];
  /** Which four characters of each literal are looked for, see literal-search.ts. */
  readonly windows: readonly number[];
  /** What literals mean: each meaning once. */
  readonly anchors: readonly Anchor[];
  /** For each literal which of the anchors it is. */
  readonly meanings: readonly number[];
}

const BRAND = 'openai';
/** How its name is written most, worth looking for however deep it is encoded. */
const DEEP_WORDS: ReadonlySet<string> = new Set([BRAND, 'OPENAI', 'OpenAI']);
const FIRST_HALF = MARKER.slice(0, 4);
const SECOND_HALF = MARKER.slice(4);
/** Base64 of base64 of base64 is as deep as it is looked for by itself. */
const BASE64_DEPTH = 3;

/**
 * `formLiterals`: literals of forms that stand for themselves (the marker is always among the anchors). `words`: context
 * words and names, looked for in the ways people capitalise them.
 */
export function anchorTable(formLiterals: readonly string[], words: readonly string[]): AnchorTable {
  const table = new Map<string, Anchor>();
  const add = (literal: string, anchor: Anchor) => {
    const known = table.get(literal);
    if (known !== undefined) table.set(literal, asEither(known, anchor));
    else if (literal.length >= SHORTEST_LITERAL) table.set(literal, anchor);
  };

  add(MARKER, { kind: 'form', literal: MARKER });
  for (const literal of formLiterals) add(literal, { kind: 'form', literal });
  for (const piece of damagedMarkers()) add(piece, { kind: 'damaged' });
  for (const [piece, divided] of dividedMarkers()) add(piece, { kind: 'damaged', divided });
  for (const [text, place] of base64Forms(MARKER, BASE64_DEPTH)) {
    const half = text.length >> 1;
    add(text.slice(0, half), { kind: 'base64', place });
    add(text.slice(half), { kind: 'base64', place: (place + half) % 4 });
  }
  for (const [text, place] of base64Forms(wide(FIRST_HALF), 1)) add(text, { kind: 'base64', place });
  for (const literal of formLiterals) {
    if (literal.length < 5) continue;
    for (const [text, place] of base64Forms(literal, 1)) add(text, { kind: 'base64', place });
  }
  numberForms(add);
  const [one, two] = [reversed(SECOND_HALF), reversed(FIRST_HALF)];
  add(one, { kind: 'reversed', pieceOf: [['', two]] });
  add(two, { kind: 'reversed', pieceOf: [[one, '']] });
  const [first, second] = [rot13(FIRST_HALF), rot13(SECOND_HALF)];
  add(first, { kind: 'rot13', pieceOf: [['', second]] });
  add(second, { kind: 'rot13', pieceOf: [[first, '']] });
  const isEncodable = (word: string): boolean => /^[a-z]{5,8}$/.test(word);
  for (const word of words)
    for (const spelling of capitalisations(word)) {
      add(spelling, { kind: 'word', word });
      if (isEncodable(word)) addEncoded(spelling, add);
    }
  // However it is capitalised, a word encoded more deeply has pieces in common with those that are looked for.
  for (const spelling of words.filter(isEncodable).flatMap(capitalisations))
    for (const [piece, anchor] of piecesOf(spelling, BASE64_DEPTH)) if (table.has(piece)) add(piece, anchor);
  for (const letter of JWT_FOURTH) add(`eyJ${letter}`, { kind: 'jwt' });
  const literals = [...table.keys()];
  const written = [...table.values()].map((anchor) => JSON.stringify(anchor));
  const distinct = [...new Set(written)];
  return {
    literals,
    windows: windowsOf(literals),
    anchors: distinct.map((text) => JSON.parse(text) as Anchor),
    meanings: written.map((text) => distinct.indexOf(text)),
  };
}

/** What a literal means that was added before: what stands beside it may be known for either meaning, or it is for none. */
function asEither(known: Anchor, other: Anchor): Anchor {
  if (known.kind === 'damaged') return { kind: 'damaged' };
  if (known.kind !== 'base64') return known;
  const isNew = (piece: PieceOf): boolean => !known.pieceOf?.some((each) => `${each}` === `${piece}`);
  const pieceOf = 'pieceOf' in other && other.pieceOf && known.pieceOf?.concat(other.pieceOf.filter(isNew));
  return { kind: 'base64', place: known.place, ...(pieceOf && { pieceOf }) };
}

/** `{"` and the first letter of a header field: alg, cty, enc/iss, jku/jwk, kid, typ, x5t, zip. */
const JWT_FOURTH = 'hjlpqr046';

/**
 * The first half of the marker with one of its letters escaped or broken off: whatever mixture of plain, escaped and split
 * letters it is written in, one of these stands there (or the half as it is, or the second half as it is).
 */
function* damagedMarkers(): Iterable<string> {
  yield FIRST_HALF;
  yield SECOND_HALF;
  for (let at = 0; at < FIRST_HALF.length; at++) {
    const plain = FIRST_HALF.slice(0, at);
    const code = FIRST_HALF.charCodeAt(at);
    for (const escaped of escapesOf(code, FIRST_HALF[at + 1] ?? ''))
      yield `${plain}${escaped}`.slice(0, Math.max(6, at + 4));
  }
  // A piece that begins within the first half.
  for (const quote of QUOTES)
    for (const begin of [1, 2, 3]) yield `${quote}${MARKER.slice(begin, begin + 3)}`;
}

/** Pieces that end within the first half. */
function* dividedMarkers(): Iterable<readonly [literal: string, divided: Divided]> {
  for (const quote of QUOTES) {
    const ends = [`${quote}${MARKER.slice(0, 1)}`, MARKER.slice(0, 2), MARKER.slice(0, 3)];
    for (const [index, end] of ends.entries()) {
      const piece = `${end}${quote}`;
      const divided = { quoteEnd: piece.length, next: MARKER.charAt(index + 1) };
      // Two letters and a quote are too common.
      if (index === 2) yield [piece, divided];
      else for (const behind of [',', ' ', '+', '.', ')', '\n', '\\']) yield [`${piece}${behind}`, divided];
    }
  }
}

const QUOTES = [`"`, `'`, '`', '\\"'];

/** Every escape of a character that escapes.ts reads; octal and percent need the character after to be long enough. */
function* escapesOf(code: number, next: string): Iterable<string> {
  const hex = code.toString(16);
  for (const digits of new Set([hex, hex.toUpperCase()])) {
    yield `\\x${digits}`;
    yield `\\u00${digits}`;
    yield `\\u{${digits}}`;
    yield `\\x{${digits}}`;
    yield `\\U000000${digits}`;
    yield `U+00${digits}`;
    yield `&#x${digits}`;
    yield `&#x00${digits}`;
    yield `%${digits}%`;
    yield `%${digits}${next}`;
    yield `\\${digits} `;
    yield `\\0000${digits}`;
  }
  yield `&#${code}`;
  yield `&#0${code}`;
  yield `\\${code.toString(8).padStart(3, '0')}`;
}

type Add = (literal: string, anchor: Anchor) => void;

/** A word that is encoded as a whole, together with what it names. */
function addEncoded(word: string, add: Add): void {
  for (const [piece, anchor] of piecesOf(word, DEEP_WORDS.has(word) ? BASE64_DEPTH : 1)) add(piece, anchor);
  for (const [text, place] of base64Forms(wide(word.slice(0, 5)), 1)) add(text, { kind: 'base64', place });
  const digits = [...word].map((char) => char.charCodeAt(0).toString(16));
  const head = digits.slice(0, 3);
  for (const hex of [digits.join(''), digits.join('').toUpperCase()]) add(hex, { kind: 'hex' });
  for (const introduction of ['%', '\\x', '\\u00'])
    add(head.map((hex) => introduction + hex).join(''), { kind: 'damaged' });
}

/** Both ends of its base64: either may be broken off by the end of a line. */
function* piecesOf(word: string, depth: number): Iterable<readonly [literal: string, anchor: Anchor]> {
  for (const [text, place] of base64Forms(word, depth)) {
    yield [text.slice(0, 4), { kind: 'base64', place, pieceOf: [['', text.slice(4)]] }];
    const end = (place + text.length) % 4;
    yield [text.slice(-4), { kind: 'base64', place: end, pieceOf: [[text.slice(0, -4), '']] }];
  }
}

/**
 * The characters of the base64 text of `literal` that do not depend on what stands around it, at each of the three
 * alignments and nested `depth` times, each with its place in its group of four.
 */
function* base64Forms(literal: string, depth: number): Iterable<readonly [text: string, place: number]> {
  for (let before = 0; before < 3; before++) {
    const encoded = Buffer.from('\0'.repeat(before) + literal, 'latin1')
      .toString('base64')
      .replaceAll('=', '');
    const first = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + literal.length) * 8) / 6);
    const text = encoded.slice(first, end);
    yield [text, first % 4];
    if (depth > 1) yield* base64Forms(text, depth - 1);
  }
}

/**
 * The first three characters of the marker as numbers, and the last three: where a list is broken into lines, one or the other
 * is whole.
 */
function numberForms(add: Add): void {
  const codes = [...MARKER].map((char) => char.charCodeAt(0));
  const hex = codes.map((code) => code.toString(16));
  const addHex = (gap: string): void => {
    for (const digits of [hex, hex.map((each) => each.toUpperCase())])
      for (const part of [digits.slice(0, 3), digits.slice(-3)]) add(part.join(gap), { kind: 'hex' });
  };
  // Every other byte of UTF-16 is 00: an expandable string of the Windows registry, a dump of nvarchar.
  for (const gap of ['', ' ', ':', '-', ', ', ',', ',0x', ', 0x', ' 0x', '00', ',00,']) addHex(gap);
  for (const gap of [',', ', ', ' '])
    for (const part of [codes.slice(0, 3), codes.slice(-3)]) add(part.join(gap), { kind: 'decimal' });
  // One to a line: two are as long as what else is looked for.
  for (const indent of ['', '  ', '    ', '      ', '        ', '\t', '\t\t']) {
    add(hex.slice(0, 2).join(`,\n${indent}0x`), { kind: 'hex' });
    add(codes.slice(0, 2).join(`,\n${indent}`), { kind: 'decimal' });
  }
}

/** As UTF-16 of either byte order holds it: what both have in common. */
const wide = (text: string): string => [...text].join('\0');

const reversed = (text: string): string => [...text].reverse().join('');

const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (char) => {
    const first = char <= 'Z' ? 65 : 97;
    return String.fromCharCode(((char.charCodeAt(0) - first + 13) % 26) + first);
  });

/** As written, lower, upper, Capitalised, and the ways the product itself is spelled. */
function capitalisations(word: string): string[] {
  const capital = word[0]?.toUpperCase() + word.slice(1);
  const spellings = [word, word.toLowerCase(), word.toUpperCase(), capital];
  if (word === BRAND) spellings.push('OpenAI', 'OpenAi', 'openAI', 'openAi');
  if (word === 'chatgpt') spellings.push('ChatGPT', 'chatGPT');
  return [...new Set(spellings)];
}
