// Looks through a view for credentials, undoes the encodings it meets, and looks again in what comes out.

import { UsageError } from '../errors.ts';
import type { Compiled } from './compile.ts';
import { type Region, regionsAround, Surroundings } from './context.ts';
import { type Base64Stretch, decodeBase64, isEncodedText } from './decode/base64.ts';
import { decodeDump, dumpLineEnd } from './decode/dump.ts';
import { encodedRuns } from './decode/encoded-runs.ts';
import { mayHideHead } from './decode/hidden-head.ts';
import { continuesPiece } from './decode/join.ts';
import { reverse, rot13 } from './decode/mirror.ts';
import { decodeDecimal, decodeHex } from './decode/numbers.ts';
import { softLayers } from './decode/soft.ts';
import { wideLabel, withoutNuls } from './decode/wide.ts';
import { type Hits, searchView } from './hits.ts';
import { lookNearWords, type NearWords } from './near-words.ts';
import { SHORTEST_VALUE } from './values.ts';
import { type Decoded, decodedView, touchedView, type View } from './view.ts';

/** Undoing more than this many encodings is nobody's mistake; text encoded deeper is not looked into. */
const DEEPEST = 6;
/** Bytes before and after a hit in which the rest of a key may stand, escaped or taken apart. */
const SOFT_REACH = 2048;
const CONTEXT_REACH = 360;
const MIRROR_REACH = 400;
/** Decoded bytes per byte given in, at most; more is a bomb, and said so. */
const INFLATION = 64;

/** The input unfolds into more than is ever looked at: reported as a problem, never passed over. */
export class TooDeeplyEncoded extends UsageError {
  constructor() {
    super('unfolds into more than keyscan looks at: encodings within encodings');
  }
}

export interface Exploration extends NearWords {
  /** Milliseconds since 1970, to tell expired tokens. */
  readonly now: number;
  /** Bytes that may still be decoded. */
  allowance: number;
}

export function startExploration(compiled: Compiled, now: number, size: number): Exploration {
  return { compiled, now, found: [], known: new Map(), allowance: (size + 4096) * INFLATION };
}

/** Adds everything found in the view to `exploration.found`. `joined`: source text was taken apart and put together. */
export function explore(exploration: Exploration, view: View, softly = true, joined = false): void {
  exploration.allowance -= view.bytes.length;
  if (exploration.allowance < 0) throw new TooDeeplyEncoded();
  // A line of quoted base64 has hundreds of thousands of such.
  if (view.depth > 0 && view.bytes.length < SHORTEST_VALUE) return;
  const surroundings = new Surroundings(view);
  const hits = searchView(view, surroundings, exploration);
  const goesDeeper = view.depth < DEEPEST;
  const regions = contextRegions(exploration, view, surroundings, hits.words);
  for (const region of regions) {
    const hasLong = lookNearWords(exploration, view, surroundings, region, joined);
    if (goesDeeper && !joined && hasLong) exploreEncoded(exploration, view, region);
  }
  if (!goesDeeper) return;
  exploreBase64(exploration, view, hits);
  exploreNumbers(exploration, view, hits.hex, decodeHex, 'hex');
  exploreDumps(exploration, view, [...hits.hex, ...hits.damaged]);
  exploreNumbers(exploration, view, hits.decimal, decodeDecimal, 'decimal');
  exploreMirrored(exploration, view, hits.reversed, reverse, 'reversed');
  exploreMirrored(exploration, view, hits.rot13, rot13, 'rot13');
  if (softly) exploreSoftly(exploration, view, hits.damaged, regions);
  exploreNarrowed(exploration, view);
}

/** Where markerless credentials are believable: near the words, or everywhere when the words stand around the view. */
function contextRegions(
  { compiled }: Exploration,
  view: View,
  { around }: Surroundings,
  words: readonly number[],
): Region[] {
  if (around !== '' && compiled.contextWords.some((word) => around.includes(word))) {
    return [{ from: 0, to: Math.min(view.bytes.length, 4 * SOFT_REACH) }];
  }
  return regionsAround(words, CONTEXT_REACH, view.bytes.length);
}

