// The parts of a run, put together, are the run.

import type { Detector, Exposure, Holder, Move, Report } from '../../src/model.ts';
import { renderJson } from '../../src/report/json.ts';
import { mergeReports, type Part } from '../../src/triage/merge.ts';
import { compareLeftOut, inOrder } from '../../src/triage/order.ts';
import { namesOf, within } from '../../src/triage/repositories.ts';
import { findingsOf, ignoredOf, type Judged } from '../../src/triage/tally.ts';
import { everything, exposure, finding, move, occurrence, report } from '../report/sample.ts';
import { seeded } from '../support/random.ts';

const detector = {
  describe: (id: string) => ({ title: id, advice: [`Revoke ${id}.`] }),
} as unknown as Detector;

describe.each([1, 2, 5])('split into %i', (count) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('byte for byte, whoever reads what when (%i)', (seed) => {
    const random = seeded(seed);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
    const hits = Array.from({ length: 200 }, (): Judged => {
      const line = pick([1, 2, 30]);
      const ruleId = pick(['openai-a', 'openai-b', 'openai-c']);
      return {
        detection: {
          ruleId,
          severity: pick(['critical', 'high', 'low']),
          confidence: pick(['certain', 'likely', 'possible']),
          fingerprint: pick(['a', 'b', 'c', 'd']).repeat(32),
          preview: 'sk-…1234',
          span: { line, column: pick([1, 7]), endLine: line, endColumn: pick([60, 70]) },
          decoded: pick([[], ['base64']]),
        },
        origin: { kind: pick(['commit', 'name']), commit: pick(['1', '2']), author: pick(['Ada', 'Bob']) },
        path: pick(['a.ts', 'b.ts', 'c/d.ts']),
        verdict: pick([undefined, undefined, { by: 'path', reason: pick(['x', 'y']) }]),
      };
    });
    const problems = Array.from({ length: 4 }, () => ({
      path: pick(['', 'p', 'q']),
      reason: pick(['x', 'y']),
    }));
    const of = (within: (at: number) => boolean, index: number | undefined): Report =>
      report({
        coverage: {
          ...report().coverage,
          complete: !problems.some((_, at) => within(at)),
          objects: hits.filter((_, at) => within(at)).length,
          bytes: hits.filter((_, at) => within(at)).length * 100,
          shard: index === undefined ? null : { index, count },
          problems: inOrder(
            problems.filter((_, at) => within(at)),
            compareLeftOut,
          ),
        },
        findings: findingsOf(
          hits.filter((_, at) => within(at)),
          detector,
        ),
        ignored: ignoredOf(hits.filter((_, at) => within(at))),
      });
    const parts = Array.from({ length: count }, (_, at) =>
      part(
        `${at}`,
        of((n) => n % count === at, at + 1),
      ),
    );
    const [first = part('', report()), ...others] = parts.sort(() => random() - 0.5);
    const whole = of(() => true, undefined);
    expect(renderJson(mergeReports([first, ...others], []))).toBe(renderJson(whole));
  });
});

const part = (name: string, report: Report): Part => ({ name, report });
const shard = (name: string, index: number, count: number, more: Partial<Report> = {}): Part =>
  part(name, report({ ...more, coverage: { ...report().coverage, shard: { index, count } } }));

