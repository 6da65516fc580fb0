// Looks through a view for credentials, undoes the encodings it meets, and looks again in what comes out.

import type { Anchor } from './anchors.ts';
import { assignmentsIn } from './assignments.ts';
import type { Candidate } from './candidate.ts';
import type { Compiled } from './compile.ts';
import { type Region, regionsAround, squash } from './context.ts';
import { type Base64Stretch, decodeBase64 } from './decode/base64.ts';
import { encodedRuns } from './decode/encoded-runs.ts';
import { reverse, rot13 } from './decode/mirror.ts';
import { decodeDecimal, decodeHex } from './decode/numbers.ts';
import { softLayers } from './decode/soft.ts';
import { exposureAt } from './exposure.ts';
import { credentialIn, credentialsAt } from './forms.ts';
import { jwtAt } from './jwt.ts';
import { type Decoded, decodedView, type View } from './view.ts';

/** Undoing more than this many encodings is nobody's mistake; text encoded deeper is not looked into. */
const DEEPEST = 6;
/** Bytes before and after a hit in which the rest of a key may stand, escaped or taken apart. */
const SOFT_REACH = 2048;
const CONTEXT_REACH = 360;
const MIRROR_REACH = 400;
/** Decoded bytes per byte given in, at most; more is a bomb, and said so. */
const INFLATION = 64;

/** The input unfolds into more than is ever looked at: reported as a problem, never passed over. */
export class TooDeeplyEncoded extends Error {
  override readonly name = 'TooDeeplyEncoded';
}

export interface Exploration {
  readonly compiled: Compiled;
  /** Milliseconds since 1970, to tell expired tokens. */
  readonly now: number;
  readonly found: Candidate[];
  /** Bytes that may still be decoded. */
  allowance: number;
}

export function startExploration(compiled: Compiled, now: number, size: number): Exploration {
  return { compiled, now, found: [], allowance: (size + 4096) * INFLATION };
}

/** Adds everything found in the view to `exploration.found`. `joined`: source text was taken apart and put together. */
export function explore(exploration: Exploration, view: View, softly = true, joined = false): void {
  exploration.allowance -= view.bytes.length;
  if (exploration.allowance < 0) throw new TooDeeplyEncoded('encodings nested too deep');
  const hits = search(exploration, view);
  const goesDeeper = view.depth < DEEPEST;
  const regions = contextRegions(exploration, view, hits.words);
  for (const region of regions) lookInContext(exploration, view, region, joined, goesDeeper);
  if (!goesDeeper) return;
  exploreBase64(exploration, view, hits.base64);
  exploreNumbers(exploration, view, hits.hex, decodeHex, 'hex');
  exploreNumbers(exploration, view, hits.decimal, decodeDecimal, 'decimal');
  exploreMirrored(exploration, view, hits.reversed, reverse, 'reversed');
  exploreMirrored(exploration, view, hits.rot13, rot13, 'rot13');
  if (softly) exploreSoftly(exploration, view, hits.damaged, regions);
}

interface Hits {
  readonly damaged: number[];
  readonly base64: { readonly at: number; readonly place: number }[];
  readonly hex: number[];
  readonly decimal: number[];
  readonly reversed: number[];
  readonly rot13: number[];
  readonly words: number[];
}

