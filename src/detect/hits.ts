// One pass over a view: credentials that are found by a literal of their own, and the places worth a closer look.

import { MARKER } from '../rules/form.ts';
import type { Anchor } from './anchors.ts';
import type { Candidate } from './candidate.ts';
import type { Compiled } from './compile.ts';
import type { Surroundings } from './context.ts';
import { exposureAt } from './exposure.ts';
import { credentialsAt } from './forms.ts';
import { jwtAt } from './jwt.ts';
import type { View } from './view.ts';

/** Places worth a closer look, as view offsets. */
export interface Hits {
  readonly damaged: number[];
  /** Doubtful: a literal that means something else as well. */
  readonly base64: { readonly at: number; readonly place: number; readonly isDoubtful: boolean }[];
  readonly hex: number[];
  readonly decimal: number[];
  readonly reversed: number[];
  readonly rot13: number[];
  readonly words: number[];
}

export interface SearchContext {
  readonly compiled: Compiled;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly found: Candidate[];
}

/** Adds credentials to `found` and gives the rest of the hits. */
export function searchView(
  view: View,
  surroundings: Surroundings,
  { compiled, now, found }: SearchContext,
): Hits {
  const hits: Hits = { damaged: [], base64: [], hex: [], decimal: [], reversed: [], rot13: [], words: [] };
  /** View offsets up to which forms, tokens and names have been spoken for. */
  let formsUntil = 0;
  let tokenUntil = 0;
  let nameUntil = 0;

  const lookAtForms = (at: number, literal: string): void => {
    if (at < formsUntil) return;
    const forms = compiled.formsAt(literal);
    const { candidates, until, isFinal } = credentialsAt(view, surroundings, at, forms);
    found.push(...candidates);
    formsUntil = until;
    if (isFinal || literal !== MARKER) return;
    hits.damaged.push(at);
    // The marker is also what base64 makes of the word it stands for.
    if (until === 0) hits.base64.push({ at, place: 0, isDoubtful: true });
  };

  const lookAtToken = (at: number): void => {
    if (at < tokenUntil) return;
    const token = jwtAt(view, at, compiled.jwts, now);
    if (token.candidate) found.push(token.candidate);
    tokenUntil = token.end;
  };

  const lookAtWord = (at: number, word: string): void => {
    hits.words.push(at);
    if (at < nameUntil) return;
    const { candidate, end } = exposureAt(view, at, word.length, compiled.exposures);
    if (candidate) found.push(candidate);
    nameUntil = end;
  };

  const { anchors, meanings } = compiled.table;
  compiled.search.search(view.bytes, (literal, at) => {
    const anchor = anchors[meanings[literal] as number] as Anchor;
    if (anchor.kind === 'form') lookAtForms(at, anchor.literal);
    else if (anchor.kind === 'jwt') lookAtToken(at);
    else if (anchor.kind === 'word') lookAtWord(at, anchor.word);
    else if (anchor.kind === 'base64') hits.base64.push({ at, place: anchor.place, isDoubtful: false });
    else if (anchor.kind !== 'damaged' || at >= formsUntil) hits[anchor.kind].push(at);
  });
  return hits;
}
