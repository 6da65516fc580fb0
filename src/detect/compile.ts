// Turns rules into what the search runs on: literals to look for, and what to do at each hit.

import type { Confidence } from '../model.ts';
import { type Form, headOf, isLiteral, MARKER, parseForm } from '../rules/form.ts';
import type { Context, FormRule, FormsMatch, JwtMatch, Rule } from '../rules/rule.ts';
import { type AnchorTable, anchorTable } from './anchors.ts';
import { type AssignedRules, assignedRulesOf } from './assigned.ts';
import { type CompiledContext, compileContext, squash } from './context.ts';
import { type ExposureRules, exposureRulesOf } from './exposure.ts';
import { beforeAnchor, type CompiledForm, compileForm } from './form-match.ts';
import { type FormsInContext, formsInContextOf } from './forms-in-context.ts';
import { createLiteralSearch, type LiteralSearch, SHORTEST_LITERAL } from './literal-search.ts';

/** One form of one rule, ready to match. */
export interface FormOf {
  readonly rule: Rule;
  readonly spec: FormRule;
  readonly compiled: CompiledForm;
  readonly context: CompiledContext | undefined;
  /** What the form is worth without its context. */
  readonly otherwise: Confidence | undefined;
  /** The literal the form begins with: what everyone may see. */
  readonly publicPrefix: string;
  readonly hasMarker: boolean;
  /** Literal characters besides the marker. */
  readonly specificity: number;
}

/** The forms that are found by one literal. */
export interface FormsAt {
  /** The surest first. */
  readonly forms: readonly FormOf[];
  /** What each begins with before the literal, and how far before it at the most; empty: not all begin alike. */
  readonly head: string;
  readonly reach: number;
}

export interface JwtRule {
  readonly rule: Rule;
  readonly jwt: JwtMatch['jwt'];
}

export interface Compiled {
  readonly table: AnchorTable;
  readonly search: LiteralSearch;
  /** Forms that are found by this literal of their own. */
  formsAt(literal: string): FormsAt;
  /** Forms too plain to be looked for everywhere: only near the words of their context. */
  readonly formsInContext: FormsInContext;
  readonly assigned: AssignedRules;
  readonly jwts: readonly JwtRule[];
  readonly exposures: ExposureRules;
  /** Squashed words any of which, around an encoded part, make it worth a look for markerless credentials. */
  readonly contextWords: readonly string[];
}

/**
 * Which form is looked for how. Follows from the rules alone and is nothing but JSON: the build works it out for the
 * rules that ship, because every commit would wait for it.
 */
export interface Plan {
  readonly table: AnchorTable;
  readonly byLiteral: Readonly<Record<string, PlannedForms>>;
  readonly inContext: readonly FormPlace[];
}

interface PlannedForms extends Omit<FormsAt, 'forms'> {
  readonly forms: readonly FormPlace[];
}

/** Index of the rule, and of the form among its forms. */
type FormPlace = readonly [rule: number, form: number];

/** A name that is rare enough to be looked for by itself. */
const RARE_NAME = 8;

/**
 * `known`: the plan of these very rules, where it has been worked out before. What a literal stands for is compiled when
 * the literal is met.
 */
export function compileRules(rules: readonly Rule[], known?: Plan): Compiled {
  const formAt = compilingOnce(rules);
  const { table, byLiteral, inContext } = known ?? planOf(rules);
  const formsByLiteral = new Map<string, FormsAt>();
  const formsInContext = once(() => formsInContextOf(inContext.map(formAt)));
  const assigned = once(() => assignedRulesOf(rules));
  const jwts = once(() =>
    rules.flatMap((rule) => ('jwt' in rule.match ? { rule, jwt: rule.match.jwt } : [])),
  );
  const exposures = once(() => exposureRulesOf(rules));
  const contextWords = once(() => wordsOf(rules, inContext).map(squash));
  return {
    table,
    search: createLiteralSearch(table.literals, table.windows),
    formsAt(literal) {
      const { forms: places, head, reach } = byLiteral[literal] ?? NO_FORMS;
      const forms = formsByLiteral.get(literal) ?? { forms: places.map(formAt), head, reach };
      formsByLiteral.set(literal, forms);
      return forms;
    },
    get formsInContext() {
      return formsInContext();
    },
    get assigned() {
      return assigned();
    },
    get jwts() {
      return jwts();
    },
    get exposures() {
      return exposures();
    },
    get contextWords() {
      return contextWords();
    },
  };
}

