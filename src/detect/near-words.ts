// What is looked for near the words of a context only: forms too plain to be looked for everywhere, and values by their names.

import { assignmentsOf, type KnownValues } from './assignments.ts';
import type { Candidate } from './candidate.ts';
import type { Compiled, FormOf } from './compile.ts';
import type { Region, Surroundings } from './context.ts';
import { SHORTEST_ENCODED } from './decode/encoded-runs.ts';
import { credentialIn } from './forms.ts';
import { valuesIn } from './values.ts';
import type { View } from './view.ts';

export interface NearWords {
  readonly compiled: Compiled;
  readonly found: Candidate[];
  readonly known: KnownValues;
}

/**
 * Adds to `found` what stands in the region; says whether a value there is long enough to be encoded as a whole. `joined`:
 * source text was taken apart and put together.
 */
export function lookNearWords(
  { compiled, found, known }: NearWords,
  view: View,
  surroundings: Surroundings,
  region: Region,
  joined: boolean,
): boolean {
  const { bytes } = view;
  const { assigned } = compiled;
  const { inValues, anywhere } = compiled.formsInContext;
  const tryForm = (form: FormOf, at: number): void => {
    const candidate = credentialIn(view, surroundings, at, form);
    if (candidate) found.push(candidate);
  };
  const lookForForms = (value: Region): void => {
    for (let end = value.from + 1; end <= Math.min(value.to, region.to); end++) {
      if (inValues.isEnding[bytes[end - 1] as number] !== 1) continue;
      for (const { form, anchor } of inValues.forms) {
        const at = end - anchor.length;
        if (at >= region.from && standsAt(bytes, at, anchor)) tryForm(form, at);
      }
    }
  };
  for (const form of anywhere)
    for (const at of placesOf(form.compiled.anchor, bytes, region)) tryForm(form, at);
  let hasLong = false;
  const long = Math.min(assigned.shortest, SHORTEST_ENCODED);
  for (const value of valuesIn(bytes, region, inValues.traits, long)) {
    hasLong ||= value.to - value.from >= SHORTEST_ENCODED;
    if (value.hasEnding) lookForForms(value);
    // Strings put together from pieces look random without being secret.
    if (joined || (value.isTyped && value.to - value.from < assigned.shortest)) continue;
    for (const assignment of assignmentsOf(view, value, known))
      for (const rule of assigned.rules) {
        const candidate = rule.candidate(view, surroundings, assignment);
        if (candidate) found.push(candidate);
      }
  }
  return hasLong;
}

function* placesOf(anchor: string, bytes: Buffer, { from, to }: Region): Iterable<number> {
  const stretch = bytes.subarray(from, to);
  for (let at = stretch.indexOf(anchor, 0, 'latin1'); at >= 0; at = stretch.indexOf(anchor, at + 1, 'latin1'))
    yield from + at;
}

function standsAt(bytes: Uint8Array, at: number, anchor: Uint8Array): boolean {
  for (let i = 0; i < anchor.length; i++) if (bytes[at + i] !== anchor[i]) return false;
  return true;
}
