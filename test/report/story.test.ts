// What people are told of the story of a credential, and of what to do about several at once.

import type { Exposure, Finding } from '../../src/model.ts';
import { type Look, renderHuman } from '../../src/report/human.ts';
import { describeRule, exposure, finding, move, occurrence, report } from './sample.ts';

const LOOK: Look = { color: false, failOn: 'likely', verbose: false, quiet: true, describe: describeRule };
const said = (...findings: readonly Finding[]): string =>
  renderHuman(report({ mode: 'history', findings }), LOOK).findings;
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const told = (name: string, more: Partial<Exposure>): Finding =>
  finding({
    fingerprint: name.repeat(32),
    preview: `sk-proj-…${name.repeat(4)}`,
    occurrences: [occurrence('a.ts'), occurrence('b.ts')],
    exposure: exposure(more),
  });

test('since when and until when, who, what still has it, whether it has left', () => {
  const text = said(told('a', { days: 1 }));
  expect(text).toContain(
    '\n            since    2024-05-06 (1 day), Ada, commit 111111111111, in src/a.ts\n',
  );
  expect(text).toContain('\n            until    2024-05-08, Ada, commit 222222222222\n');
  expect(text).toContain('\n            held by  main (past), origin/main (past)\n');
  expect(text).toContain('\n            pushed   a remote has it: revoke it now\n');
});

test('where there is one place only, its commit is not said again', () => {
  const introduced = move('introduced', '2024-05-06T07:08:09Z', 'a.ts');
  const origin = { kind: 'commit', commit: introduced.commit } as const;
  const text = said(
    finding({ occurrences: [occurrence('a.ts', 1, 1, { origin })], exposure: exposure({ introduced }) }),
  );
  expect(text).toContain('since    2024-05-06 (100 days)\n');
});

test('what nothing leads to, and what is unknown', () => {
  const text = said(
    told('a', {
      introduced: null,
      removed: null,
      days: null,
      refs: [],
      isReachable: false,
      verdict: 'unknown',
    }),
  );
  expect(text).not.toContain('since');
  expect(flat(text)).toContain('held by nothing that leads to it; git has it until it cleans up');
  expect(text).toContain('unknown  nothing tells whether it has left: take it for pushed');
  expect(flat(text)).toContain('What may have been pushed is to be taken for known: revoke sk-proj-…aaaa.');
});

test('those that have left come first, and are revoked first', () => {
  const rebase = { text: 'Rewrite it.', commands: ['git rebase'] };
  const gc = { text: 'Forget it.', commands: ['git gc'] };
  const text = said(
    told('a', { verdict: 'local', steps: [rebase, gc] }),
    told('b', { verdict: 'unknown', steps: [{ text: 'Revoke it.', commands: [] }, gc] }),
    told('c', { verdict: 'pushed', steps: [] }),
    told('d', { verdict: 'local', steps: [rebase, { ...rebase, commands: ['git other'] }, gc] }),
  );
  expect(flat(text)).toContain(
    '4 OpenAI credentials: 1 has been pushed, 1 may have been pushed, 2 are only on this machine.',
  );
  expect(text.match(/…[a-d]{4}$/gm)).toEqual(['…cccc', '…bbbb', '…aaaa', '…dddd']);
  expect(flat(text)).toContain('1. What has been pushed is known: revoke sk-proj-…cccc, sk-proj-…bbbb.');
  expect(flat(text)).toContain('2. For sk-proj-…aaaa, sk-proj-…dddd: rewrite it. git rebase');
  expect(flat(text)).toContain('3. For sk-proj-…dddd: rewrite it. git other');
  expect(flat(text)).toContain('4. For sk-proj-…bbbb, sk-proj-…aaaa, sk-proj-…dddd: forget it. git gc');
});

test('hundreds are listed, and their steps in few lines of at most 80 columns', () => {
  const many = Array.from({ length: 300 }, (_, at) => ({
    ...told('a', {
      verdict: at % 2 ? 'local' : 'pushed',
      steps: [{ text: `Do ${at}.`, commands: [`git ${at}`] }],
    }),
    fingerprint: String(at).padStart(32, '0'),
  }));
  const text = said(...many);
  const steps = text.slice(text.indexOf('What to do now'));
  expect(steps.split('\n').length).toBeLessThan(60);
  expect(flat(steps)).toContain('and 146 more.');
  expect(flat(steps)).toContain('And 294 more steps: --format html shows for each credential what to do.');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
