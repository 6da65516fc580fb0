// Variables that a web framework copies into the page: their name alone says that the key will reach every visitor.

import type { ExposureMatch, Rule } from '../rules/rule.ts';
import { isTokenByte } from './bytes.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import type { View } from './view.ts';

const LONGEST_NAME = 80;

export interface ExposureRules {
  readonly rules: readonly { readonly rule: Rule; readonly exposure: ExposureMatch['exposure'] }[];
  /** 1 for each byte that a name they look for begins with. */
  readonly isBeginning: Uint8Array;
}

export interface NameLookedAt {
  readonly candidate: Candidate | undefined;
  /** View offset after the name: further words in it need no look. */
  readonly end: number;
}

/** Looks at the name that holds the word at `[at, at + length)`. */
export function exposureAt(
  view: View,
  at: number,
  length: number,
  { rules, isBeginning }: ExposureRules,
): NameLookedAt {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && isTokenByte(view.bytes[start - 1])) start--;
  let end = at + length;
  while (end - at < LONGEST_NAME && isTokenByte(view.bytes[end])) end++;
  if (isBeginning[view.bytes[start] as number] !== 1) return { candidate: undefined, end };
  const name = view.bytes.toString('latin1', start, end);
  for (const { rule, exposure } of rules) {
    const isSwitch =
      exposure.switches.includes(name) && /^["']?\s{0,4}[:=]\s{0,4}(?:true|!0)/.test(after(view, end));
    if (!isSwitch && !isExposedName(name, exposure)) continue;
    const confidence = !isSwitch && isUsed(view, start, end) ? 'likely' : 'possible';
    const candidate = candidateIn(view, [start, end], {
      rule,
      confidence,
      publicPrefix: name,
      specificity: 1,
      isName: true,
    });
    return { candidate, end };
  }
  return { candidate: undefined, end };
}

const after = (view: View, end: number): string => view.bytes.toString('latin1', end, end + 24);

function isExposedName(name: string, { prefixes, names, secrets }: ExposureMatch['exposure']): boolean {
  if (!prefixes.some((prefix) => name.startsWith(prefix))) return false;
  const upper = name.toUpperCase();
  const last = upper.slice(upper.lastIndexOf('_') + 1);
  return (
    names.some((word) => upper.includes(word.toUpperCase())) &&
    secrets.some((secret) => last.endsWith(secret.toUpperCase()))
  );
}

/** Set or read by a program, not only written about. */
function isUsed(view: View, start: number, end: number): boolean {
  const before = view.bytes.toString('latin1', Math.max(0, start - 24), start);
  return /^["']?\s{0,4}[:=]/.test(after(view, end)) || /(?:env|environ)(?:\.|\[["'`]|\(["'`])$/.test(before);
}

export function exposureRulesOf(all: readonly Rule[]): ExposureRules {
  const rules = all.flatMap((rule) =>
    'exposure' in rule.match ? { rule, exposure: rule.match.exposure } : [],
  );
  const isBeginning = new Uint8Array(256);
  for (const { exposure } of rules)
    for (const name of [...exposure.prefixes, ...exposure.switches]) isBeginning[name.charCodeAt(0)] = 1;
  return { rules, isBeginning };
}
