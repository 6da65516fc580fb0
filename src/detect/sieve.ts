// What every scan begins with, by itself: bytes without any literal are done with.

import type { Sieve } from '../model.ts';
import type { Compiled } from './compile.ts';
import { mayLead } from './leads.ts';

export function createSieve(compiled: Compiled): Sieve {
  const { search, table } = compiled;
  const reach = Math.max(...table.literals.map(({ length }) => length)) - 1;
  const holdsLiteral = (bytes: Buffer, from: number, to: number): boolean => {
    /** What it is judged by must be as near to it as what is looked at around a stretch. */
    const mayLeadNearBy = (literal: number, at: number): boolean => {
      const end = at + (table.literals[literal] as string).length;
      return mayLead(
        compiled,
        bytes,
        literal,
        at,
        Math.max(0, end - reach),
        Math.min(at + reach, bytes.length),
      );
    };
    return search.search(bytes, mayLeadNearBy, Math.max(0, from - reach), Math.min(to + reach, bytes.length));
  };
  return {
    reach,
    holdsLiteral,
    holdsContent: (bytes, from, to) => hasNul(bytes, from, to) || holdsLiteral(bytes, from, to),
  };
}

/** Without a literal, nothing follows up on anything; without NULs, no other text hides between the bytes. */
export function isWorthALook(compiled: Compiled, bytes: Buffer): boolean {
  const mayLeadHere = (literal: number, at: number): boolean =>
    mayLead(compiled, bytes, literal, at, 0, bytes.length);
  return bytes.includes(0) || compiled.search.search(bytes, mayLeadHere);
}

function hasNul(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > FEW) return bytes.subarray(from, to).includes(0);
  for (let at = from; at < to; at += 1) if (bytes[at] === 0) return true;
  return false;
}

/** Bytes that are looked at faster one by one. */
const FEW = 256;
