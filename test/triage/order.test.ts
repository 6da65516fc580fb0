// The order of a report, each by what decides it first.

import type { Finding, Ignored, Move, Occurrence } from '../../src/model.ts';
import {
  compareFindings,
  compareIgnored,
  compareLeftOut,
  compareMoves,
  compareOccurrences,
  compareWeight,
  inOrder,
} from '../../src/triage/order.ts';

/** Each stands before all that follow it, whichever is asked about first. */
function expectAscending<T>(entries: readonly T[], compare: (one: T, other: T) => number): void {
  const signs = entries.map((one) => entries.map((other) => Math.sign(compare(one, other))));
  expect(signs).toEqual(entries.map((_, row) => entries.map((_, column) => Math.sign(row - column))));
}

const at = (path: string, line: number, column: number, more: Partial<Occurrence> = {}): Occurrence => ({
  path,
  line,
  column,
  endLine: line,
  endColumn: column + 9,
  decoded: [],
  origin: { kind: 'file' },
  ...more,
});

test('occurrences: path, line, column, end, commit', () => {
  const commit = (id: string): Partial<Occurrence> => ({ origin: { kind: 'commit', commit: id } });
  expectAscending(
    [
      ...[at('B', 9, 9), at('a', 2, 9), at('a', 10, 1), at('a', 10, 2), at('a', 10, 2, { endColumn: 12 })],
      ...[
        at('a', 10, 2, { endLine: 11, endColumn: 1 }),
        at('b', 1, 1),
        at('b', 1, 1, commit('0a')),
        at('b', 1, 1, commit('0b')),
      ],
    ],
    compareOccurrences,
  );
});

const finding = (ruleId: string, fingerprint: string, ...occurrences: Occurrence[]): Finding => ({
  ruleId,
  fingerprint,
  occurrences,
  title: '',
  severity: 'high',
  confidence: 'likely',
  preview: '',
  advice: '',
});

test('findings: where they first stand, rule, credential', () => {
  expectAscending(
    [
      ...[
        finding('z', '0', at('a', 1, 1)),
        finding('b', '0', at('a', 1, 2)),
        finding('y', '9', at('a', 2, 1)),
      ],
      ...[finding('a', '2', at('b', 1, 1)), finding('a', '1', at('b', 1, 1, { endColumn: 99 }))],
      ...[finding('b', '1', at('b', 1, 1)), finding('b', '2', at('b', 1, 1), at('a', 1, 1))],
    ],
    compareFindings,
  );
  expectAscending([finding('a', '1'), finding('a', '2'), finding('b', '0')], compareFindings);
});

test('what is ignored: path, line, rule, credential', () => {
  const ignored = (path: string, line: number, ruleId: string, fingerprint: string): Ignored => ({
    ...{ path, line, ruleId, fingerprint },
    ...{ preview: '', by: 'inline', reason: '' },
  });
  expectAscending(
    [
      ignored('a', 2, 'b', '2'),
      ignored('a', 10, 'a', '1'),
      ignored('a', 10, 'a', '2'),
      ignored('a', 10, 'b', '0'),
      ignored('b', 1, 'a', '0'),
    ],
    compareIgnored,
  );
});

test('what is left out: path, reason', () => {
  const leftOut = (path: string, reason: string) => ({ path, reason });
  expectAscending([leftOut('a', 'y'), leftOut('a', 'z'), leftOut('b', 'x')], compareLeftOut);
});

test('moves: date, with none first, what brings before what takes away, commit, path', () => {
  const move = (date: string, kind: Move['kind'], commit: string, path: string): Move =>
    ({ date, kind, commit, path }) as Move;
  const [early, late] = ['2026-01-02T00:00:00+02:00', '2026-01-01T23:00:00Z'];
  expectAscending(
    [
      ...[
        move('', 'removed', '9', 'z'),
        move(early, 'removed', '9', 'z'),
        move(late, 'introduced', '1', 'b'),
      ],
      ...[
        move(late, 'introduced', '2', 'a'),
        move(late, 'removed', '1', 'a'),
        move(late, 'removed', '1', 'b'),
      ],
    ],
    compareMoves,
  );
});

test('who speaks for a credential: the surest, the gravest, the first by name', () => {
  const claim = (confidence: Finding['confidence'], severity: Finding['severity'], ruleId: string) => ({
    ...{ confidence, severity, ruleId },
  });
  expectAscending(
    [
      ...[
        claim('certain', 'low', 'z'),
        claim('likely', 'critical', 'z'),
        claim('likely', 'high', 'a'),
        claim('likely', 'high', 'b'),
      ],
      ...[claim('likely', 'medium', 'a'), claim('likely', 'low', 'a'), claim('possible', 'critical', 'a')],
    ],
    compareWeight,
  );
});

test('what says the same is said once; what is as far is ordered by all it says', () => {
  const entries = [
    { n: 2, of: 'b' },
    { n: 1, of: 'c' },
    { n: 2, of: 'a' },
    { n: 2, of: 'b' },
  ];
  expect(inOrder(entries, (one, other) => one.n - other.n)).toEqual([
    { n: 1, of: 'c' },
    { n: 2, of: 'a' },
    { n: 2, of: 'b' },
  ]);
});
