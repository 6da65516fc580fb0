// What people are told of a find in history: where, since which commit, and how to take it out of a push or a message.

import type { Mode, Occurrence, Origin } from '../../src/model.ts';
import { type Look, renderHuman } from '../../src/report/human.ts';
import { describeRule, finding, occurrence, report } from './sample.ts';

const LOOK: Look = { color: false, failOn: 'likely', verbose: false, quiet: true, describe: describeRule };

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];

const of = (path: string, origin: Origin): Occurrence => occurrence(path, 3, 18, { origin });
const inCommit = (path: string, commit: string, date: string): Occurrence =>
  of(path, { kind: 'commit', commit, author: 'Ada', date });

function said(occurrences: readonly Occurrence[], mode: Mode = 'push', range: string | null = null): string {
  const coverage = { ...report().coverage, range };
  return renderHuman(report({ mode, coverage, findings: [finding({ occurrences })] }), LOOK).findings;
}

/** The text without the places where it was broken into lines. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

test.each<[Occurrence, string]>([
  [inCommit('x.ts', A, '2024-05-06T07:08:09+02:30'), 'at x.ts:3:18 (commit aaaaaaaaaaaa, 2024-05-06, Ada)'],
  [of('x.ts', { kind: 'commit', commit: A }), 'at x.ts:3:18 (commit aaaaaaaaaaaa)'],
  [of('x.ts', { kind: 'commit' }), 'at x.ts:3:18\n'],
  [of('x.ts', { kind: 'name', commit: A }), 'at x.ts:3:18 (in the name of the file, commit aaaaaaaaaaaa)'],
  [of('refs/heads/x', { kind: 'name' }), 'at refs/heads/x:3:18 (in the name of the reference)'],
  [
    of(`commit/${A}`, { kind: 'message', commit: A, author: 'Ada' }),
    `at commit/${A}:3:18\n${' '.repeat(15)}(in its message or in a name, Ada)\n`,
  ],
  [of('refs/tags/v1', { kind: 'tag' }), 'at refs/tags/v1:3:18 (in the message of the tag)'],
  [of('.git/COMMIT_EDITMSG', { kind: 'message' }), 'at .git/COMMIT_EDITMSG:3:18\n'],
])('%j', (place, words) => {
  expect(said([place])).toContain(words);
});

test('what an author is called stays on its line', () => {
  const text = said([of('x', { kind: 'commit', commit: A, author: 'a\n::error::x\u202e' })]);
  expect(text).not.toMatch(/^::/m);
  expect(text).not.toContain('\u202e');
});

test('of the commits that changed a file with the credential in it, the first one is named', () => {
  const text = said([
    inCommit('x.ts', C, '2024-03-01T00:00:00Z'),
    inCommit('x.ts', A, '2024-01-01T00:00:00Z'),
    inCommit('x.ts', B, '2024-02-01T00:00:00Z'),
    inCommit('y.ts', B, '2024-02-01T00:00:00Z'),
  ]);
  expect(flat(text)).toContain(
    'at x.ts:3:18 (commit aaaaaaaaaaaa, 2024-01-01, Ada; 2 later commits with it)',
  );
  expect(text).toContain('at y.ts:3:18 (commit bbbbbbbbbbbb, 2024-02-01, Ada)');
  expect(flat(text)).toContain('before aaaaaaaaaaaa, bbbbbbbbbbbb:');
});

describe('what to do', () => {
  test('the last commit is amended', () => {
    const text = said([inCommit('x.ts', A, '2024-01-01T00:00:00Z')], 'push', `${B}..${A}`);
    expect(flat(text)).toContain('Nothing was pushed. Take it out of what holds it;');
    expect(text).toContain('\n       git add FILE && git commit --amend\n');
    expect(text).not.toContain('rebase');
  });

  test('of several references, too', () => {
    expect(said([inCommit('x.ts', A, '')], 'push', `${C} ${B}..${A}`)).not.toContain('rebase');
  });

  test('older ones take a rebase', () => {
    const text = said([inCommit('x.ts', A, '2024-01-01T00:00:00Z')], 'push', `${A}..${B}`);
    expect(text).toContain('\n       git rebase -i aaaaaaaaaaaa^\n');
    expect(text).toContain('\n       git add FILE && git commit --amend && git rebase --continue\n');
  });

  test('a long list is cut', () => {
    const ids = Array.from({ length: 20 }, (_, n) => String.fromCharCode(97 + n).repeat(40));
    const text = said(ids.map((id, n) => inCommit(`f${n}`, id, `2024-01-${10 + n}T00:00:00Z`)));
    expect(flat(text)).toContain('hhhhhhhhhhhh, and 12 more:');
  });

  test('a tag is made anew, one with a hostile name is not in a command', () => {
    const text = said([of('refs/tags/v1.0', { kind: 'tag' }), of('refs/tags/$(x)', { kind: 'tag' })]);
    expect(text).toContain('\n       git tag -d v1.0\n');
    expect(text).not.toMatch(/git tag.*\$/);
    expect(text).not.toContain('rebase');
  });

  test('a message is written again', () => {
    const text = said([of('.git/COMMIT_EDITMSG', { kind: 'message' })], 'message');
    expect(text).toContain('git commit -e -F "$(git rev-parse --git-path COMMIT_EDITMSG)"');
    expect(text).toContain('git commit --no-verify');
  });

  test('a push can be let pass, what a server refuses cannot', () => {
    expect(said([inCommit('x', A, '')])).toContain('git push --no-verify');
    expect(said([inCommit('x', A, '')], 'receive')).not.toContain('--no-verify');
    expect(flat(said([inCommit('x', A, '')], 'receive'))).toContain('Nothing was recorded.');
  });

  test('prose keeps to 80 columns', () => {
    const text = said([inCommit('x', A, ''), inCommit('y', B, '')]);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
