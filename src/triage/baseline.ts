// What is accepted: credentials in the baseline, wherever they stand.

import { type Day, isOver } from '../day.ts';
import type { Judge, Notice } from '../model.ts';
import type { Baseline, BaselineEntry } from './baseline-file.ts';

export interface Accepted {
  readonly judge: Judge;
  /** Entries that have expired, and, after a run that saw everything there is, those nothing was found for. */
  readonly notes: (sawEverything: boolean) => readonly Notice[];
}

/** An expired entry accepts nothing. `name` is what the file is called. */
export function baselineJudge(baseline: Baseline, today: Day, name: string): Accepted {
  const byHash = new Map(baseline.entries.map((entry) => [entry.hash, entry]));
  const used = new Set<BaselineEntry>();

  return {
    judge: async ({ detection: { fingerprint } }) => {
      const entry = byHash.size === 0 ? undefined : entryFor(baseline, byHash, fingerprint);
      if (entry === undefined) return undefined;
      used.add(entry);
      return isOver(entry.expires, today)
        ? undefined
        : { by: 'baseline', reason: entry.reason || `in the baseline since ${entry.added}` };
    },
    notes: (sawEverything) =>
      baseline.entries.flatMap((entry) => {
        const { rule, added, expires } = entry;
        const which = `the entry of ${added} for ${rule === '-' ? 'a credential' : rule}`;
        if (isOver(expires, today)) return { path: name, reason: `${which} has expired on ${expires}` };
        if (!sawEverything || used.has(entry)) return [];
        return { path: name, reason: `${which} is not needed any more: nothing was found for it` };
      }),
  };
}

/** How a credential is named in a baseline: nothing can be learnt from it without the credential itself. */
export function baselineHash(salt: string, fingerprint: string): string {
  const { createHmac } = process.getBuiltinModule('node:crypto');
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(fingerprint).digest('hex').slice(0, 32);
}

/** The same list with this entry added, or put in the place of the one for the same credential. */
export function withAccepted(
  { salts, entries }: Baseline,
  fingerprint: string,
  entry: Omit<BaselineEntry, 'hash'>,
): Baseline {
  const hashes = salts.map((salt) => baselineHash(salt, fingerprint));
  const [hash = ''] = hashes;
  return { salts, entries: [...entries.filter((other) => !hashes.includes(other.hash)), { hash, ...entry }] };
}

function entryFor(
  { salts }: Baseline,
  byHash: ReadonlyMap<string, BaselineEntry>,
  fingerprint: string,
): BaselineEntry | undefined {
  for (const salt of salts) {
    const entry = byHash.get(baselineHash(salt, fingerprint));
    if (entry) return entry;
  }
  return undefined;
}
