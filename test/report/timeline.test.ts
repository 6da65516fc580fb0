// The timeline: what is drawn of each story, where it stands in time, and that it says the same in words.

import type { Exposure, Finding, Holder } from '../../src/model.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { axisOf } from '../../src/report/html/timeline/axis.ts';
import { laneOf } from '../../src/report/html/timeline/lane.ts';
import { readHtml } from '../support/html.ts';
import { CONTEXT, exposure, finding, move, report } from './sample.ts';

const NOW = Date.UTC(2026, 1, 14);
const [MARCH, MAY, JULY] = ['2024-03-01T10:00:00+02:00', '2024-05-01T00:00:00Z', '2024-07-01T00:00:00Z'];
const main: Holder = { name: 'refs/heads/main', kind: 'branch', at: 'tip' };
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));

const told = (more: Partial<Exposure>): Exposure => exposure({ moves: [], refs: [], ...more });
const lane = (more: Partial<Exposure>) => laneOf(finding({ exposure: told(more) }), NOW);

describe('a lane', () => {
  test('of a key that stands in files today', () => {
    expect(lane({ moves: [move('introduced', MARCH, 'a.ts')], refs: [main] })).toMatchObject({
      isInFiles: true,
      events: [{ kind: 'introduced', moment: Date.parse(MARCH), words: 'in a.ts, commit 0123456789ab' }],
      spans: [{ from: Date.parse(MARCH), to: NOW }],
      holders: ['main'],
    });
  });

  test('of one that moved and was removed: one span without a gap', () => {
    const moves = [
      move('introduced', MARCH, 'a.ts', A),
      move('introduced', MAY, 'b.ts', B),
      move('removed', MAY, 'a.ts', B),
      move('removed', JULY, 'b.ts', C),
    ];
    const drawn = lane({ moves, refs: [{ ...main, at: 'past' }] });
    expect(drawn?.events.map(({ kind, words }) => `${kind} ${words}`)).toEqual([
      'introduced in a.ts, commit aaaaaaaaaaaa',
      'moved from a.ts to b.ts, commit bbbbbbbbbbbb',
      'removed from b.ts, commit cccccccccccc',
    ]);
    expect(drawn?.spans).toEqual([{ from: Date.parse(MARCH), to: Date.parse(JULY) }]);
    expect(drawn?.isInFiles).toBe(false);
  });

  test('of one that came back: two spans', () => {
    const moves = [
      move('introduced', MARCH, 'a.ts', A),
      move('removed', MAY, 'a.ts', B),
      move('introduced', JULY, 'a.ts', C),
    ];
    expect(lane({ moves, refs: [main] })?.spans).toEqual([
      { from: Date.parse(MARCH), to: Date.parse(MAY) },
      { from: Date.parse(JULY), to: NOW },
    ]);
  });

  test('of one that is removed on one branch and in the files of another', () => {
    const moves = [move('introduced', MARCH, 'a.ts', A), move('removed', MAY, 'a.ts', B)];
    const refs: Holder[] = [
      { ...main, at: 'past' },
      { name: 'refs/remotes/origin/main', kind: 'remote', at: 'tip' },
    ];
    expect(lane({ moves, refs })?.spans).toEqual([{ from: Date.parse(MARCH), to: NOW }]);
  });

  test('of one in a stash only, or in nothing but the index, or in nothing', () => {
    const stash: Holder = { name: 'refs/stash@{0}', kind: 'stash', at: 'tip' };
    expect(lane({ moves: [move('introduced', MARCH, 'a.ts')], refs: [stash] })).toMatchObject({
      isInFiles: false,
      spans: [{ from: Date.parse(MARCH), to: Date.parse(MARCH) }],
      holders: ['stash@{0}'],
    });
    expect(lane({ inIndex: true })).toMatchObject({ isInFiles: true, events: [], holders: ['index'] });
    expect(lane({ moves: [move('introduced', '', 'a.ts')] })).toMatchObject({ events: [], holders: [] });
  });

  test('is not drawn where nothing is known of the history', () => {
    expect(laneOf(finding(), NOW)).toBeUndefined();
    expect(renderHtml(report({ findings: [finding()] }), CONTEXT)).not.toContain('class="chart"');
  });
});

test.each([
  ['an hour', 1 / 24],
  ['a day', 1],
  ['a week', 7],
  ['three weeks', 21],
  ['two months', 60],
  ['a year', 365],
  ['three years', 1095],
  ['twenty years', 7305],
])('an axis over %s has two to six ticks, in order, on their dates', (_, days) => {
  for (let shift = 0; shift < 400; shift += 13) {
    const now = NOW + shift * 86_400_000 + shift * 3_333_333;
    const { at, ticks } = axisOf(now - days * 86_400_000, now);
    expect(ticks.length).toBeGreaterThanOrEqual(1);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.map((tick) => tick.at)).toEqual(ticks.map((tick) => tick.at).sort((a, b) => a - b));
    expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
    expect([at(0), at(now), at(now * 2)]).toEqual([0, 100, 100]);
  }
});

describe('the page', () => {
  const stories = (['pushed', 'unknown', 'local'] as const).map(
    (verdict, at): Finding =>
      finding({
        fingerprint: String(at).repeat(32),
        exposure: told({ verdict, moves: [move('introduced', MARCH, '<b>.ts')], refs: [main] }),
      }),
  );
  const text = renderHtml(report({ mode: 'history', findings: stories }), CONTEXT);
  const elements = readHtml(text);

  test('says the same in words, the most urgent first, and names nobody', () => {
    const words = elements.map((element) => element.text.trim()).filter(Boolean);
    const groups = ['Has been pushed', 'May have been pushed', 'Only on this machine'];
    expect(words.filter((each) => groups.includes(each))).toEqual(groups);
    expect(text).toContain('1 has been pushed');
    expect(words).toContain('since 1 Mar 2024, 23 months');
    expect(words).toContain('in <b>.ts, commit 0123456789ab');
    expect(words).toContain('git log');
    expect(text).not.toMatch(/Jane|Ada/);
  });

  test('draws with shapes that do not depend on colours, hidden from those who are read to', () => {
    const drawings = elements.filter(
      ({ name, attributes }) => name === 'svg' && attributes.class === 'track',
    );
    expect(drawings).toHaveLength(3);
    expect(drawings.every(({ attributes }) => attributes['aria-hidden'] === 'true')).toBe(true);
    const classes = elements.map(({ attributes }) => attributes.class);
    for (const shape of ['on', 'stood', 'end', 'pushed']) expect(classes).toContain(shape);
  });

  test('with hundreds has one line for each, and their number over time', () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      ...stories[at % 3],
      fingerprint: String(at).padStart(32, '0'),
    }));
    const page = renderHtml(report({ mode: 'history', findings: many as Finding[] }), CONTEXT);
    expect(page).toContain('at most 300 at a time (1 Mar 2024), today 300');
    expect(page.length).toBeLessThan(1_000_000);
  });
});
