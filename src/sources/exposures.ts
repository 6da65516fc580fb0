// The stories of all credentials, as a report tells them: in text that may be printed, and what it comes to.

import type { Evidence, Exposure, Holder, KnownHolder, RawPath } from '../model.ts';
import { conclude } from '../story/conclude.ts';
import type { Told } from './story.ts';

/** `isPart`: of a split run, whose report must hold what the whole is concluded from. */
export function exposures(
  told: Told | undefined,
  show: (raw: RawPath) => string,
  isPart: boolean,
): ReadonlyMap<string, Exposure> {
  const holders = new Map<KnownHolder, KnownHolder>();
  const concluded = new Map<KnownHolder, Holder>();

  /** Each once: ten thousands of references may be the same for many credentials. */
  function shownHolder(raw: KnownHolder): KnownHolder {
    const known = holders.get(raw);
    if (known) return known;
    const holder = { ...raw, name: show(raw.name), branch: show(raw.branch) };
    holders.set(raw, holder);
    return holder;
  }

  const shown = (raw: Evidence): Evidence => ({
    ...raw,
    moves: raw.moves.map((move) => ({ ...move, author: show(move.author), path: show(move.path) })),
    holders: raw.holders.map(shownHolder),
  });

  return new Map(
    [...(told?.evidence ?? [])].map(([fingerprint, raw]) => {
      const evidence = shown(raw);
      return [fingerprint, { ...conclude(evidence, concluded), ...(isPart && { evidence }) }];
    }),
  );
}