function search(exploration: Exploration, view: View): Hits {
  const { compiled, found, now } = exploration;
  const hits: Hits = { damaged: [], base64: [], hex: [], decimal: [], reversed: [], rot13: [], words: [] };
  const settled = { until: 0, jwtUntil: 0 };
  compiled.search.search(view.bytes, 0, view.bytes.length, (literal, at) => {
    const anchor = compiled.anchors[literal] as Anchor;
    switch (anchor.kind) {
      case 'form': {
        if (at < settled.until) return;
        const { candidates, until, isFinal } = credentialsAt(
          view,
          at,
          compiled.formsByLiteral.get(anchor.literal) ?? [],
        );
        found.push(...candidates);
        settled.until = until;
        if (isFinal) return;
        hits.damaged.push(at);
        // The marker is also what base64 makes of the word it stands for.
        if (until === 0) hits.base64.push({ at, place: 0 });
        return;
      }
      case 'damaged':
        if (at >= settled.until) hits.damaged.push(at);
        return;
      case 'base64':
        hits.base64.push({ at, place: anchor.place });
        return;
      case 'word':
        if (isWordAt(view, at - anchor.back, anchor.word)) {
          hits.words.push(at - anchor.back);
          const exposure = exposureAt(view, at - anchor.back, anchor.word.length, compiled.exposures);
          if (exposure) found.push(exposure);
        }
        return;
      case 'jwt': {
        if (at < settled.jwtUntil) return;
        const jwt = jwtAt(view, at, compiled.jwts, now);
        if (jwt?.candidate) found.push(jwt.candidate);
        settled.jwtUntil = jwt?.end ?? 0;
        return;
      }
      default:
        hits[anchor.kind].push(at);
    }
  });
  return hits;
}

function isWordAt(view: View, at: number, word: string): boolean {
  return at >= 0 && view.bytes.toString('latin1', at, at + word.length).toLowerCase() === word.toLowerCase();
}

/** Where markerless credentials are believable: near the words, or everywhere when the words stand around the view. */
function contextRegions({ compiled }: Exploration, view: View, words: readonly number[]): Region[] {
  const around = squash(view.around);
  if (around !== '' && compiled.contextWords.some((word) => around.includes(word))) {
    return [{ from: 0, to: Math.min(view.bytes.length, 4 * SOFT_REACH) }];
  }
  return regionsAround(words, CONTEXT_REACH, view.bytes.length);
}

function lookInContext(
  exploration: Exploration,
  view: View,
  region: Region,
  joined: boolean,
  goesDeeper: boolean,
): void {
  const { compiled, found } = exploration;
  for (const form of compiled.formsInContext) {
    const anchor = form.compiled.anchor;
    for (let at = view.bytes.indexOf(anchor, region.from, 'latin1'); at >= 0 && at < region.to; ) {
      const candidate = credentialIn(view, at, form);
      if (candidate) found.push(candidate);
      at = view.bytes.indexOf(anchor, at + 1, 'latin1');
    }
  }
  // Strings put together from pieces look random without being secret.
  if (joined) return;
  for (const assignment of assignmentsIn(view.bytes, region)) {
    for (const rule of compiled.assigned) {
      const candidate = rule(view, assignment);
      if (candidate) found.push(candidate);
    }
  }
  if (!goesDeeper) return;
  for (const { decoded, from, label } of encodedRuns(view.bytes, region)) {
    explore(exploration, decodedView(view, decoded, label, surroundings(view, from)));
  }
}

/** What a name in front of an encoded value says of it. */
function surroundings(view: View, at: number): string {
  return view.around + view.bytes.toString('latin1', Math.max(0, at - 160), at);
}

function exploreBase64(exploration: Exploration, view: View, hits: Hits['base64']): void {
  const stretches: Base64Stretch[] = [];
  for (const { at, place } of hits) {
    if (stretches.some((stretch) => stretch.covers(at, place))) continue;
    const stretch = decodeBase64(view.bytes, at, place);
    // Four alignments are all there can be at one place.
    stretches.unshift(stretch);
    stretches.length = Math.min(stretches.length, 4);
    explore(exploration, decodedView(view, stretch.decoded, 'base64', surroundings(view, stretch.from)));
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
    explore(exploration, decodedView(view, decoded, label, surroundings(view, from)));
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

/** Something in a context that could be half of an escaped or divided key. */
const WORTH_A_LOOK = /sk|\\[ux]|%[67]|&#|\x1b/;

function exploreSoftly(
  exploration: Exploration,
  view: View,
  damaged: readonly number[],
  contexts: readonly Region[],
): void {
  const around = regionsAround(damaged, SOFT_REACH, view.bytes.length);
  const inContext = contexts.filter(({ from, to }) =>
    WORTH_A_LOOK.test(view.bytes.toString('latin1', from, to)),
  );
  for (const region of [...around, ...inContext]) {
    for (const { layer, joined, softly } of softLayers(view, region))
      explore(exploration, layer, softly, joined);
  }
}
