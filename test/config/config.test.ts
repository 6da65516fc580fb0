// What a configuration may say: the schema and the parser agree, and what is wrong is told with its line.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parseConfig } from '../../src/config/config.ts';
import { mismatchOf } from '../../src/config/schema.ts';
import { configSchemas } from '../../src/config/schemas.ts';
import { builtinDetector } from '../../src/detect/detector.ts';
import { UsageError } from '../../src/errors.ts';
import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';

const SOURCE = { name: '.keyscan.json', folder: '', mayHaveRules: true };

const RULE = {
  id: 'acme-token',
  title: 'Acme access token',
  severity: 'high',
  summary: 'Opens everything the team has at Acme.',
  match: { forms: [{ form: 'acme_<alnum:24>', edges: 'token', confidence: 'certain' }] },
  advice: ['Revoke it.'],
  links: [],
};

const FULL = {
  $schema: './node_modules/keyscan-cli/schema/config.schema.json',
  ignore: [
    'a/*.ts',
    { paths: ['b'], rules: ['openai-project-key'], reason: 'samples', expires: '2030-12-31' },
  ],
  disable: ['openai-webhook-secret'],
  failOn: 'certain',
  thresholds: { 'openai-legacy-key': 'certain' },
  rules: [RULE],
  baseline: 'accepted',
  staged: { blockCommitted: true },
  honor: ['gitleaks'],
};

const parse = (content: unknown, source = SOURCE) =>
  parseConfig(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), source);

async function refusalOf(content: unknown, source = SOURCE): Promise<string> {
  try {
    await parse(content, source);
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint].filter(Boolean).join(' | ');
    throw error;
  }
  return 'none';
}

const withRule = (change: object) => ({ rules: [{ ...RULE, ...change }] });
const withForm = (form: string, context?: object) =>
  withRule({
    match: { forms: [{ form, edges: 'open', confidence: 'likely' }], ...(context && { context }) },
  });
const withValue = (value: string) =>
  withRule({
    match: {
      assigned: { names: ['acme_key'], not: [], value, confidence: 'likely' },
      context: { words: ['acme'], within: 80 },
    },
  });

test('everything that can be said, read', async () => {
  const { ignore, ...config } = await parse(FULL);
  expect(ignore).toEqual([{ paths: ['a/*.ts'] }, { ...(FULL.ignore[1] as object) }]);
  expect(config).toMatchObject({
    disable: FULL.disable,
    failOn: 'certain',
    thresholds: FULL.thresholds,
    rules: [{ id: 'acme-token' }],
    baseline: 'accepted',
    blockCommitted: true,
    honor: ['gitleaks'],
  });
});

test('an empty one says nothing', async () => {
  const { failOn, baseline, blockCommitted, honor } = await parse('{}');
  expect([failOn, baseline, blockCommitted, honor]).toEqual([undefined, undefined, undefined, undefined]);
});

test.each([
  ['utf8', ''],
  ['utf8', '\ufeff'],
  ['utf16le', '\ufeff'],
  ['utf16le', ''],
] as const)('text as %s, beginning with %j', async (encoding, mark) => {
  const text = Buffer.from(`${mark}{"failOn": "possible"}`, encoding);
  expect((await parseConfig(text, SOURCE)).failOn).toBe('possible');
  if (encoding === 'utf16le') expect((await parseConfig(text.swap16(), SOURCE)).failOn).toBe('possible');
});

