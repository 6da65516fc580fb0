// What a rule of one's own may ask for: only what is found at all, and what takes bounded work wherever it is looked for.

import { type Form, isLiteral, MARKER, parseForm, type Run } from '../rules/form.ts';
import type { Rule } from '../rules/rule.ts';
import type { Way } from './json.ts';

export interface RuleFault {
  readonly way: Way;
  readonly message: string;
}

/** The rule fits the schema already. */
export function ownRuleFault({ match }: Rule): RuleFault | undefined {
  if ('assigned' in match) {
    const { value } = match.assigned;
    if (value === undefined) return undefined;
    const message = valueFault(value);
    return message === undefined ? undefined : { way: ['match', 'assigned', 'value'], message };
  }
  if (!('forms' in match)) return undefined;
  const hasContext = match.context?.words.some((word) => word.length >= SHORTEST) ?? false;
  for (const [index, { form }] of match.forms.entries()) {
    const message = formFault(form, !hasContext);
    if (message !== undefined) return { way: ['match', 'forms', index, 'form'], message };
  }
  return undefined;
}

/** Shorter literals are not searched for (detect/literal-search.ts). */
const SHORTEST = 4;
/** Bytes looked at for every byte of a file, at worst. A second for a megabyte that was made for it. */
const MOST_WORK = 512;

/** What is wrong with the form of a value that is found by its name. */
function valueFault(source: string): string | undefined {
  const form = read(source);
  if (typeof form === 'string') return form;
  return work(form) > MOST_WORK * SHORTEST ? TOO_MUCH : undefined;
}

/** What is wrong with a form that is searched for by its longest literal, `isEverywhere` or near words only. */
function formFault(source: string, isEverywhere: boolean): string | undefined {
  const form = read(source);
  if (typeof form === 'string') return form;
  const literals = form.flatMap((part) => (isLiteral(part) ? part.literal : []));
  const anchor = literals.includes(MARKER) ? MARKER : longest(literals);
  if (isEverywhere && anchor.length < SHORTEST)
    return `needs ${SHORTEST} characters in a row that are always the same, or words around it (context)`;
  if (anchor === '') return 'needs a character that is always the same';
  const at = form.findIndex((part) => isLiteral(part) && part.literal === anchor);
  const steps = work(form.slice(0, at).reverse()) + work(form.slice(at + 1));
  return steps > MOST_WORK * period(anchor) ? TOO_MUCH : undefined;
}

const TOO_MUCH = 'has too many runs of unknown length in a row';

/** The form, or what is wrong with it. */
function read(source: string): Form | string {
  if (/[^\x20-\x7e]/.test(source)) return 'may hold printable ASCII characters only';
  try {
    return parseForm(source);
  } catch (error) {
    return error instanceof Error ? error.message : 'is no form';
  }
}

const longest = (literals: readonly string[]): string =>
  literals.reduce((best, each) => (each.length > best.length ? each : best), '');

/** Bytes looked at on one side of the anchor: every length of a run is tried, and what comes next after each of them. */
function work(side: Form): number {
  return side.reduceRight((rest, part) => {
    if (isLiteral(part)) return part.literal.length + rest;
    return part.longest + lengths(part) * rest;
  }, 1);
}

const lengths = ({ shortest, longest, only }: Run): number => only?.length ?? longest - shortest + 1;

/** How many bytes there are at least between two places where it can stand. */
function period(anchor: string): number {
  let distance = 1;
  while (distance < anchor.length && !anchor.startsWith(anchor.slice(distance))) distance++;
  return Math.max(1, distance);
}
