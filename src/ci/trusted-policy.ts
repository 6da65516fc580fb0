// Whose word counts in a build: what was decided before the change, never what the change says about itself.

import type { CommitFiles } from '../git/commit-files.ts';
import type { Confidence, Detector, Hit, Judge, Verdict } from '../model.ts';
import { RANK } from '../triage/order.ts';

/** What is decided in one commit. */
export interface Decided {
  readonly detector: Detector;
  readonly judge: Judge;
  readonly failOn: Confidence;
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
    // Also where nothing counts: the next build would not get past one that cannot be read.
    const decided = await own();
    const found = new Map<string, Allowed>();
    for (const hit of counting) {
      const { fingerprint } = hit.detection;
      if (found.has(fingerprint)) continue;
      const verdict = await excuseOf(hit, decided, before.failOn);
      if (verdict) found.set(fingerprint, { hit, verdict });
    }
    return [...found.values()];
  }

  return { judge, allowed };
}

/** Why it would not count if this were decided; `failOn`: what has been decided. */
async function excuseOf(
  hit: Hit,
  { detector, judge, failOn: own }: Decided,
  failOn: Confidence,
): Promise<Verdict | undefined> {
  const { ruleId, confidence } = hit.detection;
  if (!knows(detector, ruleId)) return { by: 'policy', reason: 'the rule is gone' };
  const verdict = await judge(hit);
  const isEnough = (least: Confidence): boolean => RANK[confidence] >= RANK[least];
  if (verdict || isEnough(own) || !isEnough(failOn)) return verdict;
  return { by: 'policy', reason: `only ${own} is to count` };
}

function knows(detector: Detector, ruleId: string): boolean {
  try {
    return detector.describe(ruleId).id === ruleId;
  } catch {
    return false;
  }
}
