// Several judges as one.

import type { Judge } from '../model.ts';

/** Asks one after the other, until one has a reason to ignore the hit. */
export function firstVerdict(...judges: readonly Judge[]): Judge {
  return async (hit) => {
    for (const judge of judges) {
      const verdict = await judge(hit);
      if (verdict) return verdict;
    }
    return undefined;
  };
}
