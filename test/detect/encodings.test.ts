// Encodings one by one: a key in each of them, and the edges of those that change single characters.

import { readAnsi } from '../../src/detect/decode/ansi.ts';
import { readSeam } from '../../src/detect/decode/join.ts';
import { reverse, rot13 } from '../../src/detect/decode/mirror.ts';
import { freshKey } from '../support/keys.ts';
import { complaint, nameOf, oneInEveryEncoding } from '../support/matrix.ts';
import { seed } from '../support/random.ts';
import { scan } from '../support/scanning.ts';

// The product of shapes, lines and encodings is in matrix.test.ts; it takes longer.
test.each(oneInEveryEncoding().map((each) => [nameOf(each), each] as const))(
  `%s (KEYSCAN_TEST_SEED=${seed})`,
  (_, each) => expect(complaint(each, seed)).toBeUndefined(),
);

const codes = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));
const inHex = (text: string): string[] => codes(text).map((code) => code.toString(16).padStart(2, '0'));
const inBase64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const cut = (key: string, by: string): string => `${key.slice(0, 90)}${by}${key.slice(90)}`;

const ENCODED: Readonly<Record<string, (key: string) => string>> = {
  base64: inBase64,
  hex: (key) => inHex(key).join(''),
  decimal: (key) => codes(key).join(', '),
  reversed: (key) => [...key].reverse().join(''),
  rot13: (key) => rot13(Buffer.from(key), 0, key.length).bytes.toString(),
  escape: (key) => `\\x${inHex(key).join('\\x')}`,
  percent: (key) => `%${inHex(key).join('%')}`,
  html: (key) => `&#x${inHex(key).join(';&#x')};`,
  unicode: (key) => `U+00${inHex(key).join(' U+00')}`.replaceAll(' ', ''),
  ansi: (key) => cut(key, '\x1b[1m'),
  invisible: (key) => cut(key, '\u200b'),
  joined: (key) => cut(key, '" + "'),
  // Undoing more is nobody's mistake.
  [Array(6).fill('base64').join(' > ')]: (key) => Array(6).fill(0).reduce(inBase64, key),
};

test.each(Object.entries(ENCODED))('how it was written is told: %s', (decoded, write) => {
  const key = freshKey();
  const [plain] = scan(key);
  expect(
    scan(`OPENAI_API_KEY = "${write(key)}"\n`).map(({ fingerprint, decoded }) => [
      fingerprint,
      decoded.join(' > '),
    ]),
  ).toEqual([[plain?.fingerprint, decoded]]);
});

test.each([
  ['base64', inBase64, 'joined > base64'],
  ['hex', (key: string) => inHex(key).join(''), 'hex'],
])('%s that is taken apart, wherever', (_, write, decoded) => {
  const key = freshKey();
  const [plain] = scan(key);
  const written = write(key);
  for (let at = 6; at < written.length - 6; at += 14)
    for (const seam of ['" + "', "' . '", '" &\n  "', '\\\n  '])
      expect({
        at,
        seam,
        found: scan(`x = "${written.slice(0, at)}${seam}${written.slice(at)}"\n`),
      }).toMatchObject({
        at,
        seam,
        found: [{ fingerprint: plain?.fingerprint, decoded: decoded.split(' > ') }],
      });
});

test('what stands beside an encoded key without the marker says whose it is', () => {
  const written = inBase64(freshKey('sk-<alnum:48>'));
  const rules = (text: string) => scan(text).map(({ ruleId, decoded }) => [ruleId, decoded.join()]);
  const found = [['openai-legacy-key', 'base64']];
  expect(rules(`OPENAI_API_KEY: ${written}\n`)).toEqual(found);
  expect(rules(`x: ${written} # openai\n`)).toEqual(found);
  expect(rules(`x: ${written}\n`)).toEqual([]);
  expect(rules(`openai${' '.repeat(170)}${written}${' '.repeat(170)}openai\n`)).toEqual([]);
});

test('a value that is encoded is read to its end, however near it the name is', () => {
  const key = freshKey('sk-<alnum:48>');
  const [plain] = scan(`OPENAI_API_KEY=${key}\n`);
  for (const write of [inBase64, (text: string) => inHex(text).join('')]) {
    const written = write(`${'a setting = 1\n'.repeat(60)}key = ${key}\n${'a setting = 1\n'.repeat(60)}`);
    for (const text of [`OPENAI: ${written}\n`, `x: ${written} # openai\n`])
      expect(scan(text).map(({ ruleId, fingerprint }) => [ruleId, fingerprint])).toEqual([
        ['openai-legacy-key', plain?.fingerprint],
      ]);
  }
});

