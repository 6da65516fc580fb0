// What GitHub knows a line by: codeql-action's own vectors, and nothing that helps to guess a credential.

import { lineHashes, withLineHashes } from '../../src/detect/line-hash.ts';
import type { Detection } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { detector } from '../support/scanning.ts';

const ENDED = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];

const vectors: readonly (readonly [string, string, readonly string[]])[] = [
  ['nothing', '', ['c129715d7a2bc9a3:1']],
  [
    'blanks',
    ' a\nb\n  \t\tc\n d',
    ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
  ],
  ['LF', ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', ENDED],
  ['CR', ' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', ENDED],
  ['CRLF', ' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', ENDED],
  ['a mixture', ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', ENDED],
  [
    'lines that repeat',
    'Lorem ipsum dolor sit amet.\n'.repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((occurrence) => `a7f2ff13bc495cf2:${occurrence}`),
      'a7f2ff1481e87703:1',
      'a9cf91f7bbf1862b:1',
      '55ec222b86bcae53:1',
      'cc97dc7b1d7d8f7b:1',
      'c129715d7a2bc9a3:1',
    ],
  ],
];

test.each(vectors)('%s', (_, text, expected) => {
  expect(lineHashes(text)).toEqual(expected);
});

function scan(content: string, chunk = content.length): readonly Detection[] {
  const open = withLineHashes(detector).open();
  const bytes = Buffer.from(content);
  // One buffer for all chunks, as sources do.
  const shared = Buffer.alloc(chunk);
  const second = Buffer.alloc(chunk);
  for (let at = 0, nth = 0; at < bytes.length; at += chunk, nth++) {
    const buffer = nth % 2 === 0 ? shared : second;
    open.push(buffer.subarray(0, bytes.copy(buffer, 0, at, at + chunk)));
  }
  return open.end();
}

const key = freshKey();
const hashOf = (content: string): string | undefined => scan(content)[0]?.lineHash;

describe('a detection', () => {
  const text = `import os\r\n\n\tapi_key = "${key}"\n${'# more\n'.repeat(20)}`;

  test('has the hash of its first line, in whatever pieces the content came', () => {
    expect(hashOf(text)).toBe(lineHashes(text)[2]);
    expect(scan(text, 16)[0]?.lineHash).toBe(lineHashes(text)[2]);
  });

  test('is otherwise the same', () => {
    const [{ lineHash: _, ...rest } = { lineHash: '' }] = scan(text);
    const plain = detector.open();
    plain.push(Buffer.from(text));
    expect(rest).toEqual(plain.end()[0]);
  });

  test('of a repeated line says which', () => {
    const line = `api_key = "${key}"\n`;
    expect(scan(line.repeat(5)).map(({ lineHash }) => lineHash?.split(':')[1])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  test.each([
    ['whose lines end with CR alone', `a\rb\n${key}\n`],
    ['with NUL bytes', `a\0\n${key}\n`],
    ['too long to keep', `${key}\n${' '.repeat(4 << 20)}`],
  ])('has none in content %s', (_, content) => {
    expect(scan(content)).toHaveLength(1);
    expect(hashOf(content)).toBeUndefined();
  });
});

describe('64 bits over a hundred characters are not given of', () => {
  test.each([
    ['a credential of 128 bits', `AZURE_OPENAI_API_KEY=${freshKey('<[0-9a-f]:32>')}\n`],
    ['a line that begins long before it', `${'x = 1; '.repeat(30)}"${key}"\n`],
    ['an encoded one', `key: ${Buffer.from(key).toString('base64')}\n`],
  ])('%s', (_, content) => {
    expect(scan(content).length).toBeGreaterThan(0);
    expect(scan(content).map(({ lineHash }) => lineHash)).not.toContainEqual(expect.any(String));
  });

  test('but of every modern key where it begins a line', () => {
    for (const shape of ['F1', 'F3', 'F6', 'F8', 'F11', 'F12', 'F14'])
      expect(hashOf(`OPENAI_API_KEY=${freshKey(shape)}\n`)).toMatch(/^[0-9a-f]{1,16}:1$/);
  });
});
