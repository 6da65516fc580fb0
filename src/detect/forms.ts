// Decides what stands at a literal of a form: which rule claims it, how sure it is, and whether it is made up.

import { MARKER } from '../rules/form.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import { CHECKS } from './checks.ts';
import type { FormOf, FormsAt } from './compile.ts';
import type { Surroundings } from './context.ts';
import { isMadeUp, isMadeUpValue } from './placeholder.ts';
import type { View } from './view.ts';

export interface AtLiteral {
  readonly candidates: readonly Candidate[];
  /** View offset up to which literals of the same forms have been spoken for. */
  readonly until: number;
  /** A look at the text without escapes and seams could say no more. */
  readonly isFinal: boolean;
}

const NOTHING: AtLiteral = { candidates: [], until: 0, isFinal: false };

/** Everything the forms of one literal say of the place where it stands. */
export function credentialsAt(
  view: View,
  surroundings: Surroundings,
  at: number,
  { forms, head, reach }: FormsAt,
): AtLiteral {
  if (!standsBefore(view, at, head, reach)) return NOTHING;
  const candidates: Candidate[] = [];
  let until = 0;
  let isFinal = false;
  for (const form of forms) {
    // A certain form says it all; forms are sorted that way.
    if (isFinal && form.spec.confidence !== 'certain') break;
    if (form.hasMarker && !standsBefore(view, at, form.publicPrefix, reach)) continue;
    const span = form.compiled.match(view, at);
    if (span === undefined) continue;
    until = Math.max(until, span[1]);
    const candidate = credential(view, surroundings, span, form);
    if (candidate) candidates.push(candidate);
    isFinal ||= candidate === undefined || candidate.confidence === 'certain' || !form.hasMarker;
  }
  return { candidates, until, isFinal };
}

function standsBefore({ bytes }: View, at: number, head: string, reach: number): boolean {
  if (head === '') return true;
  return bytes.subarray(Math.max(0, at - reach), at).lastIndexOf(head, undefined, 'latin1') >= 0;
}

/** What one form says of the place where its literal stands. */
export function credentialIn(
  view: View,
  surroundings: Surroundings,
  at: number,
  form: FormOf,
): Candidate | undefined {
  const span = form.compiled.match(view, at);
  return span && credential(view, surroundings, span, form);
}

function credential(
  view: View,
  surroundings: Surroundings,
  span: readonly [number, number],
  form: FormOf,
): Candidate | undefined {
  const secret = view.bytes.toString('latin1', span[0], span[1]);
  const { rule, spec, context, publicPrefix, specificity } = form;
  if (form.hasMarker ? isMadeUpKey(secret, publicPrefix) : isMadeUpValue(secret.slice(publicPrefix.length)))
    return undefined;
  if (spec.check && !CHECKS[spec.check](secret)) return undefined;
  const isNamed = context === undefined || surroundings.agree(span[0], span[1], context);
  const confidence = isNamed ? spec.confidence : form.otherwise;
  if (confidence === undefined) return undefined;
  const whole = !spec.balanced || Math.abs(halvesOf(secret, publicPrefix)) <= 1;
  return candidateIn(view, span, { rule, confidence, publicPrefix, specificity, whole });
}

const isMadeUpKey = (secret: string, publicPrefix: string): boolean => {
  const [left = '', right = ''] = secret.slice(publicPrefix.length).split(MARKER);
  return left === right || isMadeUp(left) || isMadeUp(right);
};

/** How much longer the half before the marker is than the half behind it. */
function halvesOf(secret: string, publicPrefix: string): number {
  const at = secret.indexOf(MARKER);
  return at - publicPrefix.length - (secret.length - at - MARKER.length);
}
