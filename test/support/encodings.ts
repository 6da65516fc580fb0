// Every way of writing a file, a text or a key that issue 2 (item 5) and reference §4.1 name.

import { BASE64_ENCODINGS } from './base64-encodings.ts';
import { type Encoding, pick, placeAt, plain, utf8 } from './placed.ts';
import { SPLIT_ENCODINGS } from './splits.ts';

type Random = () => number;
type Decoded = Encoding['decoded'];

const file = (name: string, decoded: Decoded, bytesOf: (text: string) => Buffer): Encoding => ({
  name,
  reach: 'file',
  decoded,
  place: ({ before, key, after }) => placeAt(before + key + after, before.length, bytesOf),
});

/** `lead` and `trail` stand on lines, or between NUL bytes, of their own. */
const framed = (name: string, lead: string, trail: string, bytesOf = utf8): Encoding => ({
  name,
  reach: 'file',
  decoded: 'none',
  place: ({ before, key, after }) => {
    const { line, column } = placeAt(lead + before + key + after, (lead + before).length);
    const bytes = Buffer.concat([bytesOf(lead), utf8(before + key + after), bytesOf(trail)]);
    return { bytes, line: line as number, column: column as number };
  },
});

/** Another way of writing the key; `lead` is what stands before its first character. */
const ofKey = (
  name: string,
  write: (key: string, random: Random) => string,
  { lead = '', trail = '', decoded = 'some' as Decoded } = {},
): Encoding => ({
  name,
  reach: 'key',
  decoded,
  place: ({ before, key, after }, random) =>
    placeAt(before + lead + write(key, random) + trail + after, (before + lead).length),
});

const each =
  (write: (code: number, random: Random) => string, which: (char: string, random: Random) => boolean) =>
  (key: string, random: Random): string =>
    Array.from(key, (char) => (which(char, random) ? write(char.charCodeAt(0), random) : char)).join('');

const every = (): boolean => true;
const dashes = (char: string): boolean => char === '-';
const half = (_: string, random: Random): boolean => random() < 0.5;

const hex = (code: number, width: number, random: Random): string => {
  const digits = code.toString(16).padStart(width, '0');
  return random() < 0.5 ? digits : digits.toUpperCase();
};

const CHARACTER_FORMS: Readonly<Record<string, (code: number, random: Random) => string>> = {
  'json-u': (code, random) => `\\u${hex(code, 4, random)}`,
  percent: (code, random) => `%${hex(code, 2, random)}`,
  'html-decimal': (code) => `&#${code};`,
  'html-hex': (code, random) => `&#x${hex(code, 2, random)};`,
  'backslash-x': (code, random) => `\\x${hex(code, 2, random)}`,
  'u-braces': (code, random) => `\\u{${hex(code, 2, random)}}`,
  octal: (code) => `\\${code.toString(8).padStart(3, '0')}`,
};

const characterEncodings = Object.entries(CHARACTER_FORMS).flatMap(([name, write]) => [
  ofKey(`${name}-all`, each(write, every)),
  ofKey(`${name}-dash`, each(write, dashes)),
  ofKey(`${name}-half`, each(write, half)),
]);

const bom = (bytes: readonly number[], bytesOf: (text: string) => Buffer) => (text: string) =>
  Buffer.concat([Buffer.from(bytes), bytesOf(text)]);

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const utf32le = (text: string): Buffer => {
  const bytes = Buffer.alloc(4 * [...text].length);
  [...text].forEach((char, index) => {
    bytes.writeUInt32LE(char.codePointAt(0) ?? 0, 4 * index);
  });
  return bytes;
};
const utf32be = (text: string): Buffer => utf32le(text).swap32();

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const FILE_ENCODINGS: readonly Encoding[] = [
  plain,
  file('utf8-bom', 'none', bom([0xef, 0xbb, 0xbf], utf8)),
  file('utf16le', 'some', utf16le),
  file('utf16be', 'some', utf16be),
  file('utf16le-bom', 'some', bom([0xff, 0xfe], utf16le)),
  file('utf16be-bom', 'some', bom([0xfe, 0xff], utf16be)),
  file('utf32le', 'some', utf32le),
  file('utf32be', 'some', utf32be),
  file('utf32le-bom', 'some', bom([0xff, 0xfe, 0, 0], utf32le)),
  file('utf32be-bom', 'some', bom([0, 0, 0xfe, 0xff], utf32be)),
  {
    // `"…" >> file` in Windows PowerShell: UTF-16 behind lines of UTF-8. The contract does not say where that is.
    name: 'utf16le-appended',
    reach: 'file',
    decoded: 'some',
    place: ({ before, key, after }) => ({
      bytes: Buffer.concat([utf8('first line\n'), utf16le(before + key + after)]),
    }),
  },
  {
    name: 'crlf',
    reach: 'file',
    decoded: 'none',
    place: ({ before, key, after }) => {
      const lead = before.replaceAll('\n', '\r\n');
      return placeAt(`${lead}${key}${after.replaceAll('\n', '\r\n')}`, lead.length);
    },
  },
  framed('nul-elsewhere', '\0\0\x01PNG\0\n', '\n\0\0\0\0end\0'),
  framed('nul-between', 'PATH=/bin\0HOME=/\0', '\0SHELL=/bin/sh\0'),
  framed('latin1', 'caf\xe9 \xfc\xdf\n', '\n\xa9 Gr\xfc\xdfe\n', latin1),
  framed('invalid-utf8', '\xc3\x28 \xff\xfe\xf8\x88\n', '\n\xed\xa0\x80\xc0\xaf\n', latin1),
];

