// Values that are encoded as a whole: told from checksums and pictures by what they decode to.

import { randomBytes } from 'node:crypto';
import { encodedRuns } from '../../src/detect/decode/encoded-runs.ts';
import { decodeWide, type Encoding, encodingOf } from '../../src/detect/decode/wide.ts';
import { freshKey } from '../support/keys.ts';
import { scan } from '../support/scanning.ts';

/** Its bytes are no text: the eighth bit of each is set. */
const noise = (length: number): Buffer => Buffer.from(randomBytes(length).map((byte) => byte | 0x80));
const text = (length: number): Buffer => Buffer.from('plain text '.repeat(length).slice(0, length));

test.each<[name: string, written: string, labels: string[]]>([
  ['text in base64', text(60).toString('base64'), ['base64']],
  ['text in base64 of URLs', text(60).toString('base64url'), ['base64']],
  ['lines and tabs in base64', Buffer.from(`\ta\r\n`.repeat(20)).toString('base64'), ['base64']],
  ['text in hexadecimal', text(60).toString('hex'), ['hex']],
  ['text in capital hexadecimal', text(60).toString('hex').toUpperCase(), ['hex']],
  ['two of them', `${text(60).toString('base64')} ${text(60).toString('hex')}`, ['base64', 'hex']],
  ['a checksum', noise(64).toString('hex'), []],
  ['a picture', noise(60).toString('base64'), []],
  ['a picture that begins with text', Buffer.concat([text(60), noise(60)]).toString('base64'), []],
  ['text too short to hold a key', text(27).toString('base64'), []],
  ['words', 'not encoded at all', []],
])('%s', (_, written, labels) => {
  const bytes = Buffer.from(`value: ${written} # end`);
  const runs = [...encodedRuns(bytes, { from: 0, to: bytes.length })];
  expect(runs.map(({ label }) => label)).toEqual(labels);
  for (const { decoded, from, to, label } of runs)
    expect(decoded.bytes).toEqual(
      Buffer.from(bytes.toString('latin1', from, to), label === 'hex' ? 'hex' : 'base64'),
    );
});

