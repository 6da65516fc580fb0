// Lines and columns, compared with what counting characters of the text gives.

import type { Encoding } from '../../src/detect/decode/wide.ts';
import { characterEnd, characterStart, Locator } from '../../src/detect/locate.ts';
import { seed, seeded } from '../support/random.ts';

const random = seeded(seed);
/** Of one to four bytes, and with a byte of LF in it. */
const CHARACTERS = [...'ab c\n\r\té中\u{1f600}\u0a0a\u010a\u2028'];

const WIDTHS = { 'utf-8': 1, 'utf-16le': 2, 'utf-16be': 2, 'utf-32le': 4, 'utf-32be': 4 } as const;

function encode(character: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(character);
  if (encoding.startsWith('utf-16')) {
    const bytes = Buffer.from(character, 'utf16le');
    return encoding.endsWith('be') ? bytes.swap16() : bytes;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(character.codePointAt(0) ?? 0);
  return encoding.endsWith('be') ? bytes.swap32() : bytes;
}

/** Characters in any order, and the byte each begins at. */
function made(encoding: Encoding) {
  const characters = Array.from(
    { length: 120 },
    () => CHARACTERS[Math.floor(random() * CHARACTERS.length)] ?? '',
  );
  const encoded = characters.map((character) => encode(character, encoding));
  const starts = [0];
  for (const { length } of encoded) starts.push((starts.at(-1) ?? 0) + length);
  return { characters, bytes: Buffer.concat(encoded), starts };
}

const ENCODINGS = Object.entries(WIDTHS) as [Encoding, number][];

test.each(ENCODINGS)(`%s (KEYSCAN_TEST_SEED=${seed})`, (encoding) => {
  for (let round = 0; round < 20; round++) {
    const { characters, bytes, starts } = made(encoding);
    const locator = new Locator(encoding);
    let from = 0;
    for (let index = 0; index < starts.length; index += Math.floor(random() * 6)) {
      const to = starts[index] as number;
      const lines = characters.slice(0, index).join('').split('\n');
      expect(locator.advance(bytes, from, to)).toEqual({
        line: lines.length,
        column: (lines.at(-1)?.length ?? 0) + 1,
      });
      from = to;
    }
  }
});

test('a stretch that ends before it begins is none', () => {
  const locator = new Locator('utf-8');
  expect(locator.advance(Buffer.from('ab\ncd'), 0, 4)).toEqual({ line: 2, column: 2 });
  expect(locator.advance(Buffer.from('ab\ncd'), 4, 1)).toEqual({ line: 2, column: 2 });
});

test('where a character begins, wherever in it a window ends', () => {
  const { bytes, starts } = made('utf-8');
  for (let at = 0; at < bytes.length; at++)
    expect(characterStart(bytes, at, 'utf-8', 0)).toBe(starts.findLast((start) => start <= at));
  // No text: as far back as a character can be long.
  expect(characterStart(Buffer.alloc(9, 0x80), 8, 'utf-8', 0)).toBe(5);
  expect(characterStart(Buffer.alloc(9, 0x80), 2, 'utf-8', 0)).toBe(0);
});

test.each(ENCODINGS)(
  'where a unit of %s begins and ends, as it is counted from the start of the stream',
  (encoding, width) => {
    for (let origin = 0; origin < 8; origin++)
      for (let at = 8; at < 24; at++) {
        const end = characterEnd(at, encoding, origin);
        expect([(origin + end) % width, end >= at && end < at + width]).toEqual([0, true]);
        if (encoding === 'utf-8') continue;
        const start = characterStart(Buffer.alloc(32), at, encoding, origin);
        expect([(origin + start) % width, start <= at && start > at - width]).toEqual([0, true]);
      }
  },
);
