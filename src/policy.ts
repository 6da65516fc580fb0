// What people have decided, read once per run: the rules that apply, what counts, and what is ignored and why.

import { builtinDetector } from './detect/detector.ts';
import { withLineHashes } from './detect/line-hash.ts';
import type { Confidence, Detector, Judge, Notice, RawPath } from './model.ts';
import type { ScanOptions } from './options.ts';

export interface Policy {
  /** The built-in rules and the project's own. */
  readonly detector: Detector;
  readonly failOn: Confidence;
  readonly judge: Judge;
  /** `staged.blockCommitted` of the configuration. */
  readonly blockCommitted: boolean;
  /** Expired and unused entries; asked after the last hit. */
  readonly notes: () => readonly Notice[];
}

/** Where policy files are read from: a work tree, or a commit that the change under test cannot touch. */
export interface PolicyTree {
  /** The content of the file at this path from the top; `undefined` when there is none. Throws what makes it unreadable. */
  read(path: RawPath): Promise<Uint8Array | undefined>;
}

/**
 * `tree`: undefined where there is neither a repository nor a folder. Throws UsageError when the configuration or the
 * baseline cannot be understood.
 */
export async function openPolicy(options: ScanOptions, _tree: PolicyTree | undefined): Promise<Policy> {
  const detector = builtinDetector();
  return {
    detector: writesSarif(options) ? withLineHashes(detector) : detector,
    failOn: options.failOn,
    judge: async () => undefined,
    blockCommitted: false,
    notes: () => [],
  };
}

/** Only SARIF has a field for what a line is known by. */
const writesSarif = ({ format, report }: ScanOptions): boolean =>
  [format, ...report.map((each) => each.format)].includes('sarif');
