// The baseline: what is accepted, and the file that says so.

import fc from 'fast-check';
import { UsageError } from '../../src/errors.ts';
import type { Hit } from '../../src/model.ts';
import { baselineHash, baselineJudge, withAccepted } from '../../src/triage/baseline.ts';
import { type Baseline, formatBaseline, parseBaseline } from '../../src/triage/baseline-file.ts';

const SALT = '0f'.repeat(32);
const OTHER_SALT = 'a1'.repeat(32);
const KEY = '12'.repeat(16);
const TODAY = '2026-11-21';
const NOTHING: Baseline = { salts: [SALT], entries: [] };

const hit = (fingerprint: string) => ({ detection: { fingerprint } }) as Hit;
const accept = (baseline: Baseline, fingerprint = KEY, more: object = {}) =>
  withAccepted(baseline, fingerprint, {
    rule: 'openai-project-key',
    added: '2026-01-31',
    reason: 'revoked',
    ...more,
  });

test('an accepted credential is, and another is not', async () => {
  const { judge } = baselineJudge(accept(NOTHING), TODAY, 'base');
  expect(await judge(hit(KEY))).toEqual({ by: 'baseline', reason: 'revoked' });
  expect(await judge(hit('34'.repeat(16)))).toBeUndefined();
});

test('where nothing is accepted, nothing is', async () => {
  const { judge, notes } = baselineJudge(NOTHING, TODAY, 'base');
  expect(await judge(hit(KEY))).toBeUndefined();
  expect(notes(true)).toEqual([]);
});

test('what was accepted without a reason says since when', async () => {
  const { judge } = baselineJudge(accept(NOTHING, KEY, { reason: '' }), TODAY, 'base');
  expect(await judge(hit(KEY))).toEqual({ by: 'baseline', reason: 'in the baseline since 2026-01-31' });
});

test.each([
  ['openai-project-key', 'the entry of 2026-01-31 for openai-project-key has expired on 2026-11-01'],
  ['-', 'the entry of 2026-01-31 for a credential has expired on 2026-11-01'],
])('an expired entry of the rule %s is called by it', (rule, reason) => {
  const { notes } = baselineJudge(accept(NOTHING, KEY, { rule, expires: '2026-11-01' }), TODAY, 'base');
  expect(notes(false)).toEqual([{ path: 'base', reason }]);
});

test.each([
  ['2026-12-31', '2027-12-31'],
  ['2026-12-31', undefined],
])('of two lines about one credential, the one that ends %s holds, whatever the order', (sooner, later) => {
  const [one, other] = [sooner, later].map((expires) =>
    formatBaseline(accept(NOTHING, KEY, expires === undefined ? {} : { expires })),
  );
  for (const text of [`${one}${other}`, `${other}${one}`])
    expect(parseBaseline(text, 'base').entries).toMatchObject([{ expires: sooner }]);
});

test.each([
  ['2026-11-20', undefined],
  ['2026-11-21', { by: 'baseline', reason: 'revoked' }],
])('an entry holds to the end of %s', async (expires, verdict) => {
  const accepted = baselineJudge(accept(NOTHING, KEY, { expires }), TODAY, 'base');
  expect(await accepted.judge(hit(KEY))).toEqual(verdict);
  expect(accepted.notes(true)).toEqual(
    verdict ? [] : [{ path: 'base', reason: expect.stringContaining('has expired on 2026-11-20') }],
  );
});

test('an entry that nothing was found for is noticed, once everything was looked at', async () => {
  const accepted = baselineJudge(accept(NOTHING), TODAY, 'base');
  expect(accepted.notes(false)).toEqual([]);
  expect(accepted.notes(true)).toEqual([
    { path: 'base', reason: expect.stringContaining('not needed any more') },
  ]);
  await accepted.judge(hit(KEY));
  expect(accepted.notes(true)).toEqual([]);
});

test('accepting again changes the entry, under whichever salt it was', () => {
  const once = accept({ salts: [OTHER_SALT], entries: [] });
  const twice = accept({ salts: [SALT, OTHER_SALT], entries: once.entries }, KEY, { reason: 'still' });
  expect(twice.entries).toEqual([
    { hash: baselineHash(SALT, KEY), rule: 'openai-project-key', added: '2026-01-31', reason: 'still' },
  ]);
});

test('accepting one leaves the others as they are', () => {
  const both = accept(accept(NOTHING), '34'.repeat(16));
  expect(both.entries.map(({ hash }) => hash)).toEqual(
    [KEY, '34'.repeat(16)].map((key) => baselineHash(SALT, key)),
  );
});

