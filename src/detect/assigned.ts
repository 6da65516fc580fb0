// The rules that go by a name: a value that looks random, or has a form of its own, given to a variable named for OpenAI.

import type { Confidence } from '../model.ts';
import { isLiteral, parseForm } from '../rules/form.ts';
import type { AssignedMatch, Rule } from '../rules/rule.ts';
import type { Assignment } from './assignments.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import { compileContext, type Surroundings, squash } from './context.ts';
import { belongsToOther } from './vendors.ts';
import type { View } from './view.ts';

export type AssignedRule = (
  view: View,
  surroundings: Surroundings,
  assignment: Assignment,
) => Candidate | undefined;

/** Names that mean something only together with what stands around them. */
const GENERIC_NAMES = new Set(
  (
    'apikey key token secret secretkey accesstoken authtoken bearertoken apitoken apisecret bearer authorization password ' +
    'xapikey auth authkey credential credentials value default val content data apikeys keys subscriptionkey openaiapikey ' +
    'openaikey string str text'
  ).split(' '),
);

/** Names, and types in a name's place, that mean something only behind another name. */
const EMPTY_NAMES = new Set(['value', 'default', 'val', 'content', 'data', 'string', 'str', 'text']);

export function compileAssigned(rule: Rule, { assigned, context: source }: AssignedMatch): AssignedRule {
  const names = assigned.names.map(squash);
  const not = assigned.not.map(squash);
  const context = compileContext(source);
  const { words } = context;
  const hasWholeForm = assigned.value === undefined ? undefined : wholeForm(assigned.value);
  const speaksForItself = names.every((word) => word.length >= 8);

  const isNamedFor = (name: string): boolean =>
    names.some((word) => name.includes(word)) && !not.some((ending) => name.endsWith(ending));
  const isBranded = (name: string): boolean => words.some((word) => name.includes(word));

  /** Whether name, operator and surroundings say that this value is such a credential. */
  const isAddressed = (surroundings: Surroundings, { start, end, naming }: Assignment): boolean => {
    const { name, operator, before } = naming();
    const squashed = squash(name);
    if (speaksForItself) {
      const isNamed =
        isNamedFor(squashed) || (EMPTY_NAMES.has(squashed) && outerNames(before).some(isNamedFor));
      return isNamed && surroundings.agree(start, end, context);
    }
    if (isBranded(squashed)) return isNamedFor(squashed) || operator.startsWith('(');
    if (squashed !== '' && (operator === '' || !GENERIC_NAMES.has(squash(lastPart(name))))) return false;
    if (outerNames(before).some((outer) => isBranded(outer) && isNamedFor(outer))) return true;
    return squashed !== '' && !EMPTY_NAMES.has(squashed) && surroundings.agree(start, end, context);
  };

  const isPlain = !hasWholeForm && !speaksForItself;

  return (view, surroundings, assignment) => {
    if (isPlain ? hasDots(assignment) : !assignment.isWhole) return undefined;
    if (hasWholeForm && !hasWholeForm(assignment.value)) return undefined;
    const confidence = hasWholeForm ? formConfidence(assignment) : valueConfidence(assignment);
    if (confidence === undefined || !isAddressed(surroundings, assignment)) return undefined;
    const { start, end } = assignment;
    const isElsewhere = surroundings.hold(start, end, context.never, context.within);
    return candidateIn(view, [start, end], {
      rule,
      confidence: isElsewhere ? 'possible' : confidence,
      publicPrefix: '',
      specificity: isPlain ? 0 : 2,
    });
  };

  function formConfidence({ isMadeUp }: Assignment): Confidence | undefined {
    return isMadeUp() ? undefined : assigned.confidence;
  }

  function valueConfidence({ value, randomness }: Assignment): Confidence | undefined {
    const looks = randomness();
    if (looks === 'none') return undefined;
    return looks === 'strong' && !belongsToOther(value) ? assigned.confidence : 'possible';
  }
}

/** A run with dots in it is looked at piece by piece, unless the dots belong to it. */
const hasDots = ({ isWhole, value }: Assignment): boolean =>
  isWhole && value.includes('.') && !value.startsWith('eyJ');

/** `self.api_key` is an api_key; `mistral.api_key` is not just any. */
const lastPart = (name: string): string =>
  name.replace(/^(?:self|this|openai|config|settings|options|opts|client|args)\./, '');

/** `value: …` below `name: OPENAI_API_KEY`, `default = …` inside `variable "openai_api_key" {`. */
function outerNames(before: string): string[] {
  return (before.match(/[A-Za-z_][A-Za-z0-9_.-]{2,63}/g) ?? []).slice(-4).map(squash);
}

/** Whether a value is of the form from end to end. */
function wholeForm(source: string): (value: string) => boolean {
  const pattern = parseForm(source)
    .map((part) => {
      if (isLiteral(part)) return escapeForPattern(part.literal);
      return `[${escapeForPattern(part.alphabet)}]{${part.shortest},${part.longest}}`;
    })
    .join('');
  const whole = new RegExp(`^${pattern}$`);
  return (value) => whole.test(value);
}

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
