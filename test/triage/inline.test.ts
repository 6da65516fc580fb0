// Which comments count, and for what.

import type { Detection, Directive, Hit } from '../../src/model.ts';
import { inlineJudge } from '../../src/triage/inline.ts';

const detection: Detection = {
  ruleId: 'openai-project-key',
  severity: 'critical',
  confidence: 'certain',
  fingerprint: 'f'.repeat(32),
  preview: 'sk-proj-…x5mA',
  span: { line: 3, column: 1, endLine: 4, endColumn: 9 },
  decoded: [],
};
const place = { path: 'a.ts', origin: { kind: 'file' }, previous: [] } as const;
const hit = (directive: Partial<Directive>): Hit => ({
  detection,
  place,
  places: [place],
  directives: [{ tool: 'keyscan', line: 3, ruleId: undefined, reason: '', ...directive }],
});
const open = (...tools: Directive['tool'][]) =>
  inlineJudge({
    tools: new Set(['keyscan', ...tools]),
    rules: new Set(['openai-project-key', 'openai-user-key']),
    pathText: (path) => `<${path}>`,
  });

test.each<[what: string, directive: Partial<Directive>, reason: string | undefined]>([
  ['a comment without a reason', {}, 'a comment of keyscan says so'],
  ['a reason', { reason: 'revoked' }, 'revoked'],
  ['the last line of the credential', { line: 4, reason: 'x' }, 'x'],
  ['the line before', { line: 2 }, undefined],
  ['the line after', { line: 5 }, undefined],
  ['its rule', { ruleId: 'openai-project-key', reason: 'x' }, 'x'],
  ['another rule', { ruleId: 'openai-user-key' }, undefined],
  ['a rule that is none', { ruleId: 'openai' }, undefined],
  ['another tool', { tool: 'gitleaks' }, undefined],
])('%s', async (_, directive, reason) => {
  expect(await open().judge(hit(directive))).toEqual(
    reason === undefined ? undefined : { by: 'inline', reason },
  );
});

test('another tool counts on request', async () => {
  expect(await open('gitleaks').judge(hit({ tool: 'gitleaks' }))).toEqual({
    by: 'inline',
    reason: 'a comment of gitleaks says so',
  });
});

test('a comment that names no rule is noticed once, without the word', async () => {
  const { judge, notes } = open();
  for (const _ of [1, 2]) await judge(hit({ ruleId: 'a-secret-word' }));
  expect(notes()).toEqual([{ path: '<a.ts>', reason: expect.stringContaining('names no rule') }]);
  expect(JSON.stringify(notes())).not.toContain('secret-word');
});
