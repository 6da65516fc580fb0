// The forms that are too plain to be looked for everywhere, by what has to be looked at to find them.

import { type Form, isLiteral, parseForm } from '../rules/form.ts';
import { VALUE_BYTES } from './bytes.ts';
import type { FormOf } from './compile.ts';
import { fromAnchor } from './form-match.ts';
import { SHORTEST_VALUE, valueTraits } from './values.ts';

export interface FormsInContext {
  /** Those that are written in the characters of values, and long enough for one: it is in values that they are found. */
  readonly inValues: {
    readonly forms: readonly { readonly form: FormOf; readonly anchor: Uint8Array }[];
    /** 1 for each byte that one of the anchors ends with. */
    readonly isEnding: Uint8Array;
    /** See values.ts. */
    readonly traits: Uint8Array;
  };
  readonly anywhere: readonly FormOf[];
}

export function formsInContextOf(all: readonly FormOf[]): FormsInContext {
  const isInValue = ({ spec, compiled: { anchor } }: FormOf): boolean =>
    isOfValues(fromAnchor(parseForm(spec.form)), SHORTEST_VALUE + anchor.length);
  const forms = all
    .filter(isInValue)
    .map((form) => ({ form, anchor: Buffer.from(form.compiled.anchor, 'latin1') }));
  const isEnding = new Uint8Array(256);
  for (const { anchor } of forms) isEnding[anchor.at(-1) as number] = 1;
  const inValues = { forms, isEnding, traits: valueTraits(isEnding) };
  return { inValues, anywhere: all.filter((form) => !isInValue(form)) };
}

/** Whether everything of these parts are at least so many characters of values. */
function isOfValues(parts: Form, shortest: number): boolean {
  const texts = parts.map((part) => (isLiteral(part) ? part.literal : part.alphabet));
  const lengths = parts.map((part) => (isLiteral(part) ? part.literal.length : part.shortest));
  return (
    [...texts.join('')].every((char) => VALUE_BYTES[char.charCodeAt(0)] === 1) &&
    lengths.reduce((sum, length) => sum + length, 0) >= shortest
  );
}
