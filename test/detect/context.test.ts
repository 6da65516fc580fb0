// Whose a value is: the words around it, how far they reach, and who stands nearer.

import { compileContext, regionsAround, Surroundings, squash } from '../../src/detect/context.ts';
import { rootView } from '../../src/detect/view.ts';
import type { Context } from '../../src/rules/rule.ts';

/** Whether what stands around VALUE makes it believable; `around`: what stands around the part it was decoded from. */
function agrees(text: string, context: Partial<Context>, around = ''): boolean {
  const start = text.indexOf('VALUE');
  const surroundings = new Surroundings({ ...rootView(Buffer.from(text, 'latin1')), around });
  const compiled = compileContext({ words: ['acme.api'], within: 10, ...context });
  return surroundings.agree(start, start + 5, compiled);
}

test('words are read without separators, in any case', () => {
  expect(squash('ACME_Api-Key.v1 é')).toBe('acmeapikeyv1');
  for (const written of ['acme.api', 'ACME_API', 'AcmeApi', 'acme: {"api"'])
    expect(agrees(`${written} VALUE`, {})).toBe(true);
  for (const written of ['acm_eap', 'acme', 'acmeZapi', 'acme\xe4pi', 'acme0api', 'acme5api', 'acme9api'])
    expect(agrees(`${written} VALUE`, {})).toBe(false);
  for (const word of ['a0-z9', 'A0_Z9']) expect(agrees('a0.Z9 VALUE', { words: [word] })).toBe(true);
});

test.each([
  // From the end of the value to the start of the word, and from the end of the word, as it is squashed, to the value.
  [`VALUE${' '.repeat(10)}acmeapi`, true],
  [`VALUE${' '.repeat(11)}acmeapi`, false],
  [`acmeapi${' '.repeat(10)}VALUE`, true],
  [`acmeapi${' '.repeat(11)}VALUE`, false],
  // The nearest of several counts, on either side.
  [`acmeapi${' '.repeat(20)}acmeapi VALUE`, true],
  [`acmeapi${' '.repeat(20)}VALUE acmeapi${' '.repeat(20)}acmeapi`, true],
  ['VALUEacmeapi', true],
  ['acmeapiVALUE', true],
])('a word reaches as far as the rule says: %j', (text, expected) => {
  expect(agrees(text, {})).toBe(expected);
});

test('what the value itself spells says nothing of it', () => {
  const surroundings = new Surroundings(rootView(Buffer.from('  xacmeapix  ')));
  const context = compileContext({ words: ['acmeapi'], within: 100 });
  expect(surroundings.agree(2, 11, context)).toBe(false);
  expect(surroundings.agree(3, 11, context)).toBe(false);
});

test.each([
  ['acmeapi other VALUE', false],
  ['other acmeapi VALUE', true],
  ['acmeapi VALUE   other', false],
  ['acmeapi VALUE        other', true],
  // As near as its own: its own counts.
  ['acmeapi1VALUE________other', true],
  // Further away than the rule looks.
  [`VALUE acmeapi${' '.repeat(20)}other`, true],
])('who stands nearer has it: %j', (text, expected) => {
  expect(agrees(text, { without: ['other'] })).toBe(expected);
});

test.each([
  ['acmeapi VALUE      host.test', false],
  [`acmeapi VALUE${' '.repeat(11)}host.test`, true],
])('some words decide alone, within reach: %j', (text, expected) => {
  expect(agrees(text, { never: ['host.test'] })).toBe(expected);
});

test("others' words in what is too long for a name were spelled by chance", () => {
  for (const length of [79, 80, 81])
    for (const at of [0, 40, length - 5]) {
      const token = `${'x'.repeat(at)}other${'x'.repeat(length - 5 - at)}`;
      expect([length, at, agrees(`acmeapi VALUE ${token}`, { within: 200, never: ['other'] })]).toEqual([
        length,
        at,
        length >= 80,
      ]);
      expect(agrees(`VALUE ${token.replace('other', 'acmeapi')}`, { within: 200 })).toBe(true);
    }
});

test('what surrounds an encoded part counts, as further away than what stands in it', () => {
  expect(agrees('VALUE', {}, 'ACME_API = ')).toBe(true);
  expect(agrees('VALUE', {}, 'another = ')).toBe(false);
  expect(agrees('acmeapi VALUE', { without: ['other'] }, 'other: ')).toBe(true);
  expect(agrees('other VALUE', { without: ['other'] }, 'acmeapi: ')).toBe(false);
  // The last one said is the nearest.
  expect(agrees('VALUE', { without: ['other'] }, 'other, acmeapi, ')).toBe(true);
  expect(agrees('VALUE', { without: ['other'] }, 'acmeapi, other, ')).toBe(false);
  expect(agrees('VALUE', { without: ['other'] }, 'acmeapi, other, acmeapi')).toBe(true);
});

test('stretches around places, joined where they touch, within the text', () => {
  expect(regionsAround([], 5, 100)).toEqual([]);
  expect(regionsAround([3, 98], 5, 100)).toEqual([
    { from: 0, to: 8 },
    { from: 93, to: 100 },
  ]);
  expect(regionsAround([50, 20, 30, 41], 5, 100)).toEqual([
    { from: 15, to: 35 },
    { from: 36, to: 55 },
  ]);
  expect(regionsAround([20, 20], 5, 100)).toEqual([{ from: 15, to: 25 }]);
});