/** Values that are encoded as a whole. */
function exploreEncoded(exploration: Exploration, view: View, region: Region): void {
  for (const { decoded, from, to, label } of encodedRuns(view.bytes, region))
    explore(exploration, decodedView(view, decoded, label, settingOf(view, from, to)));
}

/** What stands beside an encoded value says whose it is: its name, or the host it is sent to. */
function settingOf({ around, bytes }: View, from: number, to: number) {
  const before = bytes.toString('latin1', Math.max(0, from - 160), from);
  return { around: `${around} ${before} ${bytes.toString('latin1', to, to + 160)}`, before };
}

/** What escapes and divided strings put into a run of base64: `%2B`, `\\/`, `&#43;`, quotes. */
const BREAKS_A_RUN = new Set([...'%\\&"\'`'].map((char) => char.charCodeAt(0)));

/** Adds to `damaged` where the run is broken by something that can be undone. */
function exploreBase64(exploration: Exploration, view: View, { base64: hits, damaged }: Hits): void {
  const stretches: Base64Stretch[] = [];
  for (const { at, place, isDoubtful } of hits) {
    const before = stretches.find((stretch) => stretch.holds(at, place));
    if (before && at < before.settled) continue;
    if (isDoubtful && !isEncodedText(view.bytes, at)) continue;
    const stretch = decodeBase64(view.bytes, at, place, before);
    // Four alignments are all there can be at one place.
    stretches.unshift(stretch);
    stretches.length = Math.min(stretches.length, 4);
    explore(
      exploration,
      decodedView(view, stretch.decoded, 'base64', settingOf(view, stretch.from, stretch.to)),
    );
    if (BREAKS_A_RUN.has(view.bytes[stretch.to] ?? 0) || continuesPiece(view.bytes, stretch.from))
      damaged.push(at);
  }
}

function exploreNumbers(
  exploration: Exploration,
  view: View,
  hits: readonly number[],
  decode: typeof decodeHex,
  label: string,
): void {
  let until = 0;
  for (const at of hits) {
    if (at < until) continue;
    const { decoded, from, to } = decode(view.bytes, at);
    until = to - SOFT_REACH / 2;
    explore(exploration, decodedView(view, decoded, label, settingOf(view, from, to)));
  }
}

/** The text beside the numbers of a dump shows a part of the marker where a line of numbers breaks it. */
function exploreDumps(exploration: Exploration, view: View, hits: readonly number[]): void {
  let until = 0;
  for (const at of hits.toSorted((a, b) => a - b)) {
    if (at < until) continue;
    const dump = decodeDump(view.bytes, at);
    // Of all hits in a line the same is true.
    until = dump?.to ?? dumpLineEnd(view.bytes, at);
    if (dump === undefined) continue;
    explore(exploration, decodedView(view, dump.decoded, 'hex', settingOf(view, dump.from, dump.to)));
  }
}

function exploreMirrored(
  exploration: Exploration,
  view: View,
  hits: readonly number[],
  decode: (bytes: Uint8Array, from: number, to: number) => Decoded,
  label: string,
): void {
  for (const { from, to } of regionsAround(hits, MIRROR_REACH, view.bytes.length)) {
    explore(exploration, decodedView(view, decode(view.bytes, from, to), label), false);
  }
}

/** One character to a line takes this much room for a markerless key. */
const DIVIDED_REACH = 800;

function exploreSoftly(
  exploration: Exploration,
  view: View,
  damaged: readonly number[],
  contexts: readonly Region[],
): void {
  const around = regionsAround(damaged, SOFT_REACH, view.bytes.length);
  const inContext = contexts
    .map(({ from, to }) => ({ from, to: Math.min(view.bytes.length, to + DIVIDED_REACH) }))
    .filter(({ from, to }) => mayHideHead(view.bytes, from, to));
  for (const region of [...around, ...inContext]) {
    for (const { layer, joined, softly } of softLayers(view, region))
      explore(exploration, layer, softly, joined);
  }
}

/** Looks at the view without its NULs: wide text, wherever it begins. */
function exploreNarrowed(exploration: Exploration, view: View): void {
  const narrow = withoutNuls(view.bytes);
  if (narrow)
    explore(
      exploration,
      touchedView(view, narrow, (at) => wideLabel(narrow, at)),
    );
}
