// A credential that a previous version of the same path already holds is not made worse by this commit.

import type { Detector, Judge, Verdict } from '../model.ts';

/**
 * Judges by `Place.previous`. `read` gives the content of an object id; what it cannot read counts as holding nothing,
 * so that whatever stands in the new version is new. `reason` says which commits are meant.
 */
export function committedJudge(
  detector: Detector,
  read: (oid: string) => AsyncIterable<Uint8Array>,
  reason: string,
): Judge {
  const known = new Map<string, ReadonlySet<string>>();
  const committed: Verdict = { by: 'committed', reason };

  async function fingerprintsIn(oid: string): Promise<ReadonlySet<string>> {
    const before = known.get(oid) ?? (await fingerprints(detector, read(oid)));
    known.set(oid, before);
    return before;
  }

  return async ({ detection: { fingerprint }, place: { origin, previous } }) => {
    // A path that has a previous version had its name then, too.
    if (origin.kind === 'name') return previous.length > 0 ? committed : undefined;
    for (const oid of previous) if ((await fingerprintsIn(oid)).has(fingerprint)) return committed;
    return undefined;
  };
}

async function fingerprints(
  detector: Detector,
  content: AsyncIterable<Uint8Array>,
): Promise<ReadonlySet<string>> {
  const scan = detector.open();
  try {
    for await (const chunk of content) scan.push(chunk);
  } catch {
    return new Set();
  }
  return new Set(scan.end().map(({ fingerprint }) => fingerprint));
}
