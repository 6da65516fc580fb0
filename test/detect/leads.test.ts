// Literals that lead nowhere where they stand are told, and never one that leads to a credential.

import fc from 'fast-check';
import { candidatesIn } from '../../src/detect/blob-scan.ts';
import { compileRules } from '../../src/detect/compile.ts';
import { createSieve, isWorthALook } from '../../src/detect/sieve.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { MARKER } from '../../src/rules/form.ts';
import { freshKey } from '../support/keys.ts';
import { oauthAccessToken } from '../support/other-kinds.ts';
import { pick } from '../support/placed.ts';
import { seed, seeded } from '../support/random.ts';

const compiled = compileRules(builtinRules);
const sieve = createSieve(compiled);
const looks = (text: string): boolean => isWorthALook(compiled, Buffer.from(text, 'latin1'));
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const [first, , third = ''] = MARKER;

describe('what leads nowhere', () => {
  test.each([
    ['a letter that is compared', `if (p->status == '${first}') {\n\t\tif (S_ISLNK(mode))`],
    ['and far from anything', `if ($change eq "${first}" )\n                {\n                    next;`],
    ['letters of something else', `magic = {'B', 'I', '${first}', 'M'}`],
    ['a name that goes on', `make "$COMMIT${MARKER[1]}" || return 1`],
    ['no form behind its beginning', 'static int peek_command(void) { return 0; }'],
    ['a piece of a word in a longer text', `sha512-qUx${base64('openai').slice(0, 4)}XkQv9iZQ==`],
    ['the beginning of a token in a longer text', 'sha512-UyeyJ0vB8Zkq9+rQ=='],
    ['the beginning of a token without a second part', 'the text eyJ0vB8Zkq9 is none'],
    ['half of the marker backwards', `sha512-q${[...MARKER].reverse().join('').slice(4)}kQv9i==`],
  ])('%s', (_, text) => {
    expect(looks(text)).toBe(false);
    expect(candidatesIn(compiled, 0, Buffer.from(text))).toEqual([]);
  });
});

describe('what may lead on', () => {
  const next = MARKER[1];
  const hidden = `\\x${next?.charCodeAt(0).toString(16)}`;
  test.each([
    ['the next letter', `'${first}', '${next}'`],
    ['joined by words and brackets', `'${first}' )  .concat( f'${next}'`],
    ['escaped', `"${first}" + "${hidden}`],
    ['behind an escaped quote', `\\"${first}\\", \\"${next}`],
    ['behind the end of what is there', `"${first}" `],
    ['in a divided string', `${first}${next}" + "${third}`],
    [
      'a piece of a word at the end of a line',
      `${base64('openai').slice(0, 4)}\n${base64('openai').slice(4)}`,
    ],
    ['a token right behind an escape', `\\n${oauthAccessToken(Math.random)}`],
    ['a form', `ek_${'6'.repeat(32)}`],
  ])('%s', (_, text) => {
    expect(looks(text)).toBe(true);
  });
});

test.each(['openai', 'OPENAI', 'Openai', 'OpenAI', 'OpenAi', 'openAI', 'openAi'])(
  '%s, however deep it is encoded, wherever any literal is met in it',
  (word) => {
    let met = 0;
    for (const before of ['', 'x', 'xy', 'xyz ', 'xyz = '])
      for (let text = `${before}${word}_api_key`, depth = 0; depth < 4; text = base64(text), depth += 1) {
        if (!compiled.search.search(Buffer.from(text), () => true)) continue;
        met += 1;
        expect([before, depth, looks(text)]).toEqual([before, depth, true]);
      }
    expect(met).toBeGreaterThan(10);
  },
);

const SEAMS = [
  ...[
    `" + "`,
    `', '`,
    '" "',
    `").concat("`,
    "' . '",
    '" \\\n  "',
    '`\n    ',
    "',\n    '",
    '\\", \\"',
    "' f'",
  ],
  ...[`" & "`, `', u8'`, '${"', '"}', '\\\n', '=\n', '\x1b[0m', '&shy;', '\\u200b', '\n      ', `'), _('`],
  ...['";\nkey += "', `'\n$KEY+='`, `"); this.key += '`, '<wbr>', '</em><em class="m">', '\n# ', '\n > > '],
  '`\n> ',
];
const NOISE = [
  ...[
    `if (x == '${first}') {\n`,
    `"${first}" : 1, `,
    `'${first}', 'R', `,
    `\\x54\\x41`,
    '\n',
    ' ',
    'key = ',
    '",',
  ],
  ...['peek_c', base64('openai').slice(0, 4), base64('OpenAI').slice(-4), 'eyJ0', 'x'.repeat(40), '\\', '"'],
];
const ESCAPED: readonly ((code: number) => string)[] = [
  (code) => `\\x${code.toString(16)}`,
  (code) => `\\u00${code.toString(16)}`,
  (code) => `&#${code};`,
  (code) => `%${code.toString(16)}`,
  (code) => `\\${code.toString(8).padStart(3, '0')}`,
  (code) => `\\\\u00${code.toString(16)}`,
];

