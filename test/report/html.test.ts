// The page: whole, harmless, readable by day and night, and the same for a keyboard and a screen reader.

import { createHash } from 'node:crypto';
import type { Report } from '../../src/model.ts';
import { renderHtml } from '../../src/report/html/page.ts';
import { STYLE } from '../../src/report/html/style.ts';
import { readHtml } from '../support/html.ts';
import { CONTEXT, everything, exposure, finding, move, report } from './sample.ts';

const many = report({
  findings: Array.from({ length: 300 }, (_, at) =>
    finding({ fingerprint: at.toString(16).padStart(32, '0'), preview: `sk-…${1000 + at}` }),
  ),
});

const history = report({
  mode: 'history',
  findings: [
    finding({
      exposure: exposure({ verdict: 'pushed', moves: [move('introduced', '2024-03-01T00:00:00Z', 'a')] }),
    }),
    finding({ fingerprint: 'a'.repeat(32), exposure: exposure() }),
  ],
});

const pages: readonly (readonly [string, Report])[] = [
  ['nothing', report()],
  ['one', report({ findings: [finding()] })],
  ['everything', everything],
  ['many', many],
  ['a history', history],
];

describe.each(pages)('a page about %s', (_, each) => {
  const text = renderHtml(each, CONTEXT);
  const elements = readHtml(text);
  const named = (name: string) => elements.filter((element) => element.name === name);

  test('needs nothing else, and nothing in it can run', () => {
    const tags = new Set(elements.map(({ name }) => name));
    for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'form', 'base', 'audio', 'video'])
      expect(tags).not.toContain(tag);
    const attributes = elements.flatMap((element) => Object.entries(element.attributes));
    expect(attributes.filter(([name]) => /^on|^style$|^src|srcset|^action$/.test(name))).toEqual([]);
    for (const { attributes } of named('a')) expect(attributes.href).toMatch(/^(?:#c-|https:\/\/)/);
  });

  test('its policy lets only this style in', () => {
    const [policy] = named('meta').filter(
      ({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
    );
    const hash = createHash('sha256')
      .update(named('style')[0]?.text ?? '')
      .digest('base64');
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(STYLE).not.toMatch(/url\(|@import|</);
  });

  test('headings go down one step at a time, ids are unique, links of the page arrive', () => {
    const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => at > 0 && level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = named('a').flatMap(({ attributes }) => /^#(.*)/.exec(attributes.href ?? '')?.[1] ?? []);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    const labels = elements.flatMap(({ attributes }) => attributes['aria-labelledby'] ?? []);
    expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
    expect(named('html')[0]?.attributes.lang).toBe('en');
    expect(named('main')).toHaveLength(1);
    expect(named('th').every(({ attributes }) => attributes.scope === 'col')).toBe(true);
  });

  test('has a card for each credential, with steps', () => {
    expect(named('article')).toHaveLength(each.findings.length);
    expect(named('ol')).toHaveLength(each.findings.length);
  });
});

test('what there is to know is said', () => {
  const text = readHtml(renderHtml(everything, CONTEXT))
    .map((element) => element.text)
    .join('\n');
  for (const said of [
    '2 OpenAI credentials found',
    'Not everything could be looked at',
    'sk-proj-…x5mA',
    'src/a b.ts',
    'line 12, column 9, encoded as json in base64, commit 0123456789ab, 2026-01-01',
    'in the name of the file',
    'Not sure enough to count',
    'gw-…5678',
    'rotated',
    'an earlier commit has it already',
    'src/lost.ts',
    'the object is missing',
    'vendor/lib',
    'line 4 has expired',
    '14 February 2026',
  ])
    expect(text).toContain(said);
  expect(text).not.toContain('Jane');
});

test('a clean page does not say more than is known', () => {
  expect(renderHtml(report(), CONTEXT)).toContain('Everything was looked at, byte for byte');
  const skipped = [{ path: 'vendor/lib', reason: 'a submodule' }];
  const partly = report({ coverage: { ...report().coverage, skipped } });
  expect(renderHtml(partly, CONTEXT)).toContain('Everything but what is listed as left out');
  const unknown = report({ coverage: { ...report().coverage, complete: false } });
  expect(renderHtml(unknown, CONTEXT)).toContain('nothing is known to be clean');
});

/** WCAG 2.2, success criterion 1.4.3. */
describe.each([
  ['day', 0],
  ['night', 1],
])('by %s', (_, nth) => {
  const scheme = STYLE.match(/:root \{[^}]*--page[^}]*--ink[^}]*\}/g)?.[nth] ?? '';
  const colors = Object.fromEntries(
    [...scheme.matchAll(/--([\w-]+): #(\w+)/g)].map(([, name, hex]) => [name, hex]),
  );
  const severities = ['critical', 'high', 'medium', 'low'];

  test.each([
    ...['page', 'card', 'code'].map((ground) => ['ink', ground]),
    ...['page', 'card'].flatMap((ground) => [
      ['soft', ground],
      ['link', ground],
    ]),
    ...severities.map((severity) => [severity, `${severity}-wash`]),
    ...['critical', 'high', 'clean'].map((color) => [color, 'card']),
    ['ink', 'high-wash'],
  ])('%s can be read on %s', (ink = '', ground = '') => {
    const [lighter = 0, darker = 0] = [luminance(colors[ink]), luminance(colors[ground])].sort(
      (a, b) => b - a,
    );
    expect((lighter + 0.05) / (darker + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});

function luminance(hex = ''): number {
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
