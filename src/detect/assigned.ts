// The rules that go by a name: a value that looks random, or has a form of its own, given to a variable named for OpenAI.

import type { Confidence } from '../model.ts';
import { isLiteral, parseForm } from '../rules/form.ts';
import type { AssignedMatch, Context, Rule } from '../rules/rule.ts';
import type { Assignment } from './assignments.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import { hasContext, squash } from './context.ts';
import { isMadeUpValue } from './placeholder.ts';
import { randomnessOf } from './randomness.ts';
import { belongsToOther } from './vendors.ts';
import type { View } from './view.ts';

export type AssignedRule = (view: View, assignment: Assignment) => Candidate | undefined;

/** Names that mean something only together with what stands around them. */
const GENERIC_NAMES = new Set(
  (
    'apikey key token secret secretkey accesstoken authtoken bearertoken apitoken apisecret bearer authorization password ' +
    'xapikey auth authkey credential credentials value default val content data apikeys keys subscriptionkey'
  ).split(' '),
);

export function compileAssigned(rule: Rule, { assigned, context }: AssignedMatch): AssignedRule {
  const names = assigned.names.map(squash);
  const not = assigned.not.map(squash);
  const words = context.words.map(squash);
  const hasWholeForm = assigned.value === undefined ? undefined : wholeForm(assigned.value);

  const isNamedFor = (name: string): boolean =>
    names.some((word) => name.includes(word)) && !not.some((ending) => name.endsWith(ending));

  /** Whether name, operator and surroundings say that this value is such a credential. */
  const isAddressed = (view: View, { name, operator, before, start, end }: Assignment): boolean => {
    const squashed = squash(name);
    const named = words.some((word) => squashed.includes(word));
    if (named && isNamedFor(squashed)) return true;
    if (named && operator.startsWith('(')) return true;
    if (!GENERIC_NAMES.has(squash(name.replace(/^(?:self|this|[a-z]+\.)*\./, ''))) && squashed !== '') {
      return (
        isNamedFor(squashed) &&
        names.some((word) => word.length >= 8) &&
        hasContext(view, start, end, context)
      );
    }
    if (operator === '' && squashed !== '') return false;
    return outerNameSays(before, words, isNamedFor) || nearby(view, start, end, context, squashed);
  };

  return (view, assignment) => {
    if (!isAddressed(view, assignment)) return undefined;
    const confidence = hasWholeForm
      ? formConfidence(hasWholeForm, assignment.value, assigned.confidence)
      : valueConfidence(assignment.value, assigned.confidence);
    if (confidence === undefined) return undefined;
    return candidateIn(view, [assignment.start, assignment.end], {
      rule,
      confidence,
      publicPrefix: '',
      specificity: 0,
    });
  };
}

/** `value: …` below `name: OPENAI_API_KEY`, `default = …` inside `variable "openai_api_key" {`. */
function outerNameSays(
  before: string,
  words: readonly string[],
  isNamedFor: (name: string) => boolean,
): boolean {
  const identifiers = before.match(/[A-Za-z_][A-Za-z0-9_.-]{2,63}/g) ?? [];
  return identifiers.slice(-4).some((identifier) => {
    const squashed = squash(identifier);
    return words.some((word) => squashed.includes(word)) && isNamedFor(squashed);
  });
}

/** A generic name near a word of the context: `new OpenAI({ apiKey: … })`, `Authorization: Bearer … api.openai.com`. */
function nearby(view: View, start: number, end: number, context: Context, name: string): boolean {
  return (
    name !== '' &&
    !['value', 'default', 'val', 'content', 'data'].includes(name) &&
    hasContext(view, start, end, context)
  );
}

function valueConfidence(value: string, most: Confidence): Confidence | undefined {
  const randomness = randomnessOf(value);
  if (randomness === 'none') return undefined;
  return randomness === 'strong' && !belongsToOther(value) ? most : 'possible';
}

function formConfidence(
  matches: (value: string) => boolean,
  value: string,
  most: Confidence,
): Confidence | undefined {
  return matches(value) && !isMadeUpValue(value) ? most : undefined;
}

/** Whether a value is of the form from end to end. */
function wholeForm(source: string): (value: string) => boolean {
  const pattern = parseForm(source)
    .map((part) => {
      if (isLiteral(part)) return escapeForPattern(part.literal);
      return `[${escapeForPattern(part.alphabet)}]{${part.lengths[0]},${part.lengths.at(-1)}}`;
    })
    .join('');
  const whole = new RegExp(`^${pattern}$`);
  return (value) => whole.test(value);
}

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
