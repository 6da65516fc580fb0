// Turns rules into what the search runs on: literals to look for, and what to do at each hit.

import type { Confidence } from '../model.ts';
import { type Form, isLiteral, MARKER, parseForm } from '../rules/form.ts';
import type { Context, ExposureMatch, FormRule, JwtMatch, Rule } from '../rules/rule.ts';
import { type AnchorTable, anchorTable } from './anchors.ts';
import { type AssignedRule, compileAssigned } from './assigned.ts';
import { type CompiledContext, compileContext, squash } from './context.ts';
import { type CompiledForm, compileForm } from './form-match.ts';
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

export interface JwtRule {
  readonly rule: Rule;
  readonly jwt: JwtMatch['jwt'];
}

export interface ExposureRule {
  readonly rule: Rule;
  readonly exposure: ExposureMatch['exposure'];
}

export interface Compiled {
  readonly table: AnchorTable;
  readonly search: LiteralSearch;
  /** Forms that are found by a literal of their own, by that literal. */
  readonly formsByLiteral: ReadonlyMap<string, readonly FormOf[]>;
  /** Forms too plain to be looked for everywhere: only near the words of their context. */
  readonly formsInContext: readonly FormOf[];
  readonly assigned: readonly AssignedRule[];
  readonly jwts: readonly JwtRule[];
  readonly exposures: readonly ExposureRule[];
  /** Squashed words any of which, around an encoded part, make it worth a look for markerless credentials. */
  readonly contextWords: readonly string[];
}

/** A name that is rare enough to be looked for by itself. */
const RARE_NAME = 8;

/** `known`: the table of these very rules, where it has been worked out before. */
export function compileRules(rules: readonly Rule[], known?: AnchorTable): Compiled {
  const formsByLiteral = new Map<string, FormOf[]>();
  const formsInContext: FormOf[] = [];
  const assigned: AssignedRule[] = [];
  const jwts: JwtRule[] = [];
  const exposures: ExposureRule[] = [];
  const words = new Set<string>();

  for (const rule of rules) {
    const { match } = rule;
    if ('forms' in match) {
      for (const spec of match.forms) {
        const form = formOf(rule, spec, match.context);
        const literals = ownLiterals(form.compiled.anchor, parseForm(spec.form), match.context);
        for (const literal of literals)
          formsByLiteral.set(literal, [...(formsByLiteral.get(literal) ?? []), form]);
        if (literals.length > 0) continue;
        formsInContext.push(form);
        for (const word of match.context?.words ?? []) words.add(word);
      }
    } else if ('assigned' in match) {
      assigned.push(compileAssigned(rule, match));
      const areRare = match.assigned.names.every((name) => name.length >= RARE_NAME);
      for (const word of areRare ? match.assigned.names : match.context.words) words.add(word);
    } else if ('jwt' in match) {
      jwts.push({ rule, jwt: match.jwt });
    } else {
      exposures.push({ rule, exposure: match.exposure });
      for (const word of [...match.exposure.names, ...match.exposure.switches]) words.add(word);
    }
  }

  for (const forms of formsByLiteral.values()) forms.sort(mostCertainFirst);
  const table =
    known ??
    anchorTable(
      [...formsByLiteral.keys()],
      [...words].filter((word, _, all) => !holdsAnother(word, all)),
    );
  return {
    table,
    search: createLiteralSearch(table.literals, table.windows),
    formsByLiteral,
    formsInContext,
    assigned,
    jwts,
    exposures,
    contextWords: [...words].map(squash),
  };
}

const mostCertainFirst = (a: FormOf, b: FormOf): number =>
  Number(b.spec.confidence === 'certain') - Number(a.spec.confidence === 'certain') ||
  b.specificity - a.specificity;

/** Where the shorter word is found, the longer one needs no search of its own. */
function holdsAnother(word: string, words: readonly string[]): boolean {
  return words.some((other) => other !== word && word.toLowerCase().includes(other.toLowerCase()));
}

function formOf(rule: Rule, spec: FormRule, context: Context | undefined): FormOf {
  const form = parseForm(spec.form);
  const first = form[0];
  const literals = form.filter(isLiteral).map(({ literal }) => literal.replace(MARKER, ''));
  return {
    rule,
    spec,
    compiled: compileForm(form, spec.edges, spec.balanced),
    context: context && compileContext(context),
    otherwise: context?.otherwise,
    publicPrefix: first && isLiteral(first) ? first.literal : '',
    hasMarker: form.some((part) => isLiteral(part) && part.literal.includes(MARKER)),
    specificity: literals.join('').length,
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
