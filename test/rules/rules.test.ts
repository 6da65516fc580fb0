// The rule files: well-formed, complete, and each does in twenty variants what its examples say.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expandForm, parseForm } from '../../src/rules/form.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { seed, seeded } from '../support/random.ts';
import { blocking, detector, scan } from '../support/scanning.ts';

const folder = join(__dirname, '../../rules');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'rule.schema.json');
const rules = names.map((name) => [name, read(name) as Rule] as const);

/** CONTRACT §4: stable, so written down again here. */
const RULE_IDS = [
  'azure-openai-key',
  'azure-openai-legacy-key',
  'chatgpt-session-cookie',
  'openai-admin-key',
  'openai-agent-identity',
  'openai-assigned-secret',
  'openai-client-exposure',
  'openai-codex-token',
  'openai-ephemeral-key',
  'openai-legacy-key',
  'openai-oauth-token',
  'openai-project-key',
  'openai-refresh-token',
  'openai-service-account-key',
  'openai-session-key',
  'openai-unknown-format-key',
  'openai-user-key',
  'openai-webhook-secret',
];

/** CONTRACT §4 again: what each kind of credential opens. */
const SEVERITIES: Readonly<Record<string, string>> = {
  'openai-admin-key': 'critical',
  'openai-project-key': 'critical',
  'openai-service-account-key': 'critical',
  'openai-user-key': 'critical',
  'openai-refresh-token': 'high',
  'openai-codex-token': 'high',
  'openai-agent-identity': 'high',
  'openai-session-key': 'high',
  'azure-openai-key': 'high',
  'azure-openai-legacy-key': 'high',
  'openai-webhook-secret': 'medium',
  'openai-client-exposure': 'medium',
  'openai-ephemeral-key': 'low',
};

/** A recipe can neither sign nor add a checksum: test/detect/other-kinds.test.ts has their examples. */
const BUILT_BY_TESTS = new Set(['azure-openai-key', 'openai-agent-identity', 'openai-oauth-token']);

test('the rules are those of the contract, no more and no fewer', () => {
  expect(rules.map(([, rule]) => rule.id).sort()).toEqual(RULE_IDS);
});

test.each(rules)('%s fits the schema and is named for its rule', (name, rule) => {
  const validate = new Ajv({ allErrors: true, strict: true }).compile(read('rule.schema.json') as object);
  validate(rule);
  expect(validate.errors ?? []).toEqual([]);
  expect(name).toBe(`${rule.id}.json`);
});

test('the schema refuses a word it does not know', () => {
  const validate = new Ajv({ allErrors: true, strict: true }).compile(read('rule.schema.json') as object);
  expect(validate({ ...rules[0]?.[1], surprise: 1 })).toBe(false);
});

test.each(Object.entries(SEVERITIES))('%s is %s', (id, severity) => {
  expect(detector.describe(id).severity).toBe(severity);
});

test.each(rules)('%s tells people what to do', (_, rule) => {
  const text = detector.describe(rule.id);
  expect(text).toMatchObject({ id: rule.id, title: rule.title });
  expect(text.advice.length).toBeGreaterThanOrEqual(2);
  expect(text.links.every((link) => link.startsWith('https://'))).toBe(true);
});

describe.each(rules)(`%s (KEYSCAN_TEST_SEED=${seed})`, (name, rule) => {
  const random = seeded(seed ^ name.length);
  const variants = (recipe: string): string[] =>
    Array.from({ length: 20 }, () => expandForm(parseForm(recipe), random));

  test('has examples of both kinds', () => {
    const needed = BUILT_BY_TESTS.has(rule.id) ? 0 : 1;
    expect(rule.examples?.found.length ?? 0).toBeGreaterThanOrEqual(needed);
    expect(rule.examples?.ignored.length ?? 0).toBeGreaterThanOrEqual(needed);
  });

  test('finds what it says it finds', () => {
    const wrong = (rule.examples?.found ?? []).flatMap((recipe) =>
      variants(recipe)
        .map((text) => scan(text).map(({ ruleId }) => ruleId))
        .filter((ids) => ids.length !== 1 || ids[0] !== rule.id)
        .map((ids) => ({ recipe, ids })),
    );
    expect(wrong).toEqual([]);
  });

  test('does not find what it says it ignores', () => {
    const wrong = (rule.examples?.ignored ?? []).flatMap((recipe) =>
      variants(recipe)
        .filter((text) => blocking(scan(text)).some(({ ruleId }) => ruleId === rule.id))
        .map(() => recipe),
    );
    expect(wrong).toEqual([]);
  });
});
