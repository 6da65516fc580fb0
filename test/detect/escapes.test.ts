// Escapes, read where they stand: what each means, how many bytes it takes, and what only looks like one.

import { readAnsi } from '../../src/detect/decode/ansi.ts';
import { FOREIGN, type ReadEscape } from '../../src/detect/decode/decoder.ts';
import {
  readBackslash,
  readEntity,
  readPercent,
  readQuotedEquals,
  readUnicodeName,
} from '../../src/detect/decode/escapes.ts';
import { freshKey } from '../support/keys.ts';
import { scan } from '../support/scanning.ts';

type Meaning = readonly [byte: string | number, length: number] | undefined;

/** What is read at `at` of the text, and nothing of what stands behind it. */
function meaning(read: ReadEscape, text: string, at = 0): Meaning {
  const found = read(Buffer.from(text, 'latin1'), at, text.length);
  if (found === undefined) return undefined;
  const { byte, length } = found;
  return [byte < 0 || byte === FOREIGN ? byte : String.fromCharCode(byte), length];
}

describe('a backslash', () => {
  test.each<[text: string, meaning: Meaning]>([
    ['\\n', ['\n', 2]],
    ['\\\\', ['\\', 2]],
    ['\\_', ['_', 2]],
    ['\\x54', ['T', 4]],
    ['\\x5', undefined],
    ['\\x5g', undefined],
    ['\\x{54}', ['T', 6]],
    ['\\u0054', ['T', 6]],
    ['\\u20AC', [FOREIGN, 6]],
    ['\\u00', undefined],
    ['\\u{54}', ['T', 6]],
    ['\\u{000054}', ['T', 10]],
    ['\\u{1f511}', [FOREIGN, 9]],
    // Perl and JavaScript know no empty braces, and no code point has seven digits.
    ['\\u{}', undefined],
    ['\\u{0000054}', undefined],
    ['\\u{5g}', undefined],
    ['\\u{54', undefined],
    ['\\U00000054', ['T', 10]],
    ['\\U0001F511', [FOREIGN, 10]],
    ['\\124', ['T', 4]],
    ['\\1245', ['T', 4]],
    ['\\55', ['-', 3]],
    ['\\55x', ['-', 3]],
    ['\\9', undefined],
    ['\\5', undefined],
    ['\\54 ', ['T', 4]],
    ['\\2d ', ['-', 4]],
    ['\\000054', ['T', 7]],
    ['\\00054', ['\0', 4]],
    // Only two zeros begin what CSS writes with six digits.
    ['\\055abc', ['-', 4]],
    ['\\100abc', ['@', 4]],
    ['\\u0054}', ['T', 6]],
    ['\\q', undefined],
    ['\\', undefined],
    ['n', undefined],
    ['xn', undefined],
  ])('%j', (text, expected) => {
    expect(meaning(readBackslash, text)).toEqual(expected);
    expect(meaning(readBackslash, `xyz${text}`, 3)).toEqual(expected);
  });

  // `\64 ` is a `d` in CSS. In octal it is a 4, and the space stands behind it.
  test.each([
    ['\\73 \\64 ', 4, 'd', 4],
    ['x\\64 ', 1, 'd', 4],
    ['\\144\\64 ', 4, '4', 3],
    ['\\55\\64 ', 3, '4', 3],
    // A letter that CSS writes so stands behind octal digits without being one of them.
    ['144\\64 ', 3, 'd', 4],
    ['\\84\\64 ', 3, 'd', 4],
  ])('%j at %i', (text, at, byte, length) =>
    expect(meaning(readBackslash, text, at)).toEqual([byte, length]),
  );

  test.each([...'01234567'])('a key in octal whose last character is %s, before a space', (last) => {
    const key = `${freshKey('F1').slice(0, -1)}${last}`;
    const octal = [...key].map((char) => `\\${char.charCodeAt(0).toString(8)}`).join('');
    expect(scan(`${octal} x`)[0]?.fingerprint).toBe(scan(key)[0]?.fingerprint);
  });
});

