// What people have decided, read once per run: the rules that apply, what counts, and what is ignored and why.

import { builtinDetector } from './detect/detector.ts';
import { withLineHashes } from './detect/line-hash.ts';
import type { Confidence, Detector, Judge, Notice, RawPath } from './model.ts';
import { OPTIONS, type ScanOptions } from './options.ts';
import type { Decided, PolicyOptions, Sources } from './policy/configured.ts';
import { BASELINE_NAME, findConfigs } from './policy/files.ts';
import type { Surroundings } from './policy/work-tree.ts';

export { workTree } from './policy/work-tree.ts';

export interface Policy {
  /** The built-in rules and the project's own. */
  readonly detector: Detector;
  readonly failOn: Confidence;
  readonly judge: Judge;
  /** `staged.blockCommitted` of the configuration. */
  readonly blockCommitted: boolean;
  /** Asked after the last hit. `isWhole`: everything there is was looked at, so that what was not met is not there. */
  readonly notes: (isWhole?: boolean) => readonly Notice[];
}

/** Where policy files are read from: a work tree, or a commit that the change under test cannot touch. */
export interface PolicyTree {
  /** The content of the file at this path from the top; `undefined` when there is none. Throws what makes it unreadable. */
  read(path: RawPath): Promise<Uint8Array | undefined>;
  /** The folder whose configuration holds for the run, from the top; left out: the top. */
  readonly folder?: RawPath;
  /** Where the tree stands on the disk, or would: of what --config and --baseline name, that in it is read from it. */
  readonly top?: string;
}

/**
 * `tree`: undefined where there is neither a repository nor a folder. `around` leads to the user's own configuration and
 * to the files of --config and --baseline. Throws UsageError when a configuration or the baseline cannot be understood.
 */
export async function openPolicy(
  options: ScanOptions & PolicyOptions,
  tree: PolicyTree | undefined,
  around?: Surroundings,
): Promise<Policy> {
  const builtin = builtinDetector();
  const sources: Sources = {
    options,
    tree,
    around,
    builtin,
    configs: await findConfigs(options.config, tree, around),
  };
  const decided = (await isSilent(sources)) ? byDefault(sources) : await decide(sources);
  return {
    ...decided,
    detector: writesSarif(options) ? withLineHashes(decided.detector) : decided.detector,
    notes: (isWhole = false) => decided.notes(isWhole),
  };
}

/** Nothing says anything: so it is in most repositories, and every commit waits. */
async function isSilent({ options, tree, configs }: Sources): Promise<boolean> {
  if (
    configs.user ||
    configs.project.length > 0 ||
    options.honor !== undefined ||
    options.baseline !== undefined
  )
    return false;
  return (await tree?.read(BASELINE_NAME)) === undefined;
}

/** The rest is loaded when the first hit is judged: below the folder keyscan runs in, configurations may lie. */
function byDefault(sources: Sources): Decided {
  let opened: Promise<Decided> | undefined;
  let known: Decided | undefined;
  return {
    detector: sources.builtin,
    failOn: sources.options.failOn ?? OPTIONS.failOn.default,
    blockCommitted: false,
    judge: async (hit) => {
      opened ??= decide(sources);
      known = await opened;
      return known.judge(hit);
    },
    notes: (isWhole) => known?.notes(isWhole) ?? [],
  };
}

async function decide(sources: Sources): Promise<Decided> {
  return (await import('./policy/configured.ts')).configured(sources);
}

/** Only SARIF has a field for what a line is known by. */
const writesSarif = ({ format, report }: ScanOptions): boolean =>
  [format, ...report.map((each) => each.format)].includes('sarif');
