// Every `sk-` shape in every line shape in every encoding: the cases, and what is wrong with what was found.

import { ENCODINGS } from './encodings.ts';
import { freshKey, SK_SHAPES } from './keys.ts';
import { inLine, LINE_SHAPES, type LineShape } from './line-shapes.ts';
import { type Encoding, pick, plain } from './placed.ts';
import { seeded } from './random.ts';
import { brief, scan } from './scanning.ts';

export interface Case {
  readonly shape: string;
  readonly line: LineShape;
  readonly encoding: Encoding;
}

export const SHAPES: readonly string[] = Object.keys(SK_SHAPES);
const MARKERLESS = new Set(['F2', 'F2b']);
export const marked = (shape: string): boolean => !MARKERLESS.has(shape);

const BASE_LINE = LINE_SHAPES.find(({ name }) => name === 'syntax-dotenv') as LineShape;
const BASE_SHAPE = 'F11';

/** Statements bring their own line; keys without a marker need their boundaries. */
const isPossible = ({ shape, line, encoding }: Case): boolean =>
  (encoding.reach !== 'statement' || line === BASE_LINE) && (marked(shape) || !line.touching);

const product = (
  shapes: readonly string[],
  lines: readonly LineShape[],
  encodings: readonly Encoding[],
): Case[] =>
  shapes
    .flatMap((shape) => lines.flatMap((line) => encodings.map((encoding) => ({ shape, line, encoding }))))
    .filter(isPossible);

export const shapesByLines = (): Case[] => product(SHAPES, LINE_SHAPES, [plain]);
export const shapesByEncodings = (): Case[] => product(SHAPES, [BASE_LINE], ENCODINGS);
export const linesByEncodings = (): Case[] => product([BASE_SHAPE], LINE_SHAPES, ENCODINGS);
export const oneInEveryEncoding = (): Case[] => product([BASE_SHAPE], [BASE_LINE], ENCODINGS);
export const everyCase = (): Case[] => product(SHAPES, LINE_SHAPES, ENCODINGS);

export const nameOf = ({ shape, line, encoding }: Case): string =>
  `${shape} / ${line.name} / ${encoding.name}`;

/** FNV-1a: gives each case a sequence of its own, so that one case can be repeated alone. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The file of a case, for this seed. */
export function fileOf(test: Case, seed: number) {
  const random = seeded(seed ^ hashOf(nameOf(test)));
  const key = freshKey(test.shape, random);
  const placed = test.encoding.place(inLine(test.line, key, marked(test.shape), random), random);
  return { key, placed };
}

/** What is wrong, without a character of the key; `undefined` when all is right. */
export function complaint(test: Case, seed: number): string | undefined {
  const { key, placed } = fileOf(test, seed);
  const detections = scan(placed.bytes);
  const found = detections[0];
  if (found === undefined) return 'not found';
  if (detections.length > 1) return `${detections.length} findings: ${detections.map(brief).join(', ')}`;

  const wrong: string[] = [];
  const rule = SK_SHAPES[test.shape]?.rule;
  if (found.ruleId !== rule) wrong.push(`rule ${found.ruleId}, not ${rule}`);
  if (found.confidence === 'possible') wrong.push('only possible');
  if (found.fingerprint !== fingerprintOf(key)) wrong.push('fingerprint differs from the plain one');
  const { line = found.span.line, column = found.span.column } = placed;
  if (found.span.line !== line || found.span.column !== column) {
    wrong.push(`at ${found.span.line}:${found.span.column}, not ${line}:${column}`);
  }
  if (test.encoding.decoded === 'none' && found.decoded.length > 0)
    wrong.push(`decoded ${found.decoded.join(' > ')}`);
  if (test.encoding.decoded === 'some' && found.decoded.length === 0) wrong.push('decoded is empty');
  return wrong.length > 0 ? wrong.join('; ') : undefined;
}

const fingerprintOf = (key: string): string | undefined => scan(`OPENAI_API_KEY=${key}\n`)[0]?.fingerprint;

export interface Miss {
  readonly test: Case;
  readonly complaint: string;
}

export function missesOf(cases: readonly Case[], seed: number): Miss[] {
  return cases.flatMap((test) => {
    const what = complaint(test, seed);
    return what === undefined ? [] : [{ test, complaint: what }];
  });
}

/** Misses grouped by what is wrong in which encoding, most frequent first, each with the case to begin with. */
export function summary(misses: readonly Miss[], seed: number): string {
  if (misses.length === 0) return '';
  const groups = new Map<string, Miss[]>();
  for (const miss of misses) {
    const kind = miss.complaint.replaceAll(/\d+/g, '#').slice(0, 100);
    const group = `${marked(miss.test.shape) ? 'marked' : 'markerless'}, ${miss.test.encoding.name}: ${kind}`;
    groups.set(group, [...(groups.get(group) ?? []), miss]);
  }
  return [
    `${misses.length} misses, KEYSCAN_TEST_SEED=${seed}`,
    ...[...groups]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([group, [first, ...more]]) => {
        const example = first === undefined ? '' : `${nameOf(first.test)}: ${first.complaint}`;
        return `${String(more.length + 1).padStart(5)}  ${group}\n       ${example}`;
      }),
  ].join('\n');
}

/** The first misses among this many random keys of a shape, as assigned in one file: numbers of the keys, not keys. */
export function missedBodies(shape: string, count: number, random: () => number): number[] {
  const missed: number[] = [];
  const perFile = 50;
  for (let from = 0; from < count; from += perFile) {
    const keys = Array.from({ length: perFile }, () => freshKey(shape, random));
    const lines = keys.map((key) => `OPENAI_API_KEY=${key}\n`).join('');
    const found = new Map(scan(lines).map((detection) => [detection.span.line, detection]));
    keys.forEach((_, index) => {
      const detection = found.get(index + 1);
      const right = detection?.ruleId === SK_SHAPES[shape]?.rule && detection?.confidence !== 'possible';
      if (!right) missed.push(from + index);
    });
  }
  return missed;
}

export interface Written {
  readonly key: string;
  readonly bytes: Buffer;
}

/** A file with one key in it, in any shape, line and encoding: the same for the same number. */
export function written(from: number): Written {
  const random = seeded(from);
  const shape = pick(SHAPES, random);
  const key = freshKey(shape, random);
  const lines = LINE_SHAPES.filter(({ touching }) => marked(shape) || !touching);
  const sample = inLine(pick(lines, random), key, marked(shape), random);
  return { key, bytes: pick(ENCODINGS, random).place(sample, random).bytes };
}
