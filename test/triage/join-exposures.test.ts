// What parts of a run know of a credential, put together: the story that one run would have told, whoever knows what.

import type { Evidence, Exposure, KnownHolder, KnownMove } from '../../src/model.ts';
import { conclude } from '../../src/story/conclude.ts';
import { joinExposures } from '../../src/triage/join-exposures.ts';
import { exposure, move } from '../report/sample.ts';

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  moves: [],
  holders: [],
  isCompared: true,
  inIndex: false,
  inWorkTree: false,
  day: '2024-06-01',
  ...more,
});

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const known = (
  kind: KnownMove['kind'],
  nth: number,
  path: string,
  more: Partial<KnownMove> = {},
): KnownMove => ({
  ...move(kind, `2024-0${nth}-01T00:00:00Z`, path, [A, B, C][nth - 1]),
  nth,
  isRoot: false,
  isOld: false,
  isKept: true,
  ...more,
});
const holder = (name: string, more: Partial<KnownHolder> = {}): KnownHolder => ({
  name,
  kind: 'branch',
  at: 'past',
  isRemote: false,
  oid: C,
  branch: '',
  brought: [],
  ...more,
});
const reflog = (nth: number, more: Partial<KnownHolder> = {}): KnownHolder =>
  holder(`refs/heads/gone@{${nth}}`, { kind: 'reflog', ...more });

const told = (of: Evidence): Exposure => ({ ...conclude(of), evidence: of });

test.each<[name: string, parts: [Partial<Evidence>, ...Partial<Evidence>[]], whole: Partial<Evidence>]>([
  [
    'a file that one part saw go and another come has stayed',
    [
      { moves: [known('removed', 2, 'a')] },
      { moves: [known('introduced', 1, 'a'), known('introduced', 2, 'a')] },
    ],
    { moves: [known('introduced', 1, 'a')] },
  ],
  [
    'moves come in the order of the history',
    [
      { moves: [known('removed', 3, 'b')] },
      { moves: [known('introduced', 2, 'b')] },
      { moves: [known('introduced', 1, 'a')] },
    ],
    { moves: [known('introduced', 1, 'a'), known('introduced', 2, 'b'), known('removed', 3, 'b')] },
  ],
  [
    'what has it at its tip in any part has it, whichever comes first',
    [
      { holders: [holder('refs/heads/x', { at: 'tip' }), holder('refs/heads/y')] },
      { holders: [holder('refs/heads/x'), holder('refs/heads/y', { at: 'tip' })] },
    ],
    { holders: [holder('refs/heads/x', { at: 'tip' }), holder('refs/heads/y', { at: 'tip' })] },
  ],
  [
    'the commits to rewrite are those that any part knows, each once',
    [
      { holders: [holder('refs/heads/x', { brought: [A, B] })] },
      { holders: [holder('refs/heads/x', { brought: [B, C] })] },
    ],
    { holders: [holder('refs/heads/x', { brought: [A, B, C] })] },
  ],
  [
    'of the records of a reference the newest is told, whichever part knows it',
    [
      { holders: [reflog(7), holder('HEAD@{2}', { kind: 'reflog' })] },
      { holders: [reflog(3)] },
      { holders: [reflog(10)] },
    ],
    { holders: [reflog(3), holder('HEAD@{2}', { kind: 'reflog' })] },
  ],
  [
    'a work tree on a branch is not the branch',
    [
      { holders: [holder('HEAD', { kind: 'branch head', branch: 'refs/heads/x' })] },
      { holders: [holder('HEAD', { kind: 'head' })] },
    ],
    {
      holders: [
        holder('HEAD', { kind: 'branch head', branch: 'refs/heads/x' }),
        holder('HEAD', { kind: 'head' }),
      ],
    },
  ],
  [
    'one that knows of a remote is enough',
    [{}, { holders: [holder('refs/remotes/origin/x', { kind: 'remote', isRemote: true })] }],
    { holders: [holder('refs/remotes/origin/x', { kind: 'remote', isRemote: true })] },
  ],
  ['one that saw it in the index is enough', [{ inIndex: true }, {}], { inIndex: true }],
  ['one that saw it in the work tree is enough', [{}, { inWorkTree: true }], { inWorkTree: true }],
  ['one that could compare with a remote is enough', [{ isCompared: false }, {}], {}],
  [
    'without any, nothing is called local',
    [{ isCompared: false }, { isCompared: false }],
    { isCompared: false },
  ],
  [
    'days are counted to the last of them that ran',
    [
      { day: '2024-06-02', moves: [known('introduced', 1, 'a')] },
      { day: '2024-06-30' },
      { day: '2024-06-10' },
    ],
    { day: '2024-06-30', moves: [known('introduced', 1, 'a')] },
  ],
])('%s', (_, parts, whole) => {
  const holders = [holder('refs/heads/main')];
  const withMain = (each: Partial<Evidence>): Evidence =>
    evidence({ ...each, holders: [...holders, ...(each.holders ?? [])] });
  const [first, ...others] = parts.map(withMain).map(told) as [Exposure, ...Exposure[]];
  expect(joinExposures([first, ...others])).toEqual(conclude(withMain(whole)));
});

test('what was told without saying by what stays as it was told', () => {
  // It was taken away, and the index holds it.
  const only = exposure({ inIndex: true, removed: null });
  expect(joinExposures([only])).toEqual(only);
});

test.each<[name: string, known: [Partial<Exposure>, ...Partial<Exposure>[]], joined: Partial<Exposure>]>([
  [
    'one of many whose story is known by heart is not believed above the others',
    [told(evidence()), { verdict: 'pushed' }],
    { verdict: 'pushed' },
  ],
  [
    'the gravest is said: pushed',
    [{ verdict: 'unknown' }, { verdict: 'pushed' }, { verdict: 'local' }],
    { verdict: 'pushed' },
  ],
  ['the gravest is said: unknown', [{ verdict: 'local' }, { verdict: 'unknown' }], { verdict: 'unknown' }],
  ['days that nobody knows', [{ days: null }, { days: null }], { days: null }],
  ['days that one knows', [{ days: null }, { days: 3 }], { days: 3 }],
  [
    'what no commit has was neither introduced nor removed',
    [
      { moves: [], introduced: null, removed: null, refs: [] },
      { moves: [], introduced: null, removed: null, refs: [] },
    ],
    { moves: [], introduced: null, removed: null },
  ],
  [
    'what was introduced, and nobody took away',
    [
      { moves: [move('introduced', '2024-01-01T00:00:00Z', 'a')], refs: [] },
      { moves: [], refs: [] },
    ],
    { introduced: move('introduced', '2024-01-01T00:00:00Z', 'a'), removed: null },
  ],
  [
    'what has no date comes first',
    [
      { moves: [move('introduced', '2024-01-01T00:00:00Z', 'a')], refs: [] },
      { moves: [move('introduced', '', 'b')], refs: [] },
    ],
    { introduced: move('introduced', '', 'b') },
  ],
])('told by several who do not say by what: %s', (_, stories, joined) => {
  const [first, ...others] = stories.map((story) => exposure(story)) as [Exposure, ...Exposure[]];
  expect(joinExposures([first, ...others])).toMatchObject(joined);
});