test.each<[unknown, string]>([
  [{ ignroe: [] }, ':1:2: unknown key "ignroe" | Did you mean ignore?'],
  [{ extends: 'https://example.com' }, ':1:2: unknown key "extends" | Known here: ignore,'],
  [
    '{\n  "staged": {\n    "blockcommitted": true }}',
    ':3:5: unknown key "blockcommitted" | Did you mean blockCommitted?',
  ],
  ['{\n"a"', ':2:4: no JSON'],
  ['"text"', ':1:1: the file must be an object'],
  [{ ignore: 'a' }, 'ignore must be a list'],
  [{ ignore: [1] }, 'ignore[0] must be an object'],
  [{ ignore: [''] }, 'ignore[0] must not be empty'],
  [{ ignore: [{ rules: ['openai-user-key'] }] }, 'ignore[0] needs "paths"'],
  [{ ignore: [{ paths: [] }] }, 'ignore[0].paths must not be empty'],
  [{ ignore: [{ paths: ['a'], expires: 'soon' }] }, 'ignore[0].expires must be a date like'],
  [{ ignore: [{ paths: ['a'], expires: '2030-02-30' }] }, 'there is no day 2030-02-30'],
  [{ ignore: ['!a'] }, '"!a" begins with "!"'],
  [{ ignore: ['**'] }, 'match every path'],
  [{ ignore: ['*', { paths: ['*/**'] }] }, 'match every path'],
  [{ disable: ['Not An Id'] }, 'disable[0] must be the id of a rule'],
  [{ failOn: 'likly' }, 'failOn must be one of certain, likely, possible | Did you mean likely?'],
  [{ failOn: null }, 'failOn must be one of'],
  [{ honor: ['gitleak'] }, 'Did you mean gitleaks?'],
  [{ thresholds: { 'openai-user-key': 'sure' } }, 'thresholds.openai-user-key must be one of'],
  [{ baseline: '' }, 'baseline must not be empty'],
  [{ staged: [] }, 'staged must be an object'],
  [{ staged: { blockCommitted: 1 } }, 'staged.blockCommitted must be true or false'],
  [withRule({ regex: '(a+)+$' }), 'unknown key "regex"'],
  [withRule({ match: { regex: '(a+)+$' } }), 'unknown key "regex"'],
  [withRule({ id: 'openai-project-key' }), 'there is a rule openai-project-key already'],
  [{ rules: [RULE, RULE] }, 'there is a rule acme-token already'],
  [withRule({ severity: 'grave' }), 'rules[0].severity must be one of'],
  [withRule({ links: ['http://a'] }), 'rules[0].links[0] must be of the form ^https://'],
  [withForm('acme_<nothing:3>'), 'no such alphabet'],
  [withForm('acme_<alnum:99999>'), 'lengths are whole numbers'],
  [withForm('ac-<alnum:24>'), 'needs 4 characters in a row'],
  [withForm('<alnum:24>', { words: ['acme'], within: 80 }), 'always the same'],
  [withForm('acme<alnum:1-900>x<alnum:1-900>y'), 'too many runs of unknown length'],
  [withForm('<alnum:1-900><alnum:1-900>acme'), 'too many runs of unknown length'],
  [withForm('aaaa<alnum:1-900>x'), 'too many runs of unknown length'],
  [withForm('äcme_<alnum:24>'), 'ASCII'],
  [withValue('<alnum:1-900><alnum:1-900>.'), 'too many runs of unknown length'],
  [
    withRule({ match: { ...RULE.match, context: { words: ['a'], within: 80 } } }),
    'needs at least 2 characters',
  ],
  [withRule({ match: { ...RULE.match, context: { words: ['acme'], within: 8 } } }), 'must be at least 16'],
  [
    withRule({ match: { ...RULE.match, context: { words: ['acme'], within: 9000 } } }),
    'must be at most 8192',
  ],
  [withRule({ match: { jwt: {} } }), 'rules[0].match.jwt must not be empty'],
  [{ ignore: Array(1001).fill('a') }, 'ignore has more than 1000 entries'],
  [{ baseline: 'a'.repeat(2000) }, 'baseline has more than 1000 characters'],
  [`{}${' '.repeat(1 << 20)}`, 'larger than 1 MB'],
])('%j is refused', async (content, why) => {
  expect(await refusalOf(content)).toContain(why);
});