// Files that are in repositories hold it: it may never become another.
test('the hash of a credential under a salt stays the same', () => {
  expect(baselineHash('0123456789abcdef'.repeat(4), 'f'.repeat(32))).toBe('40542d4e511cec1c1343dfa3afbf6df7');
});

test('spaces at the ends of lines, and lines of nothing else, say nothing', () => {
  const text = formatBaseline(accept(NOTHING, KEY, { reason: '' }));
  expect(parseBaseline(text.replaceAll('\n', ' \t\n  \n'), 'base')).toEqual(parseBaseline(text, 'base'));
});

test('two baselines merged line by line hold what either held', async () => {
  const one = formatBaseline(accept(NOTHING));
  const other = formatBaseline(accept({ salts: [OTHER_SALT], entries: [] }, '34'.repeat(16)));
  const union = parseBaseline(`${other}${one}`, 'base');
  const { judge } = baselineJudge(union, TODAY, 'base');
  expect(await judge(hit(KEY))).toBeDefined();
  expect(await judge(hit('34'.repeat(16)))).toBeDefined();
});

test('neither fingerprint nor anything from which it follows is in the file', () => {
  expect(formatBaseline(accept(NOTHING))).not.toMatch(new RegExp(KEY.slice(0, 8)));
  expect(baselineHash(SALT, KEY)).not.toBe(baselineHash(OTHER_SALT, KEY));
});

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const baselines = fc.record({
  salts: fc.uniqueArray(hex(64), { minLength: 1, maxLength: 3 }),
  entries: fc.uniqueArray(
    fc.record(
      {
        hash: hex(32),
        rule: fc.constantFrom('openai-project-key', '-'),
        added: fc.constantFrom('2026-01-31', '2028-02-29'),
        expires: fc.constantFrom('2027-12-31'),
        reason: fc.constantFrom('', 'why', 'a reason of more words: # v1 salt'),
      },
      { requiredKeys: ['hash', 'rule', 'added', 'reason'] },
    ),
    { selector: ({ hash }) => hash },
  ),
});

test('what is written is read again, whatever order and line ends it has come to, and twice as well', () =>
  fc.assert(
    fc.property(baselines, fc.constantFrom('\n', '\r\n'), (baseline, end) => {
      const text = formatBaseline(baseline);
      const mixed = [...text.split('\n').reverse(), ...text.split('\n')].join(end);
      expect(formatBaseline(parseBaseline(mixed, 'base'))).toBe(text);
    }),
  ));

const ENTRY = `v1 ${'0'.repeat(32)} openai-project-key 2026-01-31 why`;
test.each([
  ['garbage', 'hello', /base:1: not a line/],
  ['conflict marks', `salt ${SALT}\n<<<<<<< ours\n${ENTRY}`, /base:2: a merge left/],
  ['a short salt', `salt ${SALT.slice(2)}`, /base:1/],
  ['a salt behind something', `a salt ${SALT}`, /base:1: not a line/],
  ['a salt before something', `salt ${SALT} a`, /base:1: not a line/],
  ['an entry behind something', `salt ${SALT}\n- ${ENTRY}`, /base:2: not a line/],
  ['an entry before its reason', `salt ${SALT}\n${ENTRY.replace(' why', 'why')}`, /base:2: not a line/],
  ['what is no mark of a conflict', `= ${SALT}`, /base:1: not a line/],
  ['what is no mark of one side', `> ${'<'.repeat(7)}`, /base:1: not a line/],
  ['what is no mark of the other', `| <`, /base:1: not a line/],
  ['one sign', '<', /base:1: not a line/],
  ['the end of a conflict', `salt ${SALT}\n${ENTRY}\n>>>>>>> theirs`, /base:3: a merge left/],
  ['a later version', `salt ${SALT}\n${ENTRY.replace('v1', 'v2')}`, /base:2/],
  ['no such day', `salt ${SALT}\n${ENTRY.replace('01-31', '02-30')}`, /base:2/],
  ['no such last day', `salt ${SALT}\n${ENTRY.replace('why', 'expires=2026-13-01 why')}`, undefined],
  ['no salt', ENTRY, /no salt/],
  ['a key', `salt ${SALT}\nv1 ${'x'.repeat(40)} openai-project-key 2026-01-31`, /base:2/],
])('%s is refused', (_, text, message) => {
  const read = () => parseBaseline(text, 'base');
  if (message === undefined) expect(read).toThrow(UsageError);
  else expect(read).toThrow(message);
});
