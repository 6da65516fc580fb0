// The little language of forms, matched: what of a text is the credential, and what is none.

import { compileForm } from '../../src/detect/form-match.ts';
import { rootView } from '../../src/detect/view.ts';
import { MARKER, parseForm } from '../../src/rules/form.ts';
import type { FormRule } from '../../src/rules/rule.ts';

type Edges = FormRule['edges'];

/** What the form makes of the text around the first place where its anchor stands. */
function matched(form: string, text: string, edges: Edges = 'open', balanced = false): string | undefined {
  const { anchor, match } = compileForm(parseForm(form), edges, balanced);
  const at = text.indexOf(anchor);
  expect(at).toBeGreaterThanOrEqual(0);
  const span = match(rootView(Buffer.from(text, 'latin1')), at);
  return span && text.slice(...span);
}

test.each([
  ['<hex:4>', undefined],
  ['', undefined],
  ['acme_<hex:4>', 'acme_'],
  ['ab<hex:4>-acme-<hex:4>xyz', '-acme-'],
  // Of equally long ones the first.
  ['abc<digit:4>xyz', 'abc'],
  // Nothing is rarer than the marker, however long the others are.
  ['a-very-long-head-<alnum:20><marker><alnum:20>', MARKER],
])('%j is looked for by %j', (form, anchor) => {
  const compile = () => compileForm(parseForm(form), 'open');
  if (anchor === undefined) expect(compile).toThrow('needs a literal');
  else expect(compile().anchor).toBe(anchor);
});

test.each([
  // Runs take as much as they may, behind the anchor and before it.
  ['acme_<hex:4-6>', 'acme_1234567', 'acme_123456'],
  ['acme_<hex:4-6>', 'acme_12345', 'acme_12345'],
  ['acme_<hex:4-6>', 'acme_123', undefined],
  ['<hex:4-6>_acme', '1234567_acme', '234567_acme'],
  ['<hex:4-6>_acme', 'x1234_acme', '1234_acme'],
  ['<hex:4-6>_acme', '123_acme', undefined],
  // One of the lengths that are listed, and none between.
  ['acme_<hex:4|8>', 'acme_1234567', 'acme_1234'],
  ['acme_<hex:4|8>', 'acme_123456789', 'acme_12345678'],
  ['<hex:4|8>_acme', '1234567_acme', '4567_acme'],
  ['<hex:4|8>_acme', '123456789_acme', '23456789_acme'],
  // A run gives back what a literal behind it needs.
  ['acme<alnum:2-6>Z', 'acmeabZcx', 'acmeabZ'],
  ['acme<alnum:2-6>Z', 'acmeabcdefg', undefined],
  ['acme<alnum:2-6>Z', 'acmeaZ', undefined],
  ['Z<alnum:2-6>acme', 'xcZabacme', 'Zabacme'],
  ['Z<alnum:2-6>acme', 'Zaacme', undefined],
  // Nothing stands beyond either end of the text.
  ['acme_<hex:2>-end', 'acme_12-en', undefined],
  ['acme_<hex:2>-end', 'acme_12-end', 'acme_12-end'],
  ['head-<hex:2>_acmeacme', 'ead-12_acmeacme', undefined],
  ['acme_<hex:2>', 'acme_1', undefined],
  ['<hex:2>_acme', '1_acme', undefined],
])('%s in %s', (form, text, expected) => expect(matched(form, text)).toBe(expected));

test.each<[string, Edges, string, boolean]>([
  ['acme_<hex:4>', 'open', 'xacme_1234x', true],
  ['acme_<hex:4>', 'token', ' acme_1234 ', true],
  ['acme_<hex:4>', 'token', 'xacme_1234', false],
  ['acme_<hex:4>', 'token', 'acme_1234x', false],
  ['acme_<hex:4>', 'token', 'acme_1234-', false],
  ['<hex:4>_acme', 'token', '"1234_acme"', true],
  ['<hex:4>_acme', 'token', '-1234_acme', false],
  // The letter of an escaped control character belongs to nobody.
  ['acme_<hex:4>', 'token', '\\nacme_1234', true],
  ['acme_<hex:4>', 'token', '\\qacme_1234', false],
  ['acme_<hex:4>', 'token', 'nacme_1234', false],
  ['acme_<hex:4>', 'token', ' nacme_1234', false],
  ['acme_<hex:4>', 'token', ' xacme_1234', false],
  // A backslash ends a token, unless the token goes on in the next line.
  ['acme_<hex:4>', 'token', 'acme_1234\\', true],
  ['acme_<hex:4>', 'token', 'acme_1234\\"', true],
  ['acme_<hex:4>', 'token', 'acme_1234\\\n', true],
  ['acme_<hex:4>', 'token', 'acme_1234\\next', true],
  ['acme_<hex:4>', 'token', 'acme_1234" next', true],
  ['acme_<hex:4>', 'token', 'acme_1234\\\n  5678', false],
  ['acme_<hex:4>', 'token', `acme_1234\\\n${' '.repeat(79)}5678`, false],
  ['acme_<hex:4>', 'token', `acme_1234\\\n${' '.repeat(80)}5678`, true],
])('%s, %s edges, in %j: %s', (form, edges, text, isFound) =>
  expect(matched(form, text, edges) !== undefined).toBe(isFound),
);

describe('a key of a length nobody has listed', () => {
  const form = 'sk-<base64url:4-20><marker><base64url:4-20>';
  /** The end is `A` behind one of sixteen characters: the tail of real keys. */
  test.each([
    ['shorter than its first half: all of it', 8, 'bbbbb', 'bbbbb'],
    ['as long: all of it', 8, 'bbbbbbbb', 'bbbbbbbb'],
    ['longer by one: all of it', 8, 'bbbbbbbbb', 'bbbbbbbbb'],
    ['longer, with nothing to tell by: as long as the first', 8, 'bbbbbbbbbbbb', 'bbbbbbbb'],
    ['longer, with a tail where the halves are even', 8, 'bbbbbbcAbbbb', 'bbbbbbcA'],
    ['longer, with a tail one further', 8, 'bbbbbbbcAbbb', 'bbbbbbbcA'],
    ['longer, with a tail one before', 8, 'bbbbbcAbbbbb', 'bbbbbcA'],
    ['longer, with an A that is no tail', 8, 'bbbbbbbAbbbb', 'bbbbbbbA'],
    ['longer, with two tails: where the halves are even', 8, 'bbbbbcAAbbbb', 'bbbbbcAA'],
    ['too short to be a half', 8, 'bbb', undefined],
    ['as short as a half may be', 4, 'bbbb', 'bbbb'],
  ])('%s', (_, length, written, half) => {
    const head = `sk-${'a'.repeat(length)}${MARKER}`;
    expect(matched(form, `${head}${written} `, 'open', true)).toBe(half && head + half);
  });

  test('also where the form begins with its first half', () => {
    const text = `${'a'.repeat(8)}${MARKER}${'b'.repeat(12)}`;
    const withoutHead = '<base64url:4-20><marker><base64url:4-20>';
    expect(matched(withoutHead, text, 'open', true)).toBe(text.slice(0, -4));
  });

  test('is nothing where the form has no second half', () => {
    expect(
      matched('sk-<base64url:4-20><marker>', `sk-aaaaaaaa${MARKER}bbbbbbbb`, 'open', true),
    ).toBeUndefined();
  });
});