test.each<[string, object]>([
  ['a form with marker and two long runs', withForm('ac-<base64url:20-200><marker><base64url:20-200>')],
  ['a short literal near words', withForm('ac-<alnum:24>', { words: ['acme'], within: 80 })],
  ['a value with a form', withValue('<hex:32>')],
  [
    'a value without one',
    withRule({
      match: {
        assigned: { names: ['acme_key'], not: [], confidence: 'likely' },
        context: { words: ['acme'], within: 80 },
      },
    }),
  ],
  ['a token', withRule({ match: { jwt: { issuers: ['https://acme.example'] } } })],
])('a rule may have %s', async (_, content) => {
  expect(await refusalOf(content)).toBe('none');
});

test('rules of one’s own stand at the top only', async () => {
  const nested = { name: 'a/.keyscan.json', folder: 'a', mayHaveRules: false };
  expect(await refusalOf({ rules: [RULE] }, nested)).toContain('belong into the configuration at the top');
});

test('bytes that are no text', async () => {
  await expect(parseConfig(Buffer.from('{"failOn": "\xff"}', 'latin1'), SOURCE)).rejects.toThrow(
    'is not text',
  );
});

test('the published schema and the parser agree, whatever is changed in a file', () => {
  const root = join(__dirname, '../..');
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const ajv = new Ajv({ strict: false });
  const { $schema: _, ...rule } = read('rules/rule.schema.json');
  const validate = ajv.addSchema(rule, 'https://keyscan.invalid/rules/rule.schema.json').compile({
    ...read('schema/config.schema.json'),
    $id: 'https://keyscan.invalid/schema/config.schema.json',
  });
  const schemas = configSchemas();
  const agree = (value: object): boolean => {
    const ours = mismatchOf(schemas, JSON.parse(JSON.stringify(value))) === undefined;
    return ours === validate(value);
  };
  expect(validate(FULL)).toBe(true);
  const ways = waysInto(FULL);
  const values = fc.oneof(
    fc.constantFrom(
      ...['', 'a', 'ab-c', 'likely', 'gitleaks', '2030-01-01', 'https://a.example', 'A.', 'text with blanks'],
    ),
    fc.constantFrom(
      null,
      true,
      0,
      1,
      1.5,
      [],
      {},
      [''],
      ['a-b'],
      { paths: ['a'] },
      { a: 1 },
      { jwt: { claim: 'a' } },
    ),
  );
  const keys = fc.constantFrom(
    'paths',
    'rules',
    'id',
    'x',
    'context',
    'balanced',
    'examples',
    'jwt',
    'failOn',
  );
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...ways),
      values,
      keys,
      fc.constantFrom('set', 'add', 'remove'),
      (way, value, key, how) => {
        const changed = structuredClone(FULL);
        change(changed, way, how, key, value);
        if (!validate(changed)) refused += 1;
        expect(agree(changed)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1000);
});

type Step = string | number;

function waysInto(value: unknown, way: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  const steps: readonly (readonly [Step, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [way, ...steps.flatMap(([step, member]) => waysInto(member, [...way, step]))];
}

function change(root: object, way: readonly Step[], how: string, key: string, value: unknown): void {
  let holder: unknown = root;
  for (const step of way.slice(0, -1)) holder = (holder as Record<Step, unknown>)[step];
  const last = way.at(-1);
  if (last === undefined) return;
  const owner = holder as Record<Step, unknown>;
  const member = owner[last];
  if (how === 'remove') delete owner[last];
  else if (how === 'add' && typeof member === 'object' && member !== null && !Array.isArray(member))
    (member as Record<string, unknown>)[key] = value;
  else owner[last] = value;
}

test('a credential in the place of a key is never cut off and shown: nothing could mask the rest', async () => {
  const key = freshKey();
  for (const content of [{ [key]: 1 }, { [`a-${key}`]: 1 }, { ignore: [{ paths: ['a'], [key]: 1 }] }]) {
    const refusal = await refusalOf(content);
    expect(refusal).toMatch(/^\.keyscan\.json:/);
    expect(leakOf(key, builtinDetector().mask(refusal))).toBeUndefined();
  }
});
