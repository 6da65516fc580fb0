// What the forms of one literal say of the place where it stands, and whether that is the last word.

import { compileRules } from '../../src/detect/compile.ts';
import { Surroundings } from '../../src/detect/context.ts';
import { credentialsAt } from '../../src/detect/forms.ts';
import { rootView } from '../../src/detect/view.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { MARKER } from '../../src/rules/form.ts';
import { freshKey, SK_SHAPES } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';

const random = seeded(seed);
const fresh = (form: string): string => freshKey(form, random);
const compiled = compileRules(builtinRules);

/** The look at the first `literal` of the text; no secrets are in it. */
function look(text: string, literal = MARKER) {
  const view = rootView(Buffer.from(text, 'latin1'));
  const at = text.indexOf(literal);
  expect(at).toBeGreaterThanOrEqual(0);
  const { candidates, ...rest } = credentialsAt(view, new Surroundings(view), at, compiled.formsAt(literal));
  return { ...rest, found: candidates.map(({ rule, confidence, whole }) => [rule.id, confidence, whole]) };
}

describe(`the marker (KEYSCAN_TEST_SEED=${seed})`, () => {
  const marked = Object.entries(SK_SHAPES).filter(([, { form }]) => form.includes('<marker>'));
  test.each(marked)('%s: told by its shape, and by what is certain alone', (_, { rule, form }) => {
    const key = fresh(form);
    const { found, until, isFinal } = look(`a ${key} b`);
    expect(found[0]).toEqual([rule, 'certain', true]);
    expect(found.filter(([, confidence]) => confidence !== 'certain')).toEqual([]);
    expect([until, isFinal]).toEqual([2 + key.length, true]);
  });

  test('without a head nothing is said, and a closer look may follow', () => {
    expect(look(fresh('x_<base64url:74><marker><base64url:74>'))).toEqual({
      found: [],
      until: 0,
      isFinal: false,
    });
  });

  const half = fresh('<base64url:74>');
  test.each([
    ['one half', `${'x'.repeat(74)}${MARKER}${half}`],
    ['the other half', `${half}${MARKER}${'x'.repeat(74)}`],
    ['both', `${'x'.repeat(74)}${MARKER}${'x'.repeat(74)}`],
    ['one half again', `${half}${MARKER}${half}`],
  ])('made up: %s; nothing else can be made of it', (_, body) => {
    expect(look(`sk-proj-${body}`)).toMatchObject({ found: [], until: 8 + body.length, isFinal: true });
  });

  test.each([
    [90, 90, true],
    [90, 89, true],
    [89, 90, true],
    [90, 88, false],
    // What is longer than the first half is cut.
    [90, 100, true],
  ])('halves of %d and %d that nobody has listed: whole: %s', (left, right, whole) => {
    const text = fresh(`sk-<base64url:${left}><marker><base64url:${right}>`);
    expect(look(text)).toMatchObject({
      found: [['openai-unknown-format-key', 'likely', whole]],
      isFinal: false,
    });
  });
});

describe(`other literals (KEYSCAN_TEST_SEED=${seed})`, () => {
  test('a key without the marker is certain, and made up by its own body alone', () => {
    expect(look(fresh('sess-<alnum:40>'), 'sess-')).toEqual({
      ...{ found: [['openai-session-key', 'certain', true]], until: 45, isFinal: true },
    });
    const half = [...fresh('<[abcdefghkmnpqrstuvwyz23456789]:20>')].join('x').padEnd(40, 'x');
    expect(look(`sess-${half}`, 'sess-')).toEqual({ found: [], until: 45, isFinal: true });
    expect(look(fresh('sess-<alnum:30>'), 'sess-')).toEqual({ found: [], until: 0, isFinal: false });
  });

  test('where only the context makes it one, it is nothing without', () => {
    const secret = fresh('whsec_<base64:43>=');
    expect(look(`OPENAI_WEBHOOK_SECRET=${secret}`, 'whsec_').found).toEqual([
      ['openai-webhook-secret', 'likely', true],
    ]);
    expect(look(`WEBHOOK_SECRET=${secret}`, 'whsec_').found).toEqual([]);
  });

  test('a check that fails makes it nothing', () => {
    const key = fresh('<alnum:52>JQQJ99BAACYeBjFXJ3w3AAABACOG<alnum:4>');
    expect(
      look(key, [...compiled.table.literals].find((literal) => key.includes(literal)) ?? '').found,
    ).toEqual([]);
  });
});
