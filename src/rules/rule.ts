// What a rule file says, as types; rules/rule.schema.json says the same to editors and to the tests.

import type { Confidence, Severity } from '../model.ts';

export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** One sentence: what this credential opens. */
  readonly summary: string;
  readonly match: Match;
  /** What to do, in order: revoke, replace, where it should live. */
  readonly advice: readonly string[];
  readonly links: readonly string[];
  /** Fingerprints of samples that OpenAI, or a standard it follows, publishes: everybody has them, nobody is to be told. */
  readonly samples?: readonly string[];
  /** Where the knowledge comes from. */
  readonly sources?: readonly string[];
  readonly examples?: { readonly found: readonly string[]; readonly ignored: readonly string[] };
}

export type Match = FormsMatch | AssignedMatch | JwtMatch | ExposureMatch;

/** Words near the credential; `within` is a distance in bytes on either side, `words` and `without` ignore case. */
export interface Context {
  readonly words: readonly string[];
  readonly within: number;
  /** Words of others: when one of them stands nearer than every word of `words`, the rule stays silent. */
  readonly without?: readonly string[];
  /** Hosts of others: when one of them stands within reach at all, the value is for them. */
  readonly never?: readonly string[];
  /** What the finding is worth when no word is near; left out: nothing. */
  readonly otherwise?: Confidence;
}

/** The credential is recognised by its own shape. */
export interface FormsMatch {
  readonly forms: readonly FormRule[];
  readonly context?: Context;
}

export interface FormRule {
  /** The name of the format in the reference, for people. */
  readonly format?: string;
  /** See src/rules/form.ts. */
  readonly form: string;
  /** `open`: may touch anything. `token`: must not stand inside a longer run of letters, digits, `-` and `_`. */
  readonly edges: 'open' | 'token';
  readonly confidence: Confidence;
  /** The last run ends where it balances the run before the marker: for lengths nobody has listed yet. */
  readonly balanced?: boolean;
  readonly check?: CheckName;
}

/** Tests a form cannot express; see src/detect/checks.ts. */
export type CheckName = 'azure-checksum' | 'openai-body' | 'random';

/** The credential is recognised by the name it is given to and by looking random (or by a form of its own). */
export interface AssignedMatch {
  readonly assigned: {
    /**
     * Words of which the name must hold one, ignoring case and separators; when all are long (8), they are searched for
     * as they are written, in any capitalisation: list `refresh_token` and `refreshtoken`.
     */
    readonly names: readonly string[];
    /** Words of which none may end the name: `api_key_id` is not a key. */
    readonly not: readonly string[];
    /** A form the value must have as a whole; left out: it must look random. */
    readonly value?: string;
    readonly confidence: Confidence;
  };
  readonly context: Context;
}

/** A JSON Web Token whose payload names the issuer, or holds a claim. */
export interface JwtMatch {
  readonly jwt: { readonly issuers?: readonly string[]; readonly claim?: string };
}

/** No credential at all: a variable that a web framework copies into what every visitor downloads. */
export interface ExposureMatch {
  readonly exposure: {
    readonly prefixes: readonly string[];
    readonly names: readonly string[];
    readonly secrets: readonly string[];
    readonly switches: readonly string[];
  };
}