const NO_FORMS: PlannedForms = { forms: [], head: '', reach: 0 };

export function planOf(rules: readonly Rule[]): Plan {
  const formAt = compilingOnce(rules);
  const found: Record<string, FormPlace[]> = {};
  const inContext: FormPlace[] = [];
  for (const [rule, { match }] of rules.entries()) {
    if (!('forms' in match)) continue;
    for (const [index, spec] of match.forms.entries()) {
      const place: FormPlace = [rule, index];
      const literals = ownLiterals(formAt(place).compiled.anchor, parseForm(spec.form), match.context);
      for (const literal of literals) {
        found[literal] ??= [];
        found[literal].push(place);
      }
      if (literals.length === 0) inContext.push(place);
    }
  }
  const byLiteral = Object.fromEntries(
    Object.entries(found).map(([literal, places]): [string, PlannedForms] => {
      const forms = places.sort((one, other) => mostCertainFirst(formAt(one), formAt(other)));
      const before = forms.map((place) => beforeAnchor(parseForm(formAt(place).spec.form)));
      const head = before.map((each) => each.head).reduce(commonStart);
      return [literal, { forms, head, reach: Math.max(...before.map(({ reach }) => reach)) }];
    }),
  );
  const words = wordsOf(rules, inContext).filter((word, _, all) => !holdsAnother(word, all));
  return { table: anchorTable(Object.keys(byLiteral), words), byLiteral, inContext };
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

function compilingOnce(rules: readonly Rule[]): (place: FormPlace) => FormOf {
  const forms = new Map<string, FormOf>();
  return ([rule, index]) => {
    const place = `${rule}.${index}`;
    const form = forms.get(place) ?? formOf(rules[rule] as Rule, index);
    forms.set(place, form);
    return form;
  };
}

/** Words that make what stands near them believable. */
function wordsOf(rules: readonly Rule[], inContext: readonly FormPlace[]): string[] {
  const words = rules.flatMap(({ match }, index) => {
    if ('forms' in match)
      return inContext.some(([rule]) => rule === index) ? (match.context?.words ?? []) : [];
    if ('assigned' in match) {
      const areRare = match.assigned.names.every((name) => name.length >= RARE_NAME);
      return areRare ? match.assigned.names : match.context.words;
    }
    return 'exposure' in match ? [...match.exposure.names, ...match.exposure.switches] : [];
  });
  return [...new Set(words)];
}

/** Worked out when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const mostCertainFirst = (a: FormOf, b: FormOf): number =>
  Number(b.spec.confidence === 'certain') - Number(a.spec.confidence === 'certain') ||
  b.specificity - a.specificity;

/** Where the shorter word is found, the longer one needs no search of its own. */
function holdsAnother(word: string, words: readonly string[]): boolean {
  return words.some((other) => other !== word && word.toLowerCase().includes(other.toLowerCase()));
}

/** Many forms share a literal, and most cannot be what stands there: each is compiled when it could. */
function formOf(rule: Rule, index: number): FormOf {
  const { forms, context } = rule.match as FormsMatch;
  const spec = forms[index] as FormRule;
  const form = once(() => parseForm(spec.form));
  const compiled = once(() => compileForm(form(), spec.edges, spec.balanced));
  const compiledContext = once(() => context && compileContext(context));
  const specificity = once(() =>
    form().reduce((sum, part) => sum + (isLiteral(part) ? part.literal.replace(MARKER, '').length : 0), 0),
  );
  return {
    rule,
    spec,
    get compiled() {
      return compiled();
    },
    get context() {
      return compiledContext();
    },
    otherwise: context?.otherwise,
    publicPrefix: headOf(spec.form),
    hasMarker: spec.form.includes('<marker>') || spec.form.includes(MARKER),
    get specificity() {
      return specificity();
    },
  };
}

/**
 * The literals to look for: the anchor itself when it is long enough; a shorter one with each character that can follow,
 * when these are few; none when only the context can say where to look.
 */
function ownLiterals(anchor: string, form: Form, context: Context | undefined): string[] {
  if (anchor.length >= SHORTEST_LITERAL) return [anchor];
  const index = form.findIndex((part) => isLiteral(part) && part.literal === anchor);
  const next = form[index + 1];
  if (context || anchor.length + 1 < SHORTEST_LITERAL || next === undefined || isLiteral(next)) return [];
  return next.alphabet.length > 16 ? [] : [...next.alphabet].map((char) => anchor + char);
}
