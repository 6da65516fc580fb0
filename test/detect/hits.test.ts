// One pass over a text: what is found at once, and which places are worth a closer look.

import { compileRules } from '../../src/detect/compile.ts';
import { Surroundings } from '../../src/detect/context.ts';
import { type Hits, type SearchContext, searchView } from '../../src/detect/hits.ts';
import { rootView } from '../../src/detect/view.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { MARKER } from '../../src/rules/form.ts';
import { freshKey } from '../support/keys.ts';
import { FUTURE, oauthAccessToken } from '../support/other-kinds.ts';
import { seed, seeded } from '../support/random.ts';

const random = seeded(seed);
const fresh = (form: string): string => freshKey(form, random);
const compiled = compileRules(builtinRules);

/** Rules of what is found, with where it starts, and the hits of every kind that has some. */
function search(text: string): { found: unknown[][]; hits: Partial<Hits> } {
  const view = rootView(Buffer.from(text, 'latin1'));
  const context: SearchContext = { compiled, now: 0, found: [] };
  const hits = searchView(view, new Surroundings(view), context);
  return {
    found: context.found.map(({ rule, start }) => [rule.id, start]),
    hits: Object.fromEntries(Object.entries(hits).filter(([, places]) => places.length > 0)),
  };
}

/** Of these no literal is made: nothing else stands in a key by chance. */
const BODY = '[qjxzvQJXZV]';
const key = fresh(`sk-proj-<${BODY}:74><marker><${BODY}:72>Aq`);

describe(`the marker (KEYSCAN_TEST_SEED=${seed})`, () => {
  test('with all of a key around it is found, and what stands behind it in the key needs no closer look', () => {
    expect(search(`${key} ${key}`)).toEqual({
      found: [
        ['openai-project-key', 0],
        ['openai-project-key', key.length + 1],
      ],
      // Half of the marker is met before all of it.
      hits: { damaged: [82, key.length + 83] },
    });
  });

  test('alone may be damaged, or base64 of the word it stands for', () => {
    const { found, hits } = search(`.. ${MARKER} ..`);
    expect(found).toEqual([]);
    expect(hits.damaged).toContain(3);
    expect(hits.base64).toEqual([{ at: 3, place: 0, isDoubtful: true }]);
  });

  test('in a key of unknown shape may be part of another', () => {
    const unknown = fresh(`sk-<${BODY}:90><marker><${BODY}:90>`);
    const { found, hits } = search(`${unknown} ${unknown}`);
    expect(found).toEqual([
      ['openai-unknown-format-key', 0],
      ['openai-unknown-format-key', unknown.length + 1],
    ]);
    expect(new Set(hits.damaged)).toEqual(new Set([93, unknown.length + 94]));
    expect(hits.base64).toBeUndefined();
  });
});

test.each<[kind: keyof Hits, write: (text: string) => string]>([
  ['base64', (text) => Buffer.from(`..${text}`).toString('base64')],
  ['base64', (text) => Buffer.from(`...${text}`).toString('base64')],
  ['hex', (text) => Buffer.from(text).toString('hex')],
  ['hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['decimal', (text) => [...Buffer.from(text)].join(', ')],
  ['reversed', (text) => [...text].reverse().join('')],
  ['rot13', (text) => text.replace(/[a-z]/gi, (char) => rot13(char))],
  [
    'damaged',
    (text) =>
      text.replace(
        MARKER,
        `${MARKER.slice(0, 4)}\\u${'lbkFJ'.charCodeAt(0).toString(16).padStart(4, '0')}${MARKER.slice(4)}`,
      ),
  ],
])('%s is worth a closer look where the marker stands', (kind, write) => {
  const { found, hits } = search(write(key));
  expect(found).toEqual([]);
  expect(Object.keys(hits)).toEqual([kind]);
  expect(hits[kind]?.length).toBeGreaterThan(0);
});

const rot13 = (char: string): string =>
  String.fromCharCode(char.charCodeAt(0) + (/[a-m]/i.test(char) ? 13 : -13));

test('base64 is read from where its groups of four begin', () => {
  for (let before = 0; before < 3; before++) {
    const { hits } = search(Buffer.from(`${'.'.repeat(before)}${key}`).toString('base64'));
    expect(hits.base64?.map(({ at, place, isDoubtful }) => [(at - place) % 4, isDoubtful])).toContainEqual([
      0,
      false,
    ]);
    expect(hits.base64?.filter(({ isDoubtful }) => isDoubtful)).toEqual([]);
  }
});

test('words, in any capitals', () => {
  expect(search('openai OpenAI OPENAI open ai').hits).toEqual({ words: [0, 7, 14] });
});

test('a credential that a text begins with', () => {
  expect(search(fresh('sess-<alnum:40>')).found).toEqual([['openai-session-key', 0]]);
});

test('a name that gives a key away, once, and what stands behind it', () => {
  const name = 'NEXT_PUBLIC_OPENAI_OPENAI_API_KEY';
  const { found, hits } = search(`${name}=1\n${name}=2\n`);
  expect(found).toEqual([
    ['openai-client-exposure', 0],
    ['openai-client-exposure', name.length + 3],
  ]);
  expect(hits.words?.length).toBeGreaterThan(2);
});

test('tokens, each once', () => {
  const [one, other] = [oauthAccessToken(random, { exp: FUTURE }), oauthAccessToken(random)];
  expect(search(`${one} eyJhbGciOi ${other}`).found).toEqual([
    ['openai-oauth-token', 0],
    ['openai-oauth-token', one.length + 12],
  ]);
});
