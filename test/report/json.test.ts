// The JSON report and its schema say the same.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Evidence } from '../../src/model.ts';
import { renderJson } from '../../src/report/json.ts';
import { exposure, finding, ignored, occurrence, report } from './sample.ts';

const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/report.schema.json'), 'utf8')) as {
  readonly $defs: Readonly<Record<string, Node>>;
};
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

const { moves, refs } = exposure();
const evidence: Evidence = {
  moves: moves.map((each, nth) => ({ ...each, nth, isRoot: false, isOld: false, isKept: true })),
  holders: refs.map((each) => ({ ...each, isRemote: false, oid: 'abc', branch: '', brought: ['abc'] })),
  ...{ isCompared: true, inIndex: false, inWorkTree: false, day: '2026-01-01' },
};
const full = report({
  coverage: {
    complete: false,
    objects: 3,
    bytes: 14_200,
    known: 1,
    range: 'abc..def',
    shard: { index: 2, count: 3 },
    skipped: [{ path: 'vendor/lib', reason: 'a submodule' }],
    problems: [{ path: '', reason: 'git died' }],
  },
  findings: [
    finding({
      occurrences: [
        occurrence('src/a.ts', 1, 1, {
          decoded: ['base64'],
          lineHash: '271789c17abda88f:1',
          origin: {
            kind: 'commit',
            commit: 'abc',
            author: 'A <a@example.org>',
            date: '2026-01-01T00:00:00Z',
          },
        }),
      ],
      exposure: exposure({ evidence }),
    }),
  ],
  ignored: [ignored()],
});

test.each([
  ['empty', report()],
  ['full', full],
])('a report that is %s is valid', (_, each) => {
  const parsed: unknown = JSON.parse(renderJson(each));
  validate(parsed);
  expect(validate.errors).toBeNull();
  expect(parsed).toEqual(each);
});

test('the schema has no field that a full report lacks, and a field more is refused', () => {
  const text = renderJson(full);
  const fields = new Set<string>();
  JSON.parse(text, (key: string, value: unknown) => {
    if (!/^\d*$/.test(key)) fields.add(key);
    return value;
  });
  expect([...described(schema)].sort()).toEqual([...fields].sort());
  expect(validate({ ...full, secret: 'x' })).toBe(false);
});

test('every field is described', () => {
  const nameless: string[] = [];
  walk(schema, (name, node) => {
    const target = typeof node.$ref === 'string' ? resolve(node.$ref) : node;
    if (node.description === undefined && target.description === undefined) nameless.push(name);
  });
  expect(nameless).toEqual([]);
});

test('two renderings are the same, byte for byte, and end in a newline', () => {
  expect(renderJson(full)).toBe(renderJson(structuredClone(full)));
  expect(renderJson(full)).toMatch(/^\{\n.*\n\}\n$/s);
});

type Node = Readonly<Record<string, unknown>>;

function described(node: unknown): Set<string> {
  const names = new Set<string>();
  walk(node, (name) => names.add(name));
  return names;
}

function walk(node: unknown, visit: (name: string, node: Node) => void): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties } = node as Node;
  for (const [name, value] of Object.entries((properties ?? {}) as Record<string, Node>)) visit(name, value);
  for (const value of Object.values(node)) walk(value, visit);
}

function resolve(ref: string): Node {
  return schema.$defs[ref.replace('#/$defs/', '')] ?? {};
}