describe('how a file is written', () => {
  const ascii = 'key = value\n';
  const wide = (source: string, width: number, place: number): Buffer => {
    const bytes = Buffer.alloc(source.length * width);
    for (let at = 0; at < source.length; at++) bytes[at * width + place] = source.charCodeAt(at);
    return bytes;
  };
  const foreign = Buffer.from([0x2d, 0x4e, 0x2d, 0x4e]);
  test.each<[name: string, head: Buffer, encoding: Encoding, bomLength: number]>([
    ['nothing', Buffer.alloc(0), 'utf-8', 0],
    ['ASCII', Buffer.from(ascii), 'utf-8', 0],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${ascii}`), 'utf-8', 3],
    ['UTF-16LE with its mark', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'utf-16le', 2],
    ['UTF-16BE with its mark', Buffer.from([0xfe, 0xff, 0x00, 0x41]), 'utf-16be', 2],
    ['UTF-32LE with its mark', Buffer.from([0xff, 0xfe, 0, 0]), 'utf-32le', 4],
    ['UTF-32BE with its mark', Buffer.from([0, 0, 0xfe, 0xff]), 'utf-32be', 4],
    ['UTF-16LE', wide(ascii, 2, 0), 'utf-16le', 0],
    ['UTF-16BE', wide(ascii, 2, 1), 'utf-16be', 0],
    ['UTF-32LE', wide(ascii, 4, 0), 'utf-32le', 0],
    ['UTF-32BE', wide(ascii, 4, 3), 'utf-32be', 0],
    // Of so few nothing can be told.
    ['three wide characters', wide('a=b', 2, 0), 'utf-8', 0],
    ['three of four, UTF-16LE', Buffer.from('a=b中', 'utf16le'), 'utf-16le', 0],
    ['three of four, UTF-16BE', Buffer.from('a=b中', 'utf16le').swap16(), 'utf-16be', 0],
    ['three of four, UTF-32LE', Buffer.concat([wide('a=b', 4, 0), foreign]), 'utf-32le', 0],
    ['three of four, UTF-32BE', Buffer.concat([wide('a=b', 4, 3), foreign]), 'utf-32be', 0],
    ['two of four', Buffer.from('a=中中', 'utf16le'), 'utf-8', 0],
    [
      'words that begin what is foreign',
      Buffer.from(`${ascii}more${'中'.repeat(99)}`, 'utf16le'),
      'utf-16le',
      0,
    ],
    ['names between NULs', Buffer.from('HOME=/root\0PATH=/bin\0'), 'utf-8', 0],
    ['NULs alone', Buffer.alloc(64), 'utf-8', 0],
  ])('%s', (_, head, encoding, bomLength) => {
    expect(encodingOf(head)).toEqual({ encoding, bomLength });
  });

  test.each([
    ['utf-16le', 2, 0],
    ['utf-16be', 2, 1],
    ['utf-32le', 4, 0],
    ['utf-32be', 4, 3],
  ] as const)(
    '%s is read a character at a time; what no key is written in ends one',
    (encoding, width, place) => {
      const unit = (...set: (readonly [at: number, byte: number])[]): Buffer => {
        const bytes = Buffer.alloc(width);
        for (const [at, byte] of set) bytes[at] = byte;
        return bytes;
      };
      const others = Array.from({ length: width }, (_, at) => at).filter((at) => at !== place);
      const foreign = others.map((at) => unit([place, 0x41], [at, 1]));
      const bytes = Buffer.concat([
        unit([place, 0x41]),
        unit([place, 0xe9]),
        ...foreign,
        unit([place, 0x42]),
        foreign[0]?.subarray(1) ?? unit(),
      ]);
      const { bytes: read, starts, ends } = decodeWide(bytes, encoding);
      expect(read.toString('latin1')).toBe(`A\xe9${'\xff'.repeat(others.length)}B`);
      expect([...starts]).toEqual([...read].map((_, index) => index * width));
      expect([...ends]).toEqual([...read].map((_, index) => (index + 1) * width));
    },
  );
});

describe('a key in wide text', () => {
  const key = freshKey('<[a-z]:1><digit:1><[A-Z]:1><alnum:29>');
  const of = (bytes: Buffer) => scan(bytes).map(({ ruleId, fingerprint }) => [ruleId, fingerprint]);
  const text = `OPENAI_API_KEY=${key}`;

  test.each(['utf-16le', 'utf-16be'])(
    'ends where other letters begin, though their bytes are letters: %s',
    (encoding) => {
      const bytes = Buffer.from(`${text}\u4141\u4142\n`, 'utf16le');
      expect(of(encoding === 'utf-16le' ? bytes : bytes.swap16())).toEqual(of(Buffer.from(text)));
    },
  );

  test('is found at an odd place as well', () => {
    const marked = freshKey();
    const wide = Buffer.from(`${text}\n`, 'utf16le');
    const bytes = Buffer.concat([wide, Buffer.from('x'), Buffer.from(`\n${marked}\n`, 'utf16le')]);
    expect(of(bytes)).toEqual([...of(Buffer.from(text)), ...of(Buffer.from(marked))]);
  });
});

// The eye sees nothing of them, and neither does who pastes it.
test.each([
  ['a NUL after every character', 1, 'utf-16le', 'utf-16be'],
  ['three NULs after every character', 3, 'utf-32le', 'utf-32be'],
  ['two NULs after every character', 2, 'nul', 'nul'],
  ['five NULs after every character', 5, 'nul', 'nul'],
])('a key with %s is called %s, or %s where it begins elsewhere', (_, count, label, other) => {
  const key = freshKey();
  const written = [...key].join('\0'.repeat(count)) + '\0'.repeat(count);
  const [plain] = scan(key);
  for (const [before, decoded] of [
    ['text of 24\nthe key is = ', label],
    ['text\nkey = ', other],
  ] as const)
    expect(scan(`${before}${written}\n`)).toMatchObject([
      { ruleId: 'openai-project-key', fingerprint: plain?.fingerprint, decoded: [decoded] },
    ]);
});

const hexPairs = (key: string): string[] => Buffer.from(key).toString('hex').match(/../g) ?? [];
const widePairs = (key: string): string[] => Buffer.from(key, 'utf16le').toString('hex').match(/../g) ?? [];
const wrapped = (numbers: readonly (number | string)[], perLine: number, end: string, gap = ' '): string =>
  numbers.map((each, n) => (n % perLine === 0 ? `${end}${each}` : `${gap}${each}`)).join(',');

// Wherever the lines break, which the length of what stands before decides.
test.each<[name: string, write: (text: string) => string]>([
  [
    'xxd -i',
    (text) =>
      wrapped(
        hexPairs(text).map((each) => `0x${each}`),
        12,
        '\n  ',
      ),
  ],
  ['decimal numbers, 16 a line', (text) => wrapped([...Buffer.from(text)], 16, '\n    ')],
  ['a buffer as JSON', (text) => JSON.stringify({ body: Buffer.from(text) }, null, 2)],
  [
    'one number a line',
    (text) =>
      wrapped(
        hexPairs(text).map((each) => `0x${each}`),
        1,
        '\n\t',
      ),
  ],
  [
    'an expandable string of the registry',
    (text) => `hex(2):${wrapped(widePairs(text), 23, '\\\r\n  ', '')}`,
  ],
  ['a dump of nvarchar', (text) => `VALUES (0x${widePairs(text).join('').toUpperCase()})`],
])('a key as %s', (_, write) => {
  const key = freshKey();
  const [plain] = scan(key);
  for (let before = 0; before < 24; before++) {
    const found = scan(`text\n${write(`${' '.repeat(before)}${key}\n`)}\n`);
    expect({ before, found }).toMatchObject({ found: [{ fingerprint: plain?.fingerprint }] });
    expect(found[0]?.decoded.join()).toMatch(/^(?:hex|decimal)/);
  }
});