const hexText = (name: string, upper: boolean): Encoding => ({
  name,
  reach: 'text',
  decoded: 'some',
  place: ({ before, key, after }) => {
    const digits = utf8(before + key + after).toString('hex');
    const lead = 'blob: ';
    return placeAt(
      `${lead}${upper ? digits.toUpperCase() : digits}\n`,
      lead.length + 2 * utf8(before).length,
    );
  },
});

const TEXT_ENCODINGS: readonly Encoding[] = [
  hexText('hex-lower', false),
  hexText('hex-upper', true),
  {
    name: 'json-string',
    reach: 'text',
    decoded: 'any',
    place: ({ before, key, after }) => {
      const lead = `{"text": ${JSON.stringify(before).slice(0, -1)}`;
      return placeAt(`${lead}${key}${JSON.stringify(after).slice(1)}}\n`, lead.length);
    },
  },
];

const same = (key: string): string => key;

/** As `grep --color` prints a match: the line is coloured around a part of the key. */
const highlighted = (key: string, random: Random): string => {
  const from = 1 + Math.floor(random() * (key.length - 9));
  const marked = `\x1b[01;31m\x1b[K${key.slice(from, from + 8)}\x1b[m\x1b[K`;
  return key.slice(0, from) + marked + key.slice(from + 8);
};

/** A character nobody sees, anywhere in the key. */
const withInvisible =
  (char: string) =>
  (key: string, random: Random): string => {
    const at = 1 + Math.floor(random() * (key.length - 1));
    return key.slice(0, at) + char + key.slice(at);
  };

const ESCAPED_ESC = ['\\u001b', '\\x1b', '\\033', '\\e'];

const KEY_ENCODINGS: readonly Encoding[] = [
  ...characterEncodings,
  ofKey('hex-key', (key) => Buffer.from(key).toString('hex')),
  ofKey('html-quot', same, { lead: '&quot;', trail: '&quot;', decoded: 'any' }),
  ofKey('html-hash-34', same, { lead: '&#34;', trail: '&#34;', decoded: 'any' }),
  ofKey('json-quote', same, { lead: '\\"', trail: '\\"', decoded: 'any' }),
  ofKey('json-quote-twice', same, { lead: '\\\\\\"', trail: '\\\\\\"', decoded: 'any' }),
  ofKey('json-newline', same, { lead: '\\n', trail: '\\n', decoded: 'any' }),
  ofKey('json-crlf', same, { lead: '\\r\\n', trail: '\\r\\n', decoded: 'any' }),
  ofKey('json-tab', same, { lead: '\\t', trail: '\\t', decoded: 'any' }),
  ofKey('ansi-before', same, { lead: '\x1b[32m', decoded: 'any' }),
  ofKey('ansi-around', same, { lead: '\x1b[1;33m', trail: '\x1b[0m', decoded: 'any' }),
  ofKey('ansi-middle', highlighted),
  // As many digits as it takes: only where no plain digit can follow.
  ofKey(
    'octal-short',
    each((code) => `\\${code.toString(8)}`, every),
  ),
  ofKey('markdown', (key) => key.replace(/[_-]/g, '\\$&')),
  ofKey('soft-hyphen', withInvisible('\u00ad')),
  ofKey('zero-width-space', withInvisible('\u200b')),
  ofKey('word-joiner', withInvisible('\u2060')),
  ofKey('zero-width-space-html', withInvisible('&#8203;')),
  ofKey('zero-width-space-json', withInvisible('\\u200b')),
  ...ESCAPED_ESC.map((esc) =>
    ofKey(`ansi-written-${esc}`, same, { lead: `${esc}[32m`, trail: `${esc}[0m`, decoded: 'any' }),
  ),
];

export const ENCODINGS: readonly Encoding[] = [
  ...FILE_ENCODINGS,
  ...TEXT_ENCODINGS,
  ...BASE64_ENCODINGS,
  ...KEY_ENCODINGS,
  ...SPLIT_ENCODINGS,
];

/** Any of them, for samples. */
export const anyEncoding = (random: Random): Encoding => pick(ENCODINGS, random);
