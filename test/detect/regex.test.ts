// Every regular expression of the product is checked by recheck: none may take more than linear or small polynomial time.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { check, type Parameters } from 'recheck';

interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

const root = join(__dirname, '../../src');

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

function patternsIn(file: string): Pattern[] {
  const patterns: Pattern[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pattern, flags } = node as Record<string, unknown>;
    if (type === 'RegExpLiteral') patterns.push({ file, source: String(pattern), flags: String(flags) });
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(readFileSync(join(root, file), 'utf8'), { syntax: 'typescript' }));
  return patterns;
}

const patterns = sources.flatMap(patternsIn);

test('there are patterns to check', () => {
  expect(patterns.length).toBeGreaterThan(0);
});

/**
 * Steps are counted, nothing is timed: recheck calls a pattern polynomial when an attempt takes too long, which on a busy
 * machine any does. Its random numbers are the same every time.
 */
const COUNTED: Parameters = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  randomSeed: 0,
};

test.each(patterns.map(({ file, source, flags }) => [file, source, flags]))(
  '%s: /%s/%s',
  async (_, source, flags) => {
    const checked = await check(source, flags, COUNTED);
    expect(checked.status === 'vulnerable' ? checked.complexity.summary : checked.status).toBe('safe');
  },
);

/** Not checked above: bounded runs of a form; constants, read in the user's own hook or in what git says; our own schemas. */
const MADE_AT_RUN_TIME = [
  'config/schema.ts',
  'detect/assigned.ts',
  'hooks/launcher.ts',
  'hooks/marked.ts',
  'report/schema.ts',
  'sources/ref-updates.ts',
];

test('patterns made at run time are few, and each is known', () => {
  const making = sources.filter((file) => /\bRegExp\(/.test(readFileSync(join(root, file), 'utf8')));
  expect(making.sort()).toEqual(MADE_AT_RUN_TIME);
});
