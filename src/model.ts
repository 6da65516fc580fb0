// The words everyone shares: what is scanned, what is found, what is reported. Imports nothing else.

import type { Exposure } from './exposure.ts';

export type * from './exposure.ts';

/** A path exactly as git or the file system holds it: raw bytes, one latin1 character each. Decode only to display. */
export type RawPath = string;

export type Severity = 'critical' | 'high' | 'medium' | 'low';
/** `certain`: marker and a known length. `likely`: unmistakable context or shape. `possible`: never blocks by default. */
export type Confidence = 'certain' | 'likely' | 'possible';
export type Mode = 'staged' | 'files' | 'stdin' | 'history' | 'ci' | 'push' | 'message' | 'receive';
export type OriginKind = 'index' | 'file' | 'stdin' | 'commit' | 'message' | 'tag' | 'name' | 'unreachable';

export interface Origin {
  readonly kind: OriginKind;
  readonly commit?: string;
  /** A name, never an address. Bytes as latin1 where it comes from a source, text in a report. */
  readonly author?: string;
  /** When it was authored: ISO 8601 with a time zone. */
  readonly date?: string;
}

/** Lines end at LF and count from 1; columns count UTF-16 units from 1; `endColumn` is exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What `detect/` lets out: enough to act on, never the secret itself. */
export interface Detection {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** 32 hex characters that identify the credential wherever it stands. */
  readonly fingerprint: string;
  /** Public prefix, `…`, last four characters. */
  readonly preview: string;
  readonly span: Span;
  /** Encodings undone to find it, outermost first; empty when it stands there as it is. */
  readonly decoded: readonly string[];
  /** What GitHub knows the first line by; only where it was asked for, and gives nothing of the secret away. */
  readonly lineHash?: string;
}

/** One name under which a blob is about to be (or was) recorded. */
export interface Place {
  readonly path: RawPath;
  /** From the top of the work tree, where `path` is not: what a configuration means. Outside of it, absolute. */
  readonly inTree?: RawPath;
  readonly origin: Origin;
  /** Object ids this path already has in the commits this one builds on (HEAD, merge parents). */
  readonly previous: readonly string[];
  /** Id of the git object it was read from, for sources that say later who brought it. */
  readonly object?: string;
}

/** Bytes to scan, with every place they stand at: all of them, or as they come. To be read before the next item is asked for. */
export interface Blob {
  readonly kind: 'blob';
  readonly places: readonly Place[];
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Left out on purpose and said so: a submodule, an LFS object. Does not fail the run. */
export interface Skipped {
  readonly kind: 'skipped';
  readonly path: RawPath;
  readonly reason: string;
}

/** Should have been read and could not be: fails the run with exit code 2. */
export interface Problem {
  readonly kind: 'problem';
  readonly path: RawPath;
  readonly reason: string;
}

/** So many objects that were read and scanned elsewhere, and in which nothing was found: only counted. */
export interface Cleared {
  readonly kind: 'cleared';
  readonly objects: number;
  readonly bytes: number;
}

export type Item = Blob | Cleared | Skipped | Problem;

/** Where bytes come from: staged, files, stdin, history, push … all are read by the one loop in scan.ts. */
export interface Source {
  readonly mode: Mode;
  readonly range: string | null;
  /** Which part of the objects it lists; left out: all of them. */
  readonly shard?: Shard | undefined;
  /** How many more there are that an earlier run found nothing in; see `Coverage.known`. */
  known?(): number;
  items(): AsyncIterable<Item>;
  /** How many items there must be, known independently of what `items` yielded; asked after the last item. */
  expected(): number;
  /** Asked once, after the last item: the same finds with all their places, and who brought them there. */
  attribute?(hits: readonly Hit[]): Promise<readonly Hit[]>;
  /** Asked once, after `attribute`: the story of each credential, by fingerprint, with names and paths as `show` gives them. */
  expose?(show: (raw: RawPath) => string): ReadonlyMap<string, Exposure>;
}

/** Scans one stream of bytes; feed it with `push`, then `end` gives what was found, in order of position. */
export interface BlobScan {
  /** May keep the chunk without copying it: it must not be overwritten before the next `push` has returned, or `end`. */
  push(chunk: Uint8Array): void;
  end(): readonly Detection[];
  /** After `end`: the comments that ask to ignore a line, in order of position. */
  directives(): readonly Directive[];
  /** Instead of `end`: only whether nothing was found, which takes no fingerprint. */
  isEmpty(): boolean;
}

/** The search every scan begins with: bytes it says `false` of hold nothing a scan would find. */
export interface Sieve {
  /** How many bytes before and behind a stretch belong to what may begin or end in it. */
  readonly reach: number;
  /** Whether anything in `[from, to)`, or reaching into it, has to be scanned. */
  holdsContent(bytes: Buffer, from: number, to: number): boolean;
  /** The same for bytes among which NULs mean nothing: those of a tree, with its names. */
  holdsLiteral(bytes: Buffer, from: number, to: number): boolean;
}

/** The pure middle, compiled once per run from the rules. */
export interface Detector {
  /** Hash of the rule set, for reports and caches. */
  readonly rulesHash: string;
  /** What another thread makes the same detector of: nothing but JSON, for `detectorOf` (detect/detector.ts). */
  readonly parts: unknown;
  readonly sieve: Sieve;
  open(): BlobScan;
  /** The text with every credential in it replaced by its preview: for paths, names and messages that are printed. */
  mask(text: string): string;
  describe(ruleId: string): RuleText;
}

/** What is said of a rule to people. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The surest a finding of this rule can be. */
  readonly confidence: Confidence;
  /** One sentence: what this credential opens. */
  readonly summary: string;
  /** What to do now, then where the credential should live instead: one sentence per step. */
  readonly advice: readonly string[];
  readonly links: readonly string[];
}

