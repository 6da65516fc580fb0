// Whose word counts in a build: what was decided before the change, never what the change says about itself.

import type { CommitFiles } from '../git/commit-files.ts';
import type { Detector, Hit, Judge, Verdict } from '../model.ts';

/** What is decided in one commit. */
export interface Decided {
  readonly detector: Detector;
  readonly judge: Judge;
}

export interface Trusted {
  readonly judge: Judge;
  /** What counts and the change would allow itself, once for each credential; asked after the last hit. */
  allowed(): Promise<readonly Allowed[]>;
}

export interface Allowed {
  readonly hit: Hit;
  readonly verdict: Verdict;
}

export interface Parties {
  readonly before: Decided;
  /** The files as they were before the change. */
  readonly files: CommitFiles;
  /** What the change brings with it; opened after the scan. */
  readonly own: () => Promise<Decided>;
}

/**
 * The policy from before holds, and of the comments in what is scanned only those that stood there already, beside the
 * same credential (reference/git-and-hooks.md §2.2).
 */
export function trustedPolicy({ before, files, own }: Parties): Trusted {
  const counting: Hit[] = [];

  async function judge(hit: Hit): Promise<Verdict | undefined> {
    const isOld = hit.directives.length === 0 || (await wasIgnoredBefore(hit));
    const verdict = await before.judge(isOld ? hit : { ...hit, directives: [] });
    if (verdict === undefined) counting.push(hit);
    return verdict;
  }

  async function wasIgnoredBefore({ place: { path, object }, detection }: Hit): Promise<boolean> {
    if (object !== undefined && (await files.holds(object))) return true;
    const content = await files.read(path);
    if (content === undefined) return false;
    const scan = before.detector.open();
    scan.push(content);
    const found = scan.end();
    const directives = scan.directives();
    const place = { path, origin: { kind: 'file' }, previous: [] } as const;
    for (const same of found.filter(({ fingerprint }) => fingerprint === detection.fingerprint)) {
      const verdict = await before.judge({ detection: same, place, places: [place], directives });
      if (verdict?.by === 'inline') return true;
    }
    return false;
  }

  async function allowed(): Promise<readonly Allowed[]> {
    if (counting.length === 0) return [];
    const { detector, judge: ownJudge } = await own();
    const found = new Map<string, Allowed>();
    for (const hit of counting) {
      const { fingerprint, ruleId } = hit.detection;
      if (found.has(fingerprint)) continue;
      const verdict = knows(detector, ruleId) ? await ownJudge(hit) : SWITCHED_OFF;
      if (verdict) found.set(fingerprint, { hit, verdict });
    }
    return [...found.values()];
  }

  return { judge, allowed };
}

const SWITCHED_OFF: Verdict = { by: 'policy', reason: 'the rule is switched off' };

function knows(detector: Detector, ruleId: string): boolean {
  try {
    return detector.describe(ruleId).id === ruleId;
  } catch {
    return false;
  }
}
