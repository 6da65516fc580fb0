// The rules that go by a name: a value that looks random, or has a form of its own, given to a variable named for OpenAI.

import type { Confidence } from '../model.ts';
import { isLiteral, parseForm } from '../rules/form.ts';
import type { AssignedMatch, Rule } from '../rules/rule.ts';
import type { Assignment, Naming } from './assignments.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import { compileContext, type Surroundings, squash } from './context.ts';
import { belongsToOther } from './vendors.ts';
import type { View } from './view.ts';

export interface AssignedRule {
  /** Characters of the shortest value that needs no randomness to be one. */
  readonly shortest: number;
  candidate(view: View, surroundings: Surroundings, assignment: Assignment): Candidate | undefined;
}

export interface AssignedRules {
  readonly rules: readonly AssignedRule[];
  /** The least of them. */
  readonly shortest: number;
}

export function assignedRulesOf(all: readonly Rule[]): AssignedRules {
  const rules = all.flatMap((rule) => ('assigned' in rule.match ? compileAssigned(rule, rule.match) : []));
  return { rules, shortest: Math.min(...rules.map(({ shortest }) => shortest)) };
}

/** Names that mean something only together with what stands around them. */
const GENERIC_NAMES = new Set(
  (
    'apikey key token secret secretkey accesstoken authtoken bearertoken apitoken apisecret bearer authorization password ' +
    'xapikey auth authkey credential credentials value default val content data apikeys keys subscriptionkey openaiapikey ' +
    'openaikey string str text stringfrom secretstr withapikey azurekeycredential apikeycredential'
  ).split(' '),
);

/** `openai.NewClient("…")` is given a key, `openai.evals.retrieve("…")` the name of something. */
const OPENS = /new|client|init|config|connect|auth|service|setup/i;

/** What SOPS puts around a value it has encrypted: `ENC[AES256_GCM,data:…,iv:…]`. */
const ENCRYPTED = 'ENC[AES256_GCM,';

/** `secretKeyRef:` and `remoteRef:` of Kubernetes, in which a key is the name of one. */
const isReferring = (before: string): boolean =>
  /(?:Ref|_ref)["']?[ :=]/.test(before.slice(before.lastIndexOf('}') + 1));

/** Names, and types in a name's place, that mean something only behind another name. */
const EMPTY_NAMES = new Set('value default val content data string str text stringfrom'.split(' '));

function compileAssigned(rule: Rule, { assigned, context: source }: AssignedMatch): AssignedRule {
  const names = assigned.names.map(squash);
  const not = assigned.not.map(squash);
  const context = compileContext(source);
  const { words } = context;
  const form = assigned.value === undefined ? undefined : wholeForm(assigned.value);
  const speaksForItself = names.every((word) => word.length >= 8);

  const isNamedFor = (name: string): boolean =>
    names.some((word) => name.includes(word)) && !not.some((ending) => name.endsWith(ending));
  const isBranded = (name: string): boolean => words.some((word) => name.includes(word));

  /** Whether name and operator say that the value is such a credential, or would if what stands around agrees. */
  const claimOf = ({ name, operator, before }: Naming): 'yes' | 'no' | 'if all agree' => {
    const squashed = squash(name);
    if (before.endsWith(ENCRYPTED) || (squashed === 'key' && isReferring(before))) return 'no';
    if (speaksForItself) {
      const isNamed =
        isNamedFor(squashed) || (EMPTY_NAMES.has(squashed) && outerNames(before).some(isNamedFor));
      return isNamed ? 'if all agree' : 'no';
    }
    // An address, and the key for it: both are arguments, or stand in one row.
    if (form && operator === ',' && isBranded(squash(lastWord(before + name)))) return 'if all agree';
    if (isBranded(squashed)) {
      const called = operator.startsWith('(') ? (name.split(/[.:]/).at(-1) ?? '') : '';
      return isNamedFor(squashed) || isBranded(squash(called)) || OPENS.test(called) ? 'yes' : 'no';
    }
    if (squashed !== '' && (operator === '' || !GENERIC_NAMES.has(squash(lastPart(name))))) return 'no';
    if (outerNames(before).some((outer) => isBranded(outer) && isNamedFor(outer))) return 'yes';
    return squashed !== '' && !EMPTY_NAMES.has(squashed) ? 'if all agree' : 'no';
  };

  const isPlain = !form && !speaksForItself;

  return { shortest: form?.shortest ?? Infinity, candidate };

  // In the order of what it costs to know: hardly any value gets beyond its name.
  function candidate(view: View, surroundings: Surroundings, assignment: Assignment): Candidate | undefined {
    if (assignment.extent === (isPlain ? 'divided' : 'piece')) return undefined;
    if (form ? !form.fits(assignment) : !assignment.couldBeRandom()) return undefined;
    const claim = claimOf(assignment.naming());
    if (claim === 'no') return undefined;
    const confidence = form ? formConfidence(assignment) : valueConfidence(assignment);
    if (confidence === undefined || assignment.isReference()) return undefined;
    const { start, end } = assignment;
    if (claim !== 'yes' && !surroundings.agree(start, end, context)) return undefined;
    const isElsewhere = surroundings.hold(start, end, context.never, context.within);
    return candidateIn(view, [start, end], {
      rule,
      confidence: isElsewhere ? 'possible' : confidence,
      publicPrefix: '',
      // What is encoded as a whole is not what was given.
      specificity: isPlain ? Number(start === 0 && view.before !== '') : 2,
    });
  }

  function formConfidence(assignment: Assignment): Confidence | undefined {
    return assignment.isMadeUp() ? undefined : assigned.confidence;
  }

  function valueConfidence(assignment: Assignment): Confidence | undefined {
    const looks = assignment.randomness();
    if (looks === 'none') return undefined;
    return looks === 'strong' && !belongsToOther(assignment.value) ? assigned.confidence : 'possible';
  }
}

/** `self.api_key` is an api_key; `mistral.api_key` is not just any. */
const lastPart = (name: string): string =>
  name.replace(/^(?:self|this|openai|config|settings|options?|opts|client|args)\./, '');

/** To its end, without quotes and what else parts arguments. */
const lastWord = (text: string): string => text.split(/[\s"'`,;()]/).at(-1) ?? '';

/** `value: …` below `name: OPENAI_API_KEY`, `default = …` inside `variable "openai_api_key" {`. */
function outerNames(before: string): string[] {
  return (before.match(/[A-Za-z_][A-Za-z0-9_.:-]{2,63}/g) ?? []).slice(-4).map(squash);
}

/** Whether a value is of the form from end to end. */
function wholeForm(source: string) {
  const parts = parseForm(source).map((part) =>
    isLiteral(part)
      ? {
          pattern: escapeForPattern(part.literal),
          shortest: part.literal.length,
          longest: part.literal.length,
        }
      : { ...part, pattern: `[${escapeForPattern(part.alphabet)}]{${part.shortest},${part.longest}}` },
  );
  const whole = new RegExp(`^${parts.map(({ pattern }) => pattern).join('')}$`);
  const shortest = parts.reduce((sum, part) => sum + part.shortest, 0);
  const longest = parts.reduce((sum, part) => sum + part.longest, 0);
  const fits = (assignment: Assignment): boolean => {
    const length = assignment.end - assignment.start;
    return length >= shortest && length <= longest && whole.test(assignment.value);
  };
  return { shortest, fits };
}

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