/** Whether all of what stands between `ab` and `cd` is taken out. */
const isSeam = (between: string): boolean => {
  const bytes = Buffer.from(`ab${between}cd`, 'latin1');
  const read = readSeam(bytes, 2, bytes.length);
  return read?.byte === -1 && read.length === between.length;
};

describe('two pieces are one', () => {
  test.each([
    ...['" + "', "','", '` `', '"+\n  "', '" \\\n  "', '" & _\n\t"', "' .\r\n  '", '\\" + \\"', '" | "'],
    ...['").concat("', "').push('", '" u8"', '", rb"', '" + @"', '" + _("', '" + "" + "', '""', '" + L"'],
    ...['").append("', '") + String.raw("', "', '", `"${'\n'.repeat(157)}"`],
    ...['${"', '"}', "#{'", '${ "', '" }', '`}', `\${${' '.repeat(13)}"`],
    ...['\\\n', '=\r\n', '\n    ', '`\n  ', '^\r\n', '  \n', '\n  \\', `\\\n${' '.repeat(150)}`],
  ])('with %j between them', (between) => expect(isSeam(between)).toBe(true));

  test.each([
    ...['', '"', '"; "', '" = "', '" / "', '" ] + [ "', '" ! "', '" and "', '" concats "', '" frb"', '$"'],
    ...['" + 7 + "', '").concatenated("', '" + raws "', `"${' '.repeat(159)}"`, '$', '{"', '${', '${x"'],
    ...['"x}', '#"', `\${${' '.repeat(14)}"`, '\\', '=', '  ', '\\x\n', '\n-', '\n\\\\', '\n"'],
    `\\\n${' '.repeat(158)}`,
  ])('but not with %j', (between) => expect(isSeam(between)).toBe(false));

  test('where both are of one token, and nothing is read behind the stretch', () => {
    const bytes = Buffer.from('ab" + "cd.');
    expect(readSeam(bytes, 2, bytes.length)).toEqual({ byte: -1, length: 5 });
    for (const text of ['a." + "cd', '  " + "cd', 'ab" + ".d', 'ab" + "'])
      expect(readSeam(Buffer.from(text), 2, text.length)).toBeUndefined();
    for (const to of [3, 5, 6]) expect(readSeam(bytes, 2, to)).toBeUndefined();
  });
});

/** How many bytes of a text that begins with a sequence are taken out; `to`: where the stretch ends. */
const ansiLength = (text: string, to = text.length): number | undefined =>
  readAnsi(Buffer.from(text, 'latin1'), 0, to)?.length;

describe('terminal sequences end where a terminal ends them', () => {
  test.each([
    ['\x1b[1;31mx', 7],
    ['\x1b[@x', 3],
    ['\x1b[ ?~x', 5],
    ['\x9b0mx', 3],
    [`\x1b[${'0'.repeat(63)}mx`, 66],
    ['\x1b(Bx', 3],
    ['\x1b)0x', 3],
    ['\x1bMx', 2],
    ['\x1b]0;title\x07x', 10],
    ['\x1b]8;;\\\x1b\\x', 8],
    [`\x1b]${'0'.repeat(509)}\x07x`, 512],
  ])('%j: %d', (text, length) => expect(ansiLength(text)).toBe(length));

  test.each([
    ...['x', '[m', '\x1b[\x7f', '\x1b[\x1f', '\x1b[1', `\x1b[${'0'.repeat(64)}m`, '\x1b]0', '\x1b]x\x1bx\\'],
    `\x1b]${'0'.repeat(510)}\x07`,
  ])('not one: %j', (text) => expect(ansiLength(text)).toBeUndefined());

  test('nothing is read behind the stretch', () => {
    for (const text of ['\x1b[1;31m', '\x1b]0;title\x07'])
      expect(ansiLength(text, text.length - 1)).toBeUndefined();
    expect(ansiLength('\x1b(B', 2)).toBe(2);
  });
});

describe('mirrors', () => {
  const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const places = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

  test('rot13 changes letters, and nothing else', () => {
    const expected = all.toString('latin1').replace(/[a-z]/gi, (char) => {
      const first = char < 'a' ? 65 : 97;
      return String.fromCharCode(first + ((char.charCodeAt(0) - first + 13) % 26));
    });
    const { bytes, starts, ends } = rot13(all, 7, 250);
    expect(bytes.toString('latin1')).toBe(expected.slice(7, 250));
    expect([[...starts], [...ends]]).toEqual([places(7, 250), places(8, 251)]);
  });

  test('backwards, each byte keeps its place', () => {
    const { bytes, starts, ends } = reverse(all, 7, 250);
    expect([...bytes]).toEqual(places(7, 250).reverse());
    expect([[...starts], [...ends]]).toEqual([places(7, 250).reverse(), places(8, 251).reverse()]);
  });
});