export interface Occurrence extends Span {
  /** UTF-8; bytes that are not UTF-8 as `\xNN`; credentials masked. */
  readonly path: string;
  readonly decoded: readonly string[];
  readonly origin: Origin;
  /** As in `Detection`. */
  readonly lineHash?: string;
}

/** One credential and everywhere it stands. */
export interface Finding {
  readonly ruleId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly fingerprint: string;
  readonly preview: string;
  readonly advice: string;
  readonly occurrences: readonly Occurrence[];
  /** Where the source knows the history of the repository. */
  readonly exposure?: Exposure;
}

export type IgnoredBy = 'inline' | 'path' | 'baseline' | 'committed' | 'policy';

export interface Ignored {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly preview: string;
  readonly path: string;
  readonly line: number;
  readonly by: IgnoredBy;
  readonly reason: string;
}

/** Why an occurrence does not count. */
export interface Verdict {
  readonly by: IgnoredBy;
  readonly reason: string;
}

/** A comment in what was scanned that asks for a line to be ignored: `keyscan:ignore [rule] -- reason`. */
export interface Directive {
  /** Whose comment it is; other tools' count only on request. */
  readonly tool: 'keyscan' | 'gitleaks' | 'trufflehog' | 'detect-secrets';
  /** The line it speaks of, counted like `Span.line`. */
  readonly line: number;
  /** Only this rule; `undefined`: every rule. */
  readonly ruleId: string | undefined;
  /** UTF-8; empty when none is given. */
  readonly reason: string;
}

/** One detection at one of its places, with what a judge may need to know. */
export interface Hit {
  readonly detection: Detection;
  readonly place: Place;
  /** Every place of the same content, this one among them. */
  readonly places: readonly Place[];
  /** Of the same content. */
  readonly directives: readonly Directive[];
}

/** Decides whether a hit is ignored; `undefined`: it counts. */
export type Judge = (hit: Hit) => Promise<Verdict | undefined>;

/** Something people should know that changes nothing: an unused or expired baseline entry, say. */
export interface Notice {
  /** Empty when it belongs to no file. */
  readonly path: string;
  readonly reason: string;
}

/** One of `count` parts into which the objects are split by their ids; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface Coverage {
  readonly complete: boolean;
  readonly objects: number;
  readonly bytes: number;
  readonly range: string | null;
  /** Besides these, how many an earlier run has found to hold nothing, so that they were not read again. */
  readonly known?: number;
  /** `null`: everything was looked at in this one run, or has been put together. */
  readonly shard: Shard | null;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

/** What every reporter gets; `--format json` prints it as it is (schema/report.schema.json). */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'keyscan'; readonly version: string; readonly rules: string };
  readonly mode: Mode;
  readonly coverage: Coverage;
  readonly findings: readonly Finding[];
  readonly ignored: readonly Ignored[];
  readonly notices: readonly Notice[];
}
