// What GitHub knows a line by (primaryLocationLineHash of codeql-action, reference/integrations.md §4.6), for reports that
// go there past the action that would work it out.

import type { BlobScan, Detection, Detector } from '../model.ts';
import { MARKER } from '../rules/form.ts';

/** Longer content is left without hashes: nobody reads it line by line, and it would have to be kept whole. */
const LONGEST = 4 << 20;
const WINDOW = 100;
const FACTOR = 37;
const END = 65_535;

/**
 * The hash is 64 bits of a linear sum over the first 100 characters of the line: as much as that can be learnt of a short
 * credential from it. So many characters nobody can know must stand in it that their randomness covers that many times.
 */
const FEWEST_HIDDEN = 36;

/** The same detector; its detections have a `lineHash` where that is known and gives nothing away. */
export function withLineHashes(detector: Detector): Detector {
  return {
    get rulesHash() {
      return detector.rulesHash;
    },
    parts: detector.parts,
    get sieve() {
      return detector.sieve;
    },
    open: () => keeping(detector.open()),
    mask: (text) => detector.mask(text),
    describe: (ruleId) => detector.describe(ruleId),
  };
}

/**
 * One `hash:occurrence` for each line, CR and CRLF counting as LF: 64 bits in hex without leading zeros, over 100 UTF-16
 * units from the start of the line without blanks, modulo 2^64; then how many lines up to here have the same hash.
 */
export function lineHashes(text: string): string[] {
  const { units, starts } = withoutBlanks(text);
  const seen = new Map<string, number>();
  return starts.map((start) => {
    const hash = hashAt(units, start);
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    return `${hash}:${occurrence}`;
  });
}

function keeping(scan: BlobScan): BlobScan {
  const kept: Buffer[] = [];
  let length = 0;
  return {
    push(chunk) {
      length += chunk.length;
      // A copy: whoever reads may use the buffer again.
      if (length <= LONGEST) kept.push(Buffer.from(chunk));
      scan.push(chunk);
    },
    end() {
      const detections = scan.end();
      if (detections.length === 0 || length > LONGEST) return detections;
      const text = Buffer.concat(kept).toString('utf8');
      return hasOrdinaryLines(text) ? hashed(detections, text) : detections;
    },
    directives: () => scan.directives(),
    isEmpty: () => scan.isEmpty(),
  };
}

/** Elsewhere a line of ours is not the line GitHub means. */
const hasOrdinaryLines = (text: string): boolean => !/\0|\r(?!\n)/.test(text);

function hashed(detections: readonly Detection[], text: string): Detection[] {
  const hashes = lineHashes(text);
  const lines = text.split('\n');
  return detections.map((detection) => {
    const { line, column } = detection.span;
    const before = (lines[line - 1] ?? '').slice(0, column - 1).replace(/[ \t]/g, '').length;
    const lineHash = hashes[line - 1];
    return lineHash !== undefined && hiddenIn(WINDOW - before, detection) >= FEWEST_HIDDEN
      ? { ...detection, lineHash }
      : detection;
  });
}

/** How many characters of the credential's first `length` nobody can know: not its prefix, its marker or its end. */
function hiddenIn(length: number, { span, decoded, preview }: Detection): number {
  const shown = preview.indexOf('…');
  if (shown < 0 || decoded.length > 0 || span.line !== span.endLine) return 0;
  const written = span.endColumn - span.column;
  return Math.min(length, written) - shown - MARKER.length - (preview.length - shown - 1);
}

/** The characters that count, with the end of the text and zeros after it; and where in them lines start. */
function withoutBlanks(text: string): { readonly units: Uint16Array; readonly starts: readonly number[] } {
  const units = new Uint16Array(text.length + 1 + WINDOW);
  const starts = [0];
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x20 || unit === 0x09) continue;
    const isLineEnd = unit === 0x0a || unit === 0x0d;
    if (unit === 0x0d && text.charCodeAt(at + 1) === 0x0a) continue;
    units[length++] = isLineEnd ? 0x0a : unit;
    if (isLineEnd) starts.push(length);
  }
  units[length] = END;
  return { units, starts };
}

/** Horner's rule in two halves of 32 bits: numbers stay exact, and no BigInt is made for each character. */
function hashAt(units: Uint16Array, start: number): string {
  let high = 0;
  let low = 0;
  for (let at = start; at < start + WINDOW; at++) {
    low = low * FACTOR + (units[at] as number);
    high = (high * FACTOR + Math.floor(low / 2 ** 32)) >>> 0;
    low >>>= 0;
  }
  return (high.toString(16) + low.toString(16).padStart(8, '0')).replace(/^0+(?=.)/, '');
}
