// The stories of all credentials, as a report tells them: in text that may be printed, and what it comes to.

import type { Evidence, Exposure, RawPath } from '../model.ts';
import { conclude } from '../story/conclude.ts';
import type { Told } from './story.ts';

/** `isPart`: of a split run, whose report must hold what the whole is concluded from. */
export function exposures(
  told: Told | undefined,
  show: (raw: RawPath) => string,
  isPart: boolean,
): ReadonlyMap<string, Exposure> {
  return new Map(
    [...(told?.evidence ?? [])].map(([fingerprint, raw]) => {
      const evidence = shown(raw, show);
      return [fingerprint, { ...conclude(evidence), ...(isPart && { evidence }) }];
    }),
  );
}

const shown = (evidence: Evidence, show: (raw: RawPath) => string): Evidence => ({
  ...evidence,
  moves: evidence.moves.map((move) => ({ ...move, author: show(move.author), path: show(move.path) })),
  holders: evidence.holders.map((holder) => ({
    ...holder,
    name: show(holder.name),
    branch: show(holder.branch),
  })),
});
