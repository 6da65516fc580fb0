// Variables that a web framework copies into the page: their name alone says that the key will reach every visitor.

import { isTokenByte } from './bytes.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import type { ExposureRule } from './compile.ts';
import type { View } from './view.ts';

const LONGEST_NAME = 80;

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
  rules: readonly ExposureRule[],
): NameLookedAt {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && isTokenByte(view.bytes[start - 1])) start--;
  let end = at + length;
  while (end - at < LONGEST_NAME && isTokenByte(view.bytes[end])) end++;
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

function isExposedName(name: string, { prefixes, names, secrets }: ExposureRule['exposure']): boolean {
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
