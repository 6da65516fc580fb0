// What makes a body a placeholder, to the character: one less, and it can be a key's.

import { isMadeUp, isMadeUpValue } from '../../src/detect/placeholder.ts';

/** Drawn once: without structure, so that what a test puts into it is all there is. */
const DRAWN = 'hQ7vKd2XwPz9mTf4RcLb8sYnG3jUe6aWxH5kZqBt';

/** `part` in the middle of 40 characters. */
const among = (part: string): string => DRAWN.slice(0, 20) + part + DRAWN.slice(20 + part.length);

test('what is drawn is neither', () => {
  expect([DRAWN, DRAWN.slice(0, 20)].map((body) => [isMadeUp(body), isMadeUpValue(body)])).toEqual([
    [false, false],
    [false, false],
  ]);
});

test.each([
  ['a run', '1111111', '111111'],
  ['an alphabet', 'efghijk', 'efghij'],
  ['digits in order', '2345678', '234567'],
  ['an alphabet backwards', 'kjihgfe', 'kjihgf'],
  ['two alphabets in turns', '1p2q3r4s5', '1p2q3r4s'],
  ['two characters in turns', 'p9p9p9p9p9', 'p9p9p9p9p'],
  ['seven characters again and again', 'p9Kx3vM'.repeat(3).slice(0, 15), 'p9Kx3vM'.repeat(2)],
  ['keys side by side', 'qwertyu', 'qwerty'],
  ['keys side by side, in capitals', 'ZXCVBNM', 'ZXCVBN'],
  ['keys side by side, backwards', 'lkjhgfd', 'lkjhgf'],
])('%s', (_, long, short) => {
  expect([isMadeUp(among(long)), isMadeUp(among(short))]).toEqual([true, false]);
});

test.each([
  ['alphabets in capitals and not', 'aBcDeFg', 'aBcDeF'],
  ['an alphabet backwards in capitals and not', 'gFeDcBa', 'gFeDcB'],
  ['two alphabets in turns, in capitals and not', '1P2q3R4s5', '1P2q3R4s'],
  ['two characters in turns, in capitals and not', 'p9P9p9P9p9', 'p9P9p9P9p'],
  ['keys side by side', 'qwerty', 'qwert'],
  ['an alphabet between digits', 'ab1cd2ef3gh', 'ab1cd2ef3g'],
  ['an ellipsis', '...', '..'],
  ['one in one character', '…', '-'],
  ['a mask', '*', '+'],
  ['a variable', '$', '/'],
])('of a value without the marker: %s', (_, long, short) => {
  expect([isMadeUpValue(among(long)), isMadeUpValue(among(short)), isMadeUp(among(long))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('one character is half of it', () => {
  const every = (step: number): string => [...DRAWN].map((char, at) => (at % step ? char : '-')).join('');
  expect([isMadeUp(every(2)), isMadeUp(every(2).replace('-', '_')), isMadeUp(every(3))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('hardly any different characters', () => {
  const [five, six] = ['abcde', 'abcdef'].map((letters) =>
    Array.from({ length: 20 }, (_, n) => letters[(n * n + (n >> 2)) % letters.length]).join(''),
  ) as [string, string];
  expect([five, six, five.slice(1)].map(isMadeUp)).toEqual([true, false, false]);
});

test('the same twice', () => {
  const [eight, nine, twenty] = [8, 9, 20].map((length) => DRAWN.slice(0, length)) as [
    string,
    string,
    string,
  ];
  const far = DRAWN.slice(8, 21);
  expect([eight + eight, nine + nine, `${nine}x${nine}`, twenty + twenty].map(isMadeUp)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  // Halves that do not stand side by side, and a unit too long to be written by hand.
  expect([eight.slice(1).repeat(2).slice(0, 14), `${eight}Xy${far}Zq${eight}`].map(isMadeUp)).toEqual([
    false,
    false,
  ]);
  expect(isMadeUp(`Zq${'p9Kx3vMw'.repeat(3)}${DRAWN}`)).toBe(true);
  expect([20, 21].map((length) => isMadeUp(`${DRAWN.slice(0, length).repeat(2)}Zq`))).toEqual([true, false]);
  expect(isMadeUp(DRAWN + DRAWN)).toBe(true);
});

test('runs count by their share: chance writes five zeros into one token of many', () => {
  expect(isMadeUpValue(among('00000'))).toBe(false);
  expect(isMadeUpValue(`${DRAWN.slice(0, 16)}00000`)).toBe(false);
  expect(isMadeUpValue(`${DRAWN.slice(0, 15)}00000`)).toBe(true);
  expect(isMadeUpValue(`${DRAWN.slice(0, 14)}0000`)).toBe(false);
  const twice = `${DRAWN.slice(0, 15)}00000${DRAWN.slice(15, 30)}`;
  expect([`${twice}11111`, `${twice}z11111`].map(isMadeUpValue)).toEqual([true, false]);
  expect(isMadeUpValue(Array.from('k3Tb9XeW', (char) => char.repeat(5)).join(''))).toBe(true);
});

test('words count as a whole between separators, and when they are a fifth of it', () => {
  const words = (...parts: string[]): boolean => isMadeUpValue(parts.join(''));
  expect(words('your-', DRAWN.slice(0, 15))).toBe(true);
  expect(words('your-', DRAWN.slice(0, 16))).toBe(false);
  expect(words('YOUR_', DRAWN.slice(0, 15))).toBe(true);
  expect(words('test2.', DRAWN.slice(0, 14))).toBe(true);
  expect(words('test09.', DRAWN.slice(0, 12))).toBe(true);
  expect(words('test2x.', DRAWN.slice(0, 14))).toBe(false);
  expect(words('my-key-', DRAWN.slice(0, 18))).toBe(true);
  expect(words('my-key-', DRAWN.slice(0, 19))).toBe(false);
  expect(words('your', DRAWN.slice(0, 16))).toBe(false);
});

/** Reference §5.1. */
const WORDS =
  'your key here test fake dummy example replace placeholder synthetic not real secret insert change todo sample mock ' +
  'invalid redacted masked';

test.each(WORDS.split(' '))('such a word is %s', (word) => {
  const drawn = DRAWN.repeat(2).slice(7);
  expect(isMadeUpValue(`${word}-${drawn.slice(0, 4 * word.length - 1)}`)).toBe(true);
  expect(isMadeUpValue(`${word}-${drawn.slice(0, 4 * word.length)}`)).toBe(false);
});
