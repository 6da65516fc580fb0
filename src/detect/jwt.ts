// JSON Web Tokens (RFC 7519): read, not verified. Who issued one stands in its payload.

import { isTokenByte } from './bytes.ts';
import { type Candidate, candidateIn } from './candidate.ts';
import type { JwtRule } from './compile.ts';
import type { View } from './view.ts';

const LONGEST_PART = 12_288;
const DOT = 0x2e;

export interface FoundJwt {
  /** View offset after the token: hits inside it need no look. */
  readonly end: number;
  readonly candidate: Candidate | undefined;
}

/**
 * Reads the token that starts at `at`, whatever stands before it: a letter may be the end of `\n`, digits that of `%22`.
 * `now` (milliseconds since 1970) tells an expired one.
 */
export function jwtAt(view: View, at: number, rules: readonly JwtRule[], now: number): FoundJwt {
  const headerEnd = partEnd(view.bytes, at);
  const payloadEnd = view.bytes[headerEnd] === DOT ? partEnd(view.bytes, headerEnd + 1) : headerEnd;
  // What begins later in the header ends where it ends.
  if (view.bytes[payloadEnd] !== DOT) return { end: headerEnd, candidate: undefined };
  const end = partEnd(view.bytes, payloadEnd + 1);
  const payload = payloadOf(view.bytes.toString('latin1', headerEnd + 1, payloadEnd));
  const found = payload && rules.find(({ jwt }) => isIssuedBy(payload, jwt));
  if (!found) return { end, candidate: undefined };
  const isExpired = typeof payload.exp === 'number' && payload.exp * 1000 < now;
  return {
    end,
    candidate: candidateIn(view, [at, end], {
      rule: found.rule,
      confidence: 'certain',
      publicPrefix: 'eyJ',
      specificity: 40,
      severity: isExpired ? 'low' : found.rule.severity,
    }),
  };
}

/** Whether a dot stands, or may stand, behind the first part of what starts at `at`, as far as `bytes[at, to)` tells. */
export function mayBeJwt(bytes: Uint8Array, at: number, to: number): boolean {
  const headerEnd = partEnd(bytes, at, to);
  return headerEnd === to || bytes[headerEnd] === DOT;
}

function partEnd(bytes: Uint8Array, from: number, to = bytes.length): number {
  let at = from;
  while (at < to && at - from < LONGEST_PART && isTokenByte(bytes[at])) at++;
  return at;
}

type Payload = Readonly<Record<string, unknown>>;

/** Every JSON object begins with a brace, which base64 writes `e`, and nothing else that is JSON does. */
function payloadOf(text: string): Payload | undefined {
  if (text.length < 16 || !/^e[wy]/.test(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Payload;
  } catch {
    // Not JSON: not a token of ours.
    return undefined;
  }
}

function isIssuedBy(payload: Payload, { issuers, claim }: JwtRule['jwt']): boolean {
  if (claim !== undefined) return Object.hasOwn(payload, claim);
  const issuer = typeof payload.iss === 'string' ? payload.iss.replace(/\/$/, '') : '';
  return issuers?.includes(issuer) ?? false;
}
