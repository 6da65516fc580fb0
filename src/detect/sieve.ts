// What every scan begins with, by itself: bytes without any literal are done with.

import type { Sieve } from '../model.ts';
import type { LiteralSearch } from './literal-search.ts';

/** `literals`: what `search` looks for. */
export function createSieve({ search }: LiteralSearch, literals: readonly string[]): Sieve {
  const reach = Math.max(...literals.map(({ length }) => length)) - 1;
  const holdsLiteral = (bytes: Buffer, from: number, to: number): boolean =>
    search(bytes, enough, Math.max(0, from - reach), Math.min(to + reach, bytes.length));
  return {
    reach,
    holdsLiteral,
    holdsContent: (bytes, from, to) => hasNul(bytes, from, to) || holdsLiteral(bytes, from, to),
  };
}

/** Without a literal, nothing follows up on anything; without NULs, no other text hides between the bytes. */
export function isWorthALook({ search }: LiteralSearch, bytes: Buffer): boolean {
  return bytes.includes(0) || search(bytes, enough);
}

const enough = (): boolean => true;

function hasNul(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > FEW) return bytes.subarray(from, to).includes(0);
  for (let at = from; at < to; at += 1) if (bytes[at] === 0) return true;
  return false;
}

/** Bytes that are looked at faster one by one. */
const FEW = 256;
