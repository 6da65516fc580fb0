// What every scan begins with, by itself: bytes without any literal are done with.

import type { Sieve } from '../model.ts';
import type { LiteralSearch } from './literal-search.ts';

/** `literals`: what `search` looks for. */
export function createSieve(search: LiteralSearch, literals: readonly string[]): Sieve {
  const reach = Math.max(...literals.map(({ length }) => length)) - 1;
  const around = (bytes: Buffer, from: number, to: number): Buffer =>
    bytes.subarray(Math.max(0, from - reach), to + reach);
  return {
    reach,
    holdsContent: (bytes, from, to) => isWorthALook(search, around(bytes, from, to)),
    holdsLiteral: (bytes, from, to) => holdsAny(search, around(bytes, from, to)),
  };
}

/** Without a literal, nothing follows up on anything; without NULs, no other text hides between the bytes. */
export function isWorthALook(search: LiteralSearch, bytes: Buffer): boolean {
  return bytes.includes(0) || holdsAny(search, bytes);
}

function holdsAny({ search }: LiteralSearch, bytes: Buffer): boolean {
  let isHit = false;
  search(bytes, () => {
    isHit = true;
    return true;
  });
  return isHit;
}
