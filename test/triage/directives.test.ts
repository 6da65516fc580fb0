// Comments that ask to ignore a line, as the detector reads them: on which line, for which rule, with what reason.

import type { Directive } from '../../src/model.ts';
import { freshKey } from '../support/keys.ts';
import { detector } from '../support/scanning.ts';

const key = freshKey();

function directivesIn(text: string | Buffer, chunk = 1 << 16): readonly Directive[] {
  const bytes = Buffer.from(text as string);
  const scan = detector.open();
  for (let at = 0; at < bytes.length; at += chunk) scan.push(bytes.subarray(at, at + chunk));
  expect(scan.end().length).toBeGreaterThan(0);
  return scan.directives();
}

const own = (line: number, ruleId?: string, reason = ''): Directive => ({
  tool: 'keyscan',
  line,
  ruleId,
  reason,
});

test.each<[text: string, directives: Directive[]]>([
  [`a = '${key}' # keyscan:ignore`, [own(1)]],
  [`\n\na = '${key}' // keyscan:ignore -- revoked in März\r\n`, [own(3, undefined, 'revoked in März')]],
  [`/* keyscan:ignore openai-project-key -- old */ a = '${key}'`, [own(1, 'openai-project-key', 'old')]],
  [`<!-- keyscan:ignore --> ${key}`, [own(1)]],
  [`# keyscan:ignore-next-line -- a test\n${key}\n`, [own(2, undefined, 'a test')]],
  [`# keyscan:ignore typo -- a test\n${key} # keyscan:ignore tpyo\n`, [own(2, 'tpyo')]],
  [`${key} # gitleaks:allow`, [{ tool: 'gitleaks', line: 1, ruleId: undefined, reason: '' }]],
  [`${key} # trufflehog:ignore`, [{ tool: 'trufflehog', line: 1, ruleId: undefined, reason: '' }]],
  [`${key} # pragma: allowlist secret`, [{ tool: 'detect-secrets', line: 1, ruleId: undefined, reason: '' }]],
  [
    `# pragma: allowlist nextline secret\n${key}`,
    [{ tool: 'detect-secrets', line: 2, ruleId: undefined, reason: '' }],
  ],
  // Words that are no reason may be a mistake: what was meant to be ignored is not known.
  [`${key} # keyscan:ignore openai-project-key because it is old`, []],
  [`${key} # keyscan:ignore: revoked`, []],
  [`${key} # keyscan:ignore openai/project -- revoked`, []],
  // The first may be a mistake, the second is none.
  [`${key} # keyscan:ignore this and that /* keyscan:ignore -- old */`, [own(1, undefined, 'old')]],
  [`${key} # keyscan:ignore -- old -- and revoked`, [own(1, undefined, 'old -- and revoked')]],
  // None of these speaks of the line with the key.
  [`# keyscan:ignore\n${key}`, []],
  [`${key}\n# keyscan:ignore`, []],
  [`# keyscan:ignore-next-line\n\n${key}`, []],
  [`${key} # keyscan:ignore-next-line`, []],
  [`${key} # keyscan:ignored`, []],
  [`${key} # mykeyscan:ignore`, []],
  [`${key} # not-keyscan:ignore`, []],
  [`# gitleaks:allow\n${key}`, []],
])('%#', (text, directives) => expect(directivesIn(text)).toEqual(directives));

test.each([
  ['utf-16le', 2, (wide: Buffer) => wide],
  ['utf-16be', 2, (wide: Buffer) => wide.swap16()],
  ['utf-32le', 4, (wide: Buffer) => wide],
  ['utf-32be', 4, (wide: Buffer) => wide.swap32()],
])('in %s', (_, width, inOrder) => {
  const text = `\ufeff\n# keyscan:ignore-next-line -- why\nkey = ${key}\n`;
  const wide = Buffer.alloc(width * text.length);
  for (let at = 0; at < text.length; at++) wide.writeUInt16LE(text.charCodeAt(at), width * at);
  expect(directivesIn(inOrder(wide))).toEqual([own(3, undefined, 'why')]);
});

test('on any line of a key that is put together from several', () => {
  const half = key.length >> 1;
  const text = `a = '${key.slice(0, half)}' +\n  '${key.slice(half)}'; // keyscan:ignore -- both\n`;
  expect(directivesIn(text)).toEqual([own(2, undefined, 'both')]);
});

test('wherever the stream is cut, and beyond the first window', () => {
  const text = `${'x'.repeat(100)}\n`.repeat(11_000);
  for (const chunk of [1 << 16, 4099])
    expect(directivesIn(`${text}${key} # keyscan:ignore -- far down\n${text}`, chunk)).toEqual([
      own(11_001, undefined, 'far down'),
    ]);
});

test('a reason that is cut off is left out: a credential may be cut in it', () => {
  const far = `${key} ${'x'.repeat(3900)} # keyscan:ignore -- `;
  expect(directivesIn(`${far}${'so '.repeat(9)}`)).toEqual([own(1, undefined, 'so '.repeat(9).trim())]);
  expect(directivesIn(`${far}${'so '.repeat(500)}`)).toEqual([own(1)]);
});
