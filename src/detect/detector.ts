// The pure middle of keyscan: rules in, a Detector out; bytes in, redacted detections out.

import type { Confidence, Detector, RuleText, Sieve } from '../model.ts';
import { builtinRules } from '../rules/builtin.ts';
import type { Match, Rule } from '../rules/rule.ts';
import { candidatesIn, openBlobScan } from './blob-scan.ts';
import { builtinPlan } from './builtin-plan.ts';
import { compileRules, type Plan, planOf } from './compile.ts';
import { previewOf } from './redact.ts';
import { createSieve } from './sieve.ts';

/** Text shorter than this holds no credential. */
const SHORTEST_CREDENTIAL = 20;

/** For the rules keyscan ships. */
export const builtinDetector = (): Detector => createDetector(builtinRules, Date.now(), builtinPlan());

/**
 * `now`: milliseconds since 1970, asked once; it only decides whether a dated token has expired. `known`: the anchors of
 * these very rules, where they have been worked out before.
 */
export function createDetector(rules: readonly Rule[], now: number = Date.now(), known?: Plan): Detector {
  const plan = known ?? planOf(rules);
  const compiled = compileRules(rules, plan);
  const parts: Parts = { rules, now, plan };
  const texts = new Map<string, RuleText>(rules.map((rule) => [rule.id, textOf(rule)]));
  let hash: string | undefined;
  let sieve: Sieve | undefined;

  return {
    get rulesHash() {
      hash ??= process
        .getBuiltinModule('node:crypto')
        .createHash('sha256')
        .update(deciding(rules))
        .digest('hex')
        .slice(0, 16);
      return hash;
    },
    parts,
    get sieve() {
      sieve ??= createSieve(compiled);
      return sieve;
    },
    open: () => openBlobScan(compiled, now),
    mask(text) {
      if (text.length < SHORTEST_CREDENTIAL) return text;
      const bytes = Buffer.from(text, 'utf8');
      const secrets = candidatesIn(compiled, now, bytes).filter(({ isName }) => !isName);
      let masked = '';
      let end = 0;
      for (const { start, end: secretEnd, publicPrefix, secret } of secrets) {
        masked += bytes.toString('utf8', end, start) + previewOf(publicPrefix, secret);
        end = secretEnd;
      }
      return masked + bytes.toString('utf8', end);
    },
    describe(ruleId) {
      const text = texts.get(ruleId);
      if (text === undefined) throw new Error(`no rule is called ${ruleId}`);
      return text;
    },
  };
}

interface Parts {
  readonly rules: readonly Rule[];
  readonly now: number;
  readonly plan: Plan;
}

/** `parts`: those of another detector. */
export function detectorOf(parts: unknown): Detector {
  const { rules, now, plan } = parts as Parts;
  return createDetector(rules, now, plan);
}

/** What decides what is found: words for people may change without a new hash, and not every bundle holds them all. */
const deciding = (rules: readonly Rule[]): string =>
  JSON.stringify(rules.map(({ id, severity, match }) => [id, severity, match]));

function textOf({ id, title, severity, match, summary, advice, links }: Rule): RuleText {
  return { id, title, severity, confidence: surestOf(match), summary, advice, links };
}

function surestOf(match: Match): Confidence {
  if ('assigned' in match) return match.assigned.confidence;
  if ('exposure' in match) return 'likely';
  if ('jwt' in match) return 'certain';
  const found = match.forms.map(({ confidence }) => confidence);
  return SUREST.find((each) => found.includes(each)) ?? 'possible';
}

const SUREST: readonly Confidence[] = ['certain', 'likely'];