test.each<[name: string, read: ReadEscape, text: string, meaning: Meaning]>([
  ['percent', readPercent, '%54', ['T', 3]],
  ['percent', readPercent, '%5', undefined],
  ['percent', readPercent, '54', undefined],
  ['percent', readPercent, 'x54', undefined],
  ['quoted-printable', readQuotedEquals, '=3D', ['=', 3]],
  ['quoted-printable', readQuotedEquals, '=3d', undefined],
  ['quoted-printable', readQuotedEquals, '=2D', undefined],
  ['quoted-printable', readQuotedEquals, '=3', undefined],
  ['quoted-printable', readQuotedEquals, 'x3D', undefined],
  // One space belongs to the name of a character, as Unicode writes them in a row.
  ['unicode', readUnicodeName, 'U+0054 U+0033', ['T', 7]],
  ['unicode', readUnicodeName, 'U+0054', ['T', 6]],
  ['unicode', readUnicodeName, 'U+0054x', ['T', 6]],
  ['unicode', readUnicodeName, 'U+20AC', [FOREIGN, 6]],
  ['unicode', readUnicodeName, 'U+00', undefined],
  ['unicode', readUnicodeName, 'U-0054', undefined],
  ['unicode', readUnicodeName, 'u+0054', undefined],
  ['html', readEntity, '&#84;', ['T', 5]],
  ['html', readEntity, '&#84', ['T', 4]],
  ['html', readEntity, '&#84x', ['T', 4]],
  ['html', readEntity, '&#84a', ['T', 4]],
  ['html', readEntity, '&#x54;', ['T', 6]],
  ['html', readEntity, '&#X54', ['T', 5]],
  ['html', readEntity, '&#0000084;', ['T', 10]],
  ['html', readEntity, '&#8364;', [FOREIGN, 7]],
  ['unicode', readUnicodeName, 'U+200B x', [-1, 7]],
  ['html', readEntity, '&#8203;', [-1, 7]],
  ['html', readEntity, '&#xFEFF;', [-1, 8]],
  ['html', readEntity, '&#;', undefined],
  ['html', readEntity, '&#x;', undefined],
  ['html', readEntity, '&#', undefined],
  ['html', readEntity, '&quot;', ['"', 6]],
  ['html', readEntity, '&shy;', [-1, 5]],
  ['html', readEntity, '&ZeroWidthSpace;', [-1, 16]],
  ['html', readEntity, '&euro;', [FOREIGN, 6]],
  // No method of an object is an entity.
  ['html', readEntity, '&valueOf;', [FOREIGN, 9]],
  ['html', readEntity, '&quot', undefined],
  ['html', readEntity, '&a=b;', undefined],
  ['html', readEntity, `&${'x'.repeat(15)};`, [FOREIGN, 17]],
  ['html', readEntity, `&${'x'.repeat(16)};`, undefined],
  ['html', readEntity, 'quot;', undefined],
  ['ansi', readAnsi, '\x1b[0m', [-1, 4]],
  ['ansi', readAnsi, '\x1b[38;5;1', undefined],
  ['ansi', readAnsi, '\x1b(B', [-1, 3]],
  ['ansi', readAnsi, '\x1b(', [-1, 2]],
  ['ansi', readAnsi, '\x1b7', [-1, 2]],
  ['ansi', readAnsi, '[0m', undefined],
])('%s: %#', (_, read, text, expected) => {
  expect(meaning(read, text)).toEqual(expected);
  expect(meaning(read, `xyz${text}`, 3)).toEqual(expected);
});

test.each<[read: ReadEscape, text: string]>([
  [readBackslash, '\\n'],
  [readBackslash, '\\x54'],
  [readBackslash, '\\u{54}'],
  [readPercent, '%54'],
  [readQuotedEquals, '=3D'],
  [readEntity, '&quot;'],
])('what ends behind the stretch is not read: %#', (read, text) => {
  expect(read(Buffer.from(text), 0, text.length - 1)).toBeUndefined();
});
