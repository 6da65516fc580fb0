// One finding per credential, the same order every time.

import fc from 'fast-check';
import type { Judge, Report } from '../../src/model.ts';
import { scan } from '../../src/scan.ts';
import { blob, detector, source } from './fakes.ts';

const run = (...blobs: readonly [content: string, ...paths: string[]][]): Promise<Report> =>
  scan({ source: source(blobs.map(([content, ...paths]) => blob(content, ...paths))), detector });

test('every place of a credential, sorted by path, line and column', async () => {
  const { findings } = await run(['{k}{l}\n{k}', 'b'], ['x{k}', 'a', 'c']);
  const places = findings.map(({ fingerprint, occurrences }) => [
    fingerprint,
    occurrences.map(({ path, line, column, endColumn }) => `${path}:${line}:${column}-${endColumn}`),
  ]);
  expect(places).toEqual([
    ['k', ['a:1:2-5', 'b:1:1-4', 'b:2:1-4', 'c:1:2-5']],
    ['l', ['b:1:4-7']],
  ]);
});

test.each([
  ['the surest rule', '{k weak critical likely}{k sure low certain}', 'sure'],
  ['then the gravest', '{k light medium certain}{k grave critical certain}', 'grave'],
  ['then the first by name', '{k beta high certain}{k alpha high certain}', 'alpha'],
])('%s speaks for a credential that several claim', async (_, content, rule) => {
  const { findings } = await run([content, 'a']);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    ruleId: rule,
    title: `Title of ${rule}`,
    advice: `Revoke ${rule}. Store.`,
  });
  expect(findings[0]?.occurrences).toHaveLength(2);
});

test('two rules on one span: one occurrence', async () => {
  const twice = {
    ...detector,
    open() {
      const inner = detector.open();
      return {
        ...inner,
        end: () => inner.end().flatMap((found) => [found, { ...found, ruleId: 'another' }]),
      };
    },
  };
  const { findings } = await scan({ source: source([blob('{k}', 'a')]), detector: twice });
  expect(findings).toMatchObject([{ ruleId: 'another', occurrences: [{ path: 'a' }] }]);
});

test('the order in which things are read does not show', async () => {
  const words = ['{k}', '{l b low likely}', '{l a low likely}', '{m}', '\n', ' '];
  const files = fc.uniqueArray(
    fc.tuple(
      fc.array(fc.constantFrom(...words)).map((all) => all.join('')),
      fc.constantFrom('a', 'b', 'c', 'B'),
    ),
    { selector: ([, path]) => path },
  );
  const shuffled = files.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([one, other]) => {
      const judge: Judge = async ({ detection, place }) =>
        place.path === 'a' || detection.ruleId === 'b' ? { by: 'path', reason: 'x' } : undefined;
      const of = (all: typeof one): Promise<Report> =>
        scan({ source: source(all.map(([content, path]) => blob(content, path))), detector, judge });
      const [first, second] = [await of(one), await of(other)];
      expect(second.findings).toEqual(first.findings);
      expect(second.ignored).toEqual(first.ignored);
    }),
  );
});
