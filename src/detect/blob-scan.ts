// Scans a stream of any length in windows of bounded size that overlap, so that nothing hides where one ends.

import type { BlobScan, Detection, Directive, Span } from '../model.ts';
import { type Candidate, resolveOverlaps } from './candidate.ts';
import type { Compiled } from './compile.ts';
import { decodeWide, type Encoding, encodingOf } from './decode/wide.ts';
import { Comments } from './directives.ts';
import { explore, startExploration } from './explore.ts';
import { characterEnd, characterStart, Locator } from './locate.ts';
import { Pending } from './pending.ts';
import { fingerprintOf, previewOf } from './redact.ts';
import { isWorthALook } from './sieve.ts';
import { decodedView, rootView } from './view.ts';

const WINDOW = 1 << 20;
/** More than any credential with its context takes, encoded; a multiple of four, so that wide text stays aligned. */
const MARGIN = 1 << 15;
const FULL = WINDOW + 2 * MARGIN;

/** `now`: milliseconds since 1970, to tell expired tokens. */
export function openBlobScan(compiled: Compiled, now: number): BlobScan {
  const found: { readonly candidate: Candidate; readonly span: Span }[] = [];
  const directives: Directive[] = [];
  const pending = new Pending();
  /** Offset in the pending bytes from which findings are new, and offset of the pending bytes in the stream. */
  let fresh = 0;
  let origin = 0;
  const fingerprints = new Map<string, string>();
  let locator: Locator | undefined;
  let encoding: Encoding = 'utf-8';

  const startLocator = (bytes: Buffer): Locator => {
    const start = encodingOf(bytes);
    encoding = start.encoding;
    // A byte order mark is no column of the first line.
    fresh = start.bomLength;
    return new Locator(encoding);
  };

  const scanWindow = (isLast: boolean): void => {
    const bytes = pending.bytes();
    // So it is with nearly every file and every name: nothing has to be located then.
    if (isLast && !isWorthALook(compiled, bytes)) return;
    locator ??= startLocator(bytes);
    const boundary = isLast ? bytes.length : characterStart(bytes, bytes.length - MARGIN, encoding, origin);
    const candidates = candidatesIn(compiled, now, bytes, encoding).filter(
      ({ start }) => start >= fresh && start < boundary,
    );
    const comments = new Comments(bytes, encoding);
    let reached = fresh;
    for (const candidate of candidates) {
      const start = locator.advance(bytes, reached, characterStart(bytes, candidate.start, encoding, origin));
      const end = locator.advance(bytes, candidate.start, characterEnd(candidate.end, encoding, origin));
      reached = candidate.end;
      const span = { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
      found.push({ candidate, span });
      for (const comment of comments.about(candidate.start, candidate.end, span)) directives.push(comment);
    }
    if (isLast) return;
    locator.advance(bytes, reached, Math.max(reached, boundary));
    const keep = (Math.max(0, boundary - MARGIN) >> 2) << 2;
    // A candidate may reach beyond the boundary; what has been counted is not counted again.
    fresh = Math.max(reached, boundary) - keep;
    origin += keep;
    pending.drop(keep);
  };

  return {
    push(chunk) {
      if (chunk.length === 0) return;
      for (let at = 0; at < chunk.length; ) {
        const piece = chunk.subarray(at, at + FULL - pending.length);
        pending.add(piece, at > 0);
        at += piece.length;
        if (pending.length >= FULL) scanWindow(false);
      }
    },
    end() {
      scanWindow(true);
      return found.flatMap(({ candidate, span }) => redact(fingerprints, candidate, span) ?? []);
    },
    directives: () => directives,
    isEmpty() {
      scanWindow(true);
      return found.length === 0;
    },
  };
}

/** Every credential in a piece of bytes, one per span, in order of position. */
export function candidatesIn(
  compiled: Compiled,
  now: number,
  bytes: Buffer,
  encoding: Encoding = 'utf-8',
): Candidate[] {
  const root = rootView(bytes);
  const exploration = startExploration(compiled, now, bytes.length);
  explore(exploration, root);
  if (encoding === 'utf-8') return resolveOverlaps(exploration.found);
  // Read as the text it is, it has the last word; without its NULs it may only add what stands at odd places.
  const asText = startExploration(compiled, now, bytes.length);
  explore(asText, decodedView(root, decodeWide(bytes, encoding), encoding));
  const isCovered = ({ start, end }: Candidate) =>
    asText.found.some((other) => start < other.end && other.start < end);
  return resolveOverlaps([
    ...asText.found,
    ...exploration.found.filter((candidate) => !isCovered(candidate)),
  ]);
}

/**
 * Undefined for a sample that everybody has. `fingerprints` remembers those of this blob: one key may stand in it ten
 * thousand times.
 */
function redact(fingerprints: Map<string, string>, candidate: Candidate, span: Span): Detection | undefined {
  const { rule, severity, confidence, secret, publicPrefix, isName, via } = candidate;
  const fingerprint = fingerprints.get(secret) ?? fingerprintOf(secret);
  fingerprints.set(secret, fingerprint);
  if (rule.samples?.includes(fingerprint)) return undefined;
  const preview = isName ? publicPrefix : previewOf(publicPrefix, secret);
  return { ruleId: rule.id, severity, confidence, fingerprint, preview, span, decoded: via };
}
