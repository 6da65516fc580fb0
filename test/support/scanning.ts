// One detector with the built-in rules, and what tests ask of it.

import { createDetector } from '../../src/detect/detector.ts';
import type { Confidence, Detection, Detector } from '../../src/model.ts';
import { builtinRules } from '../../src/rules/builtin.ts';

export const detector: Detector = createDetector(builtinRules);

export function scan(content: string | Uint8Array): readonly Detection[] {
  return scanChunks([typeof content === 'string' ? Buffer.from(content) : content]);
}

export function scanChunks(chunks: Iterable<Uint8Array>): readonly Detection[] {
  const open = detector.open();
  for (const chunk of chunks) open.push(chunk);
  return open.end();
}

const RANK: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };

/** What would block a commit by default. */
export const blocking = (detections: readonly Detection[]): readonly Detection[] =>
  detections.filter(({ confidence }) => RANK[confidence] >= RANK.likely);

/** A detection without anything of the secret in it but its kind and place: safe to print. */
export const brief = ({ ruleId, confidence, span, decoded }: Detection): string =>
  `${ruleId} ${confidence} at ${span.line}:${span.column}-${span.endLine}:${span.endColumn} [${decoded.join(' > ')}]`;
