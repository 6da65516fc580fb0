// What the language of rules can say beyond what the rules that ship say with it.

import { createDetector } from '../../src/detect/detector.ts';
import type { Confidence } from '../../src/model.ts';
import type { Match, Rule } from '../../src/rules/rule.ts';
import { freshKey } from '../support/keys.ts';

const rule = (match: Match, more: Partial<Rule> = {}): Rule => ({
  id: 'own',
  title: 'Own',
  severity: 'high',
  summary: '',
  match,
  advice: [],
  links: [],
  ...more,
});

function scan(own: Rule, text: string) {
  const blob = createDetector([own]).open();
  blob.push(Buffer.from(text));
  return blob.end();
}

const inForm = (...confidences: readonly Confidence[]): Match => ({
  forms: confidences.map((confidence, length) => ({
    form: `acme_<alnum:${20 + length}>`,
    edges: 'token',
    confidence,
  })),
});

test.each<[expected: Confidence, among: Confidence[]]>([
  ['certain', ['possible', 'certain', 'likely']],
  ['likely', ['possible', 'likely']],
  ['possible', ['possible']],
])('the surest it can be: %s', (expected, among) => {
  expect(createDetector([rule(inForm(...among))]).describe('own').confidence).toBe(expected);
});

test('a sample that documentation publishes is no finding, in any place, and another key is one', () => {
  const [published, other] = [freshKey('acme_<alnum:20>'), freshKey('acme_<alnum:20>')];
  const [{ fingerprint = '' } = {}] = scan(rule(inForm('certain')), published);
  const knowing = rule(inForm('certain'), { samples: [fingerprint] });
  expect(scan(knowing, `a = ${published}\nb = ${published}\nc = ${other}\n`)).toEqual(
    scan(rule(inForm('certain')), `\n\nc = ${other}\n`),
  );
});

test('nothing but what it looks for is found: without the rules that ship, not even a key of OpenAI', () => {
  expect(scan(rule(inForm('certain')), `${freshKey()}\nOPENAI_API_KEY=${freshKey()}\n`)).toEqual([]);
});

describe('a value of a form of its own', () => {
  const named = rule({
    assigned: { names: ['ACME_TOKEN'], not: [], value: 'v1.<alnum:24-30>', confidence: 'likely' },
    context: { words: ['acme'], within: 200 },
  });
  const body = freshKey('<alnum:24>');

  test.each([
    ['is found by its name', `ACME_TOKEN=v1.${body}`, 1],
    ['is not, by another', `OTHER_TOKEN=v1.${body}`, 0],
    ['is not, where a dot is another character', `ACME_TOKEN=v1_${body}`, 0],
    ['is not, when it is longer', `ACME_TOKEN=v1.${body}${body}`, 0],
    ['is not, when something stands before it', `ACME_TOKEN=x/v1.${body}`, 0],
    ['is not, when it is made up', `ACME_TOKEN=v1.${'x'.repeat(24)}`, 0],
  ])('%s', (_, text, count) => expect(scan(named, `${text}\n`)).toHaveLength(count));
});
