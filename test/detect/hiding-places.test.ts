// Ways keys lie in files that no encoding alone makes: dumps with addresses, pieces appended or marked up, what a shell falls back to.

import type { Detection } from '../../src/model.ts';
import { freshKey, SK_SHAPES } from '../support/keys.ts';
import { blocking, brief, scan } from '../support/scanning.ts';

const MARKED = ['F1', 'F4', 'F6', 'F11'];

/** Found once, as what it is, by the rule of its shape; gives it. */
function foundIn(content: string, key: string, shape: string): Detection {
  const found = blocking(scan(content));
  expect({ shape, found: found.map(brief).length }).toEqual({ shape, found: 1 });
  const [detection] = found as [Detection];
  expect(detection).toMatchObject({
    ruleId: SK_SHAPES[shape]?.rule,
    fingerprint: scan(`openai: ${key}\n`)[0]?.fingerprint,
  });
  return detection;
}

const hexOf = (bytes: Buffer): string[] => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
const textOf = (bytes: Buffer): string => bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
const inPairs = (hex: readonly string[]): string => hex.join('').replace(/.{4}(?!$)/g, '$& ');

interface Dump {
  readonly width: number;
  write(at: number, bytes: Buffer): string;
}

const DUMPS: Readonly<Record<string, Dump>> = {
  'hexdump -C': {
    width: 16,
    write: (at, bytes) => {
      const hex = hexOf(bytes);
      const both = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
      return `${at.toString(16).padStart(8, '0')}  ${both.padEnd(49)} |${textOf(bytes)}|`;
    },
  },
  xxd: {
    width: 16,
    write: (at, bytes) =>
      `${at.toString(16).padStart(8, '0')}: ${inPairs(hexOf(bytes)).padEnd(39)}  ${textOf(bytes)}`,
  },
  'xxd -c 24': {
    width: 24,
    write: (at, bytes) =>
      `${at.toString(16).padStart(8, '0')}: ${inPairs(hexOf(bytes)).padEnd(59)}  ${textOf(bytes)}`,
  },
  'od -tx1': {
    width: 16,
    write: (at, bytes) => `${at.toString(8).padStart(7, '0')} ${hexOf(bytes).join(' ')}`,
  },
  'tcpdump -X': {
    width: 16,
    write: (at, bytes) =>
      `\t0x${at.toString(16).padStart(4, '0')}:  ${inPairs(hexOf(bytes)).padEnd(39)}  ${textOf(bytes)}`,
  },
  Wireshark: {
    width: 16,
    write: (at, bytes) =>
      `${at.toString(16).padStart(4, '0')}   ${hexOf(bytes).join(' ').padEnd(47)}   ${textOf(bytes)}`,
  },
  'Format-Hex': {
    width: 16,
    write: (at, bytes) => {
      const hex = hexOf(bytes).join(' ').toUpperCase();
      return `${at.toString(16).padStart(8, '0').toUpperCase()}   ${hex.padEnd(47)}  ${textOf(bytes)}`;
    },
  },
};

const dumped = ({ width, write }: Dump, bytes: Buffer): string => {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += width) lines.push(write(at, bytes.subarray(at, at + width)));
  return `$ dump\n${lines.join('\n')}\n$\n`;
};

describe.each(Object.entries(DUMPS))('%s', (_, dump) => {
  test.each(MARKED)('a key of %s, wherever the lines break', (shape) => {
    for (let before = 0; before < dump.width; before++) {
      const key = freshKey(shape);
      const lead = 'Authorization: Bearer '.padEnd(24 + before, ' ');
      const found = foundIn(dumped(dump, Buffer.from(`${lead}${key}\r\nHost: x\r\n`)), key, shape);
      const line = 2 + Math.floor(lead.length / dump.width);
      expect({ before, line: found.span.line, decoded: found.decoded }).toEqual({
        before,
        line,
        decoded: ['hex'],
      });
    }
  });

  test('the place is that of its first byte', () => {
    const text = dumped(dump, Buffer.from(`${'-'.repeat(dump.width)}/${freshKey()}\n`));
    const [found] = scan(text);
    const line = text.split('\n')[2] as string;
    expect(found?.span).toMatchObject({ line: 3, column: line.toLowerCase().indexOf('73') + 1 });
  });
});

test.each<[what: string, lines: (key: string) => string[]]>([
  [
    'lines that do not go on where the one before ends',
    (key) => [`00000000  ${key.slice(0, 20)}`, `00000900  ${key}`],
  ],
  ['one line', (key) => [`00000000: 7365 ${key}`]],
])('no dump: %s', (_, lines) => {
  const key = freshKey();
  expect(scan(lines(key).join('\n'))).toMatchObject([{ decoded: [] }]);
});

test.each<[what: string, write: (one: string, other: string) => string]>([
  ['appended in JavaScript', (one, other) => `let key = "${one}";\n  key += "${other}";\n`],
  ['appended in Python', (one, other) => `key = '${one}'\nkey += '${other}'\n`],
  ['appended in a shell', (one, other) => `KEY="${one}"\nKEY+="${other}"\n`],
  ['appended to a property', (one, other) => `this.key = ("${one}");\nthis.key += "${other}";\n`],
  ['where a mail program lets it break', (one, other) => `<p>${one}<wbr>${other}</p>\n`],
  ['half marked', (one, other) => `<td><span class="s">${one}</span><em class="m">${other}</em></td>\n`],
  ['in two runs of a document', (one, other) => `<w:t>${one}</w:t></w:r><w:r><w:t>${other}</w:t>\n`],
])('a key in two pieces, %s', (_, write) => {
  for (const shape of MARKED) {
    const key = freshKey(shape);
    for (const cut of [10, key.length >> 1, key.length - 9]) {
      const text = write(key.slice(0, cut), key.slice(cut));
      const { span, decoded } = foundIn(text, key, shape);
      expect({ column: span.column, decoded }).toEqual({
        column: text.indexOf(key.slice(0, cut)) + 1,
        decoded: ['joined'],
      });
    }
  }
});

test('base64 in two pieces, wherever it is cut', () => {
  for (const shape of MARKED) {
    const key = freshKey(shape);
    const text = Buffer.from(`key=${key}`).toString('base64');
    for (let cut = 4; cut < text.length - 4; cut += 3)
      foundIn(`atob("${text.slice(0, cut)}" + "${text.slice(cut)}")\n`, key, shape);
  }
});

describe('what a shell falls back to', () => {
  test.each([...MARKED, 'F2', 'F2b'])('a key of %s', (shape) => {
    for (const operator of [':-', '-', ':=']) {
      const key = freshKey(shape);
      const text = `  - OPENAI_API_KEY=\${OPENAI_API_KEY${operator}${key}}\n`;
      expect(foundIn(text, key, shape).span.column).toBe(text.indexOf(key) + 1);
    }
  });

  test('a value without a form begins behind the hyphen, too', () => {
    const value = freshKey('<alnum:40>');
    const [plain] = scan(`OPENAI_API_KEY=${value}\n`);
    expect(scan(`OPENAI_API_KEY=\${OPENAI_API_KEY:-${value}}\n`)).toMatchObject([
      { ruleId: 'openai-assigned-secret', fingerprint: plain?.fingerprint, span: { column: 34 } },
    ]);
  });
});
