// Of what overlaps, one says it all; nothing else is dropped.

import fc from 'fast-check';
import { type Candidate, candidateIn, resolveOverlaps } from '../../src/detect/candidate.ts';
import { decodedView, rootView, type View } from '../../src/detect/view.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { seed } from '../support/random.ts';

const rule = builtinRules[0] as Rule;

const candidate = (start: number, end: number, of: Partial<Candidate> = {}): Candidate => ({
  ...candidateIn(rootView(Buffer.alloc(100, 'x')), [start, end], {
    rule,
    confidence: 'likely',
    publicPrefix: '',
    specificity: 1,
  }),
  ...of,
});

const kept = (...candidates: Candidate[]) =>
  resolveOverlaps(candidates).map(({ start, end }) => [start, end]);

test('what does not overlap is kept, in order of position', () => {
  expect(kept(candidate(20, 30), candidate(5, 10), candidate(10, 20))).toEqual([
    [5, 10],
    [10, 20],
    [20, 30],
  ]);
  expect(kept()).toEqual([]);
});

test.each<[name: string, better: Partial<Candidate>, worse: Partial<Candidate>]>([
  ['certain, not likely', { confidence: 'certain', specificity: 0 }, { confidence: 'likely' }],
  ['likely, not possible', { confidence: 'likely', whole: false }, { confidence: 'possible' }],
  ['whole, not cut off', { whole: true, specificity: 0 }, { whole: false }],
  ['the more specific', { specificity: 2, end: 30 }, { specificity: 1, end: 40 }],
  ['the longer', { end: 40, via: ['base64'] }, { end: 30 }],
  ['as it stands, not decoded', { start: 11, end: 41, via: [] }, { end: 40, via: ['base64'] }],
  ['the first', { start: 10, end: 40 }, { start: 11, end: 41 }],
])('of two that overlap: %s', (_, better, worse) => {
  const [one, other] = [candidate(10, 30, better), candidate(10, 30, worse)];
  expect(resolveOverlaps([one, other])).toEqual([one]);
  expect(resolveOverlaps([other, one])).toEqual([one]);
});

test('what overlaps only what was dropped is kept', () => {
  const middle = candidate(15, 45, { whole: false });
  expect(kept(candidate(40, 60), middle, candidate(10, 20))).toEqual([
    [10, 20],
    [40, 60],
  ]);
  expect(
    kept(candidate(10, 20, { whole: false }), candidate(15, 45), candidate(40, 60, { whole: false })),
  ).toEqual([[15, 45]]);
  // Wherever the better one stands, up to where the other begins or ends.
  const certain = { confidence: 'certain' } as const;
  for (const third of [20, 40])
    expect(
      kept(candidate(10, 20, certain), candidate(15, 45, { whole: false }), candidate(third, 60)),
    ).toEqual([
      [10, 20],
      [third, 60],
    ]);
  expect(kept(candidate(10, 20), candidate(15, 25, { whole: false }), candidate(20, 60, certain))).toEqual([
    [10, 20],
    [20, 60],
  ]);
  // One long one over several: what follows its end is another matter.
  expect(kept(candidate(0, 50), candidate(5, 10), candidate(45, 48), candidate(50, 55))).toEqual([
    [0, 50],
    [50, 55],
  ]);
});

test('a candidate leads back to the original bytes, whichever way they run', () => {
  const root = rootView(Buffer.from('..desrever..'));
  const at = [9, 8, 7, 6, 5, 4, 3, 2];
  const view: View = decodedView(
    root,
    {
      bytes: Buffer.from('reversed'),
      starts: Int32Array.from(at),
      ends: Int32Array.from(at, (each) => each + 1),
    },
    'reversed',
  );
  const of = { rule, confidence: 'certain', publicPrefix: '', specificity: 0 } as const;
  expect(candidateIn(view, [0, 8], of)).toMatchObject({
    start: 2,
    end: 10,
    secret: 'reversed',
    via: ['reversed'],
  });
  expect(candidateIn(view, [1, 3], of)).toMatchObject({ start: 7, end: 9, secret: 'ev' });
  expect(candidateIn(root, [2, 4], of)).toMatchObject({
    ...{ start: 2, end: 4, secret: 'de', via: [], whole: true, isName: false, severity: rule.severity },
  });
  expect(candidateIn(root, [2, 4], { ...of, whole: false, isName: true, severity: 'low' })).toMatchObject({
    ...{ whole: false, isName: true, severity: 'low' },
  });
});

test('as if each were compared with all that are better', () => {
  const stretch = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 }), fc.nat(3));
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 60 }), (stretches) => {
      const all = stretches.map(([start, length, specificity], index) =>
        candidate(start, start + length, { specificity, secret: String(index) }),
      );
      const best: Candidate[] = [];
      for (const one of [...all].sort(
        (a, b) => b.specificity - a.specificity || b.end - b.start - (a.end - a.start) || a.start - b.start,
      ))
        if (best.every((other) => other.end <= one.start || one.end <= other.start)) best.push(one);
      expect(resolveOverlaps(all)).toEqual(best.sort((a, b) => a.start - b.start));
    }),
    { seed: seed | 0 },
  );
});