/** Of these no literal is made: a key that is found by chance proves nothing. */
const BODY = '[qjxzvQJXZ]';
const FORM = `sk-proj-<${BODY}:74><marker><${BODY}:72>Aq`;

/** A key whose marker is taken apart and escaped here and there, or one in base64, broken into lines. */
function damaged(random: () => number): string {
  const often = random();
  const key = freshKey(FORM, random);
  if (random() < 0.5) return wrapped(random);
  const marker = [...MARKER].map((letter) => {
    const written = random() < often / 2 ? pick(ESCAPED, random)(letter.charCodeAt(0)) : letter;
    return random() < often ? pick(SEAMS, random) + written : written;
  });
  const seam = random() < often ? pick(SEAMS, random) : '';
  return `"${key.split(MARKER).join(marker.join('') + seam)}"`;
}

/** A key with the marker, or one that only its name tells, encoded as a whole and broken into lines. */
function wrapped(random: () => number): string {
  const depth = 1 + Math.floor(random() * 3);
  const name = `${pick(depth === 1 ? SPELLINGS : SPELLINGS.slice(0, 3), random)}KEY`;
  const key = freshKey(random() < 0.3 ? FORM : 'F2', random);
  let text = `${'x '.repeat(random() * 40)}${name}="${key}"\n`;
  for (let each = 0; each < depth; each++) text = base64(text);
  const width = 24 + Math.floor(random() * 56);
  const lines = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return lines.join(pick([...WRAPS, ...SEAMS], random));
}

/** The first three are looked for wherever they are broken, however deep they are encoded. */
const SPELLINGS = ['OPENAI_API_', 'OpenAI', 'openai.', 'OpenAi', 'openAi', 'openAI', 'Openai-'];
const WRAPS = [
  '\n',
  '\r\n',
  '\n    ',
  '',
  '\\n',
  '\\r\\n',
  '%0A',
  '%0D%0a',
  '\\u000a',
  '&#xa;',
  '\\\\n',
  '\\x0A',
  '\\012',
];

const noise = (random: () => number): string =>
  Array.from({ length: Math.floor(random() * 6) }, () => pick(NOISE, random)).join('');

const settings = { seed: seed | 0, numRuns: 2000 };

test(`whatever is found in a text, the text is worth a look (KEYSCAN_TEST_SEED=${seed})`, () => {
  let found = 0;
  fc.assert(
    fc.property(fc.nat(), (from) => {
      const random = seeded(from);
      const text = damaged(random);
      if (candidatesIn(compiled, 0, Buffer.from(text, 'latin1')).length === 0) return;
      const [before, behind] = [noise(random), noise(random)];
      const bytes = Buffer.from(before + text + behind, 'latin1');
      found += 1;
      expect(isWorthALook(compiled, bytes)).toBe(true);
      expect(sieve.holdsContent(bytes, 0, bytes.length)).toBe(true);
    }),
    settings,
  );
  expect(found).toBeGreaterThan(settings.numRuns / 4);
});

test('where nothing was in a text, what is put into it is judged by what is near it', () => {
  let held = 0;
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (from, at, cut) => {
      const random = seeded(from);
      const parts = Array.from({ length: 12 }, () => pick([...NOISE, ...SEAMS], random)).join('');
      const base = Buffer.from(parts, 'latin1');
      if (sieve.holdsContent(base, 0, base.length)) return;
      const start = at % base.length;
      const put = Buffer.from(
        random() < 0.5 ? '' : pick([...NOISE, ...SEAMS, MARKER[1] ?? ''], random),
        'latin1',
      );
      const bytes = Buffer.concat([base.subarray(0, start), put, base.subarray(start + (cut % 9))]);
      const holds = sieve.holdsContent(bytes, 0, bytes.length);
      held += Number(holds);
      expect(sieve.holdsContent(bytes, start, start + put.length)).toBe(holds);
    }),
    { ...settings, numRuns: 4000 },
  );
  expect(held).toBeGreaterThan(0);
});