test.each<[string, readonly [Part, ...Part[]], readonly string[]]>([
  ['all there', [shard('b', 2, 2), shard('a', 1, 2)], []],
  ['one whole run', [part('a', report())], []],
  ['some missing', [shard('a', 1, 9), shard('b', 5, 9)], [' missing of 9 parts: 2-4, 6-9']],
  ['one missing', [shard('a', 1, 3), shard('c', 3, 3)], [' missing of 3 parts: 2']],
  ['one twice', [shard('a', 1, 2), shard('b', 1, 2), shard('c', 2, 2)], [' part 1 of 2 is there twice']],
  [
    'parts of two splits',
    [shard('a', 1, 2), shard('b', 2, 2), shard('c', 1, 3)],
    [
      ' missing of 3 parts: 2-3',
      'a this report is part 1 of 2, the others are parts of 3',
      'b this report is part 2 of 2, the others are parts of 3',
    ],
  ],
  [
    'a part and a whole',
    [shard('a', 1, 1), part('b', report())],
    ['b this report is of a whole run, not of a part'],
  ],
  [
    'another mode',
    [shard('a', 1, 2), shard('b', 2, 2, { mode: 'history' })],
    ['b this report looked at something else than the first'],
  ],
  [
    'other rules and another version',
    [shard('a', 1, 2), shard('b', 2, 2, { tool: { name: 'keyscan', version: '9', rules: 'z' } })],
    [
      'b this report was made by another version of keyscan than the first',
      'b this report was made with other rules than the first',
    ],
  ],
])('%s', (_, parts, said) => {
  const { coverage } = mergeReports(parts, []);
  expect(coverage.problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual(said);
  expect(coverage).toMatchObject({ complete: said.length === 0, shard: null });
});

test('what could not be read, or was not complete, stays so, and what was found stays found', () => {
  const merged = mergeReports([part('a', everything)], [{ path: 'lost.json', reason: 'is not there' }]);
  expect(merged.coverage.complete).toBe(false);
  expect(merged.coverage.problems).toContainEqual({ path: 'lost.json', reason: 'is not there' });
  expect(merged.findings).toHaveLength(everything.findings.length);
});

describe('the stories that parts could tell of a credential', () => {
  const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
  const [MARCH, MAY, JULY] = ['2024-03-01T00:00:00Z', '2024-05-01T00:00:00Z', '2024-07-01T00:00:00Z'];
  const at = (where: Holder['at']): Holder => ({ name: 'refs/heads/main', kind: 'branch', at: where });
  const joined = (...stories: readonly Partial<Exposure>[]): Exposure | undefined => {
    const parts = stories.map((story, index) =>
      shard(`${index}`, index + 1, stories.length, {
        findings: [finding({ exposure: exposure({ remotes: [], verdict: 'local', ...story }) })],
      }),
    );
    const [first = shard('', 1, 1), ...others] = parts;
    return mergeReports([first, ...others], []).findings[0]?.exposure;
  };

  test('a file that was changed with the key in it has neither lost nor got it', () => {
    const before = [move('introduced', MARCH, 'a.ts', A), move('removed', MAY, 'a.ts', B)] as const;
    const after = [move('introduced', MAY, 'a.ts', B)] as const;
    expect(
      joined(
        { moves: after, introduced: after[0], removed: null, refs: [at('tip')], days: 10 },
        { moves: before, introduced: before[0], removed: before[1], refs: [at('past')], days: 70 },
      ),
    ).toMatchObject({
      introduced: before[0],
      removed: null,
      moves: [before[0]],
      refs: [at('tip')],
      days: 70,
    });
  });

  test('what has left every part is removed, by the last who took it away', () => {
    const one = [move('introduced', MARCH, 'a.ts', A), move('removed', MAY, 'a.ts', B)] as const;
    const other = [move('introduced', MAY, 'b.ts', B), move('removed', JULY, 'b.ts', C)] as const;
    expect(
      joined(
        { moves: one, removed: one[1], refs: [at('past')] },
        { moves: other, removed: other[1], refs: [] },
      ),
    ).toMatchObject({ introduced: one[0], removed: other[1], moves: [one[0], other[0], one[1], other[1]] });
  });

  test('one part that knows of a remote, the index or the work tree is enough', () => {
    expect(
      joined(
        { verdict: 'local', steps: [] },
        { verdict: 'pushed', remotes: ['refs/remotes/origin/x'], inIndex: true, isReachable: false },
      ),
    ).toMatchObject({
      verdict: 'pushed',
      remotes: ['refs/remotes/origin/x'],
      inIndex: true,
      inWorkTree: false,
      isReachable: true,
      steps: exposure().steps,
    });
  });
});

test('reports of whole runs are of several repositories, told apart by the names of their files', () => {
  const [one, other] = ['a.ts', 'b.ts'].map((path) =>
    report({
      coverage: { ...report().coverage, range: path, problems: [{ path: '', reason: 'git died' }] },
      findings: [finding({ occurrences: [occurrence(path)], exposure: exposure() })],
    }),
  ) as [Report, Report];
  const merged = mergeReports([part('out/web.json', one), part('out/api.json', other)], []);
  expect(merged.findings[0]?.occurrences.map(({ path }) => path)).toEqual(['api/b.ts', 'web/a.ts']);
  expect(merged.findings[0]?.exposure?.remotes).toEqual([
    'api/refs/remotes/origin/main',
    'web/refs/remotes/origin/main',
  ]);
  expect(merged.coverage).toMatchObject({ range: null, objects: 6 });
  expect(merged.coverage.problems.map(({ path }) => path)).toEqual(['api', 'web']);
  expect(mergeReports([part('x', one), part('x', one)], []).coverage.problems).toContainEqual({
    path: 'x',
    reason: 'this report is there twice',
  });
});

test('the story of a credential is told below the name of its repository', () => {
  const told = (story: Exposure) =>
    within('web', report({ findings: [finding({ exposure: story })] })).findings[0]?.exposure;
  const story = exposure();
  const inside = (each: Move) => ({ ...each, path: `web/${each.path}` });
  expect(told(story)).toEqual({
    ...story,
    introduced: story.introduced && inside(story.introduced),
    removed: story.removed && inside(story.removed),
    moves: story.moves.map(inside),
    refs: story.refs.map((holder) => ({ ...holder, name: `web/${holder.name}` })),
    remotes: ['web/refs/remotes/origin/main'],
    steps: [{ text: 'web: Revoke it.', commands: ['git log'] }],
  });
  expect(told(exposure({ introduced: null, removed: null }))).toMatchObject({
    introduced: null,
    removed: null,
  });
});

test.each([
  [
    ['out/web.json', 'out/api.json'],
    ['web', 'api'],
  ],
  [
    ['a/x.json.json/r.json', 'b/x.json.json/r.json'],
    ['a', 'b'],
  ],
  [
    ['a/x/y/r.json', 'a/z/y/r.json'],
    ['x', 'z'],
  ],
  [
    ['r/web/keyscan.json', 'r/api/keyscan.json'],
    ['web', 'api'],
  ],
  [
    ['a/b/x.json', 'a/x.json'],
    ['b/x', 'x'],
  ],
  [['x.json'], ['x']],
  [[], []],
])('%j are called %j', (files, names) => expect(namesOf(files)).toEqual(names));

test('what each part left out, as it knew it from an earlier run, is counted together', () => {
  const knowing = (index: number, known?: number): Part => {
    const { name, report: each } = shard(`${index}`, index, 3);
    return part(name, { ...each, coverage: { ...each.coverage, ...(known !== undefined && { known }) } });
  };
  expect(mergeReports([knowing(1, 5), knowing(2), knowing(3, 7)], []).coverage.known).toBe(12);
  expect(mergeReports([knowing(1), knowing(2), knowing(3)], []).coverage).not.toHaveProperty('known');
});

describe('of a hit', () => {
  const judged = (kind: Judged['origin']['kind'], lineHash?: string): Judged => ({
    detection: {
      ruleId: 'openai-a',
      severity: 'high',
      confidence: 'certain',
      fingerprint: 'a'.repeat(32),
      preview: 'sk-…1234',
      span: { line: 1, column: 1, endLine: 1, endColumn: 9 },
      decoded: [],
      ...(lineHash !== undefined && { lineHash }),
    },
    origin: { kind },
    path: 'a.ts',
    verdict: undefined,
  });

  test.each([
    ['index', true],
    ['file', true],
    ['commit', true],
    // Lines that GitHub shows nobody.
    ['message', false],
    ['name', false],
    ['tag', false],
    ['stdin', false],
    ['unreachable', false],
  ] as const)('in %s the hash of its line is told: %s', (kind, isTold) => {
    const hashes = (hit: Judged) =>
      findingsOf([hit], detector)[0]?.occurrences.map(({ lineHash }) => lineHash);
    expect(hashes(judged(kind, 'abc:1'))).toEqual([isTold ? 'abc:1' : undefined]);
    expect(hashes(judged(kind))).toEqual([undefined]);
  });

  test('its story is told with it, where there is one', () => {
    const story = exposure();
    const [known] = findingsOf([judged('file')], detector, new Map([['a'.repeat(32), story]]));
    const [unknown] = findingsOf([judged('file')], detector, new Map([['b'.repeat(32), story]]));
    expect(known?.exposure).toBe(story);
    expect(unknown).not.toHaveProperty('exposure');
  });
});
