// Decoders and edges that whole files rarely reach.

import { compileRules } from '../../src/detect/compile.ts';
import { createDetector } from '../../src/detect/detector.ts';
import { explore, startExploration, TooDeeplyEncoded } from '../../src/detect/explore.ts';
import { rootView } from '../../src/detect/view.ts';
import { builtinRules } from '../../src/rules/builtin.ts';
import { parseForm } from '../../src/rules/form.ts';
import { freshKey } from '../support/keys.ts';
import { scan, scanChunks } from '../support/scanning.ts';

const codes = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));
const hex = (text: string): string[] => codes(text).map((code) => code.toString(16).padStart(2, '0'));

describe('numbers', () => {
  const written: Record<string, (key: string) => string> = {
    'decimal list': (key) => `const key = [${codes(key).join(', ')}];`,
    'tight decimal list': (key) => `[${codes(key).join(',')}]`,
    'decimals between spaces': (key) => codes(key).join(' '),
    'hex between spaces': (key) => hex(key).join(' '),
    'hex between colons': (key) => hex(key).join(':'),
    'C array': (key) =>
      `{ ${hex(key)
        .map((pair) => `0x${pair}`)
        .join(', ')} }`,
    'C array over lines': (key) =>
      `{\n${hex(key)
        .map((pair) => `0x${pair},\n`)
        .join('')}}`,
    'wrapped dump': (key) => hex(key).join('').replace(/.{60}/g, '$&\n'),
  };
  test.each(Object.entries(written))('%s', (_, write) => {
    const [found, ...more] = scan(`${write(freshKey('F11'))}\n`);
    expect(found?.ruleId).toBe('openai-project-key');
    expect(found?.decoded).toHaveLength(1);
    expect(more).toEqual([]);
  });

  test('numbers that are no bytes end a list', () => {
    expect(scan('84, 51, 66, 999, 1000, 84, 51, 66, 300')).toEqual([]);
  });
});

describe('terminal sequences', () => {
  const inside: Record<string, string> = {
    colour: '\x1b[1;31m',
    'hyperlink ended by BEL': '\x1b]8;;https://example.invalid\x07',
    'hyperlink ended by ST': '\x1b]8;;https://example.invalid\x1b\\',
    'character set': '\x1b(B',
    'eight-bit CSI': '\x9b0m',
  };
  test.each(Object.entries(inside))('%s in the middle of a key', (_, sequence) => {
    const key = freshKey('F11');
    const text = Buffer.from(`${key.slice(0, 90)}${sequence}${key.slice(90)}\n`, 'latin1');
    expect(scan(text).map(({ ruleId, decoded }) => [ruleId, decoded])).toEqual([
      ['openai-project-key', ['ansi']],
    ]);
  });

  test.each([...'ntrfvbexuU_-047'])('one that ends in a backslash before %s', (next) => {
    const key = freshKey('F11');
    const changed = `${key.slice(0, 90)}${next}${key.slice(91)}`;
    const text = Buffer.from(
      `${changed.slice(0, 90)}${inside['hyperlink ended by ST']}${changed.slice(90)}\n`,
    );
    expect(scan(text).map(({ ruleId, decoded }) => [ruleId, decoded])).toEqual([
      ['openai-project-key', ['ansi']],
    ]);
  });

  test('one that never ends joins nothing', () => {
    const key = freshKey('F11');
    expect(scan(`${key.slice(0, 60)}\x1b]8;;${'x'.repeat(600)}${key.slice(60)}`)).toEqual([]);
    expect(scan(`${key.slice(0, 60)}\x1b[\x01${key.slice(60)}`)).toEqual([]);
  });
});

test('deeper than anybody encodes by mistake is not looked into, and no failure', () => {
  let text = `openai ${freshKey('F1')}`;
  for (let depth = 0; depth < 9; depth++) text = Buffer.from(text, 'latin1').toString('base64');
  expect(scan(text)).toEqual([]);
});

test.each([
  ['in one run', (text: string) => text],
  ['wrapped', (text: string) => text.replace(/.{76}/g, '$&\n')],
])('every key of long base64 with one after the other: %s', (_, wrapped) => {
  const lines = Array.from({ length: 600 }, (__, i) => `${'x '.repeat((i * 37) % 500)}${freshKey('F11')}`);
  const text = wrapped(Buffer.from(lines.join('\n')).toString('base64'));
  const found = scan(`-----\n${text}\n`);
  expect(found.map(({ decoded }) => decoded)).toEqual(lines.map(() => ['base64']));
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(lines.length);
});

test('a key of long base64 near where the reading of the one before it ends', () => {
  for (let apart = 4300; apart < 4800; apart += 12) {
    const keys = [freshKey('F11'), freshKey('F11')];
    const text = `${keys.join('x '.repeat(apart / 2))}${' y'.repeat(3000)}`;
    const found = scan(Buffer.from(text).toString('base64'));
    expect(found.map(({ preview }) => preview.slice(-4))).toEqual(keys.map((key) => key.slice(-4)));
  }
});

test('what unfolds into more than may be looked at is refused, not passed over', () => {
  const bytes = Buffer.from(Buffer.from(`OPENAI_API_KEY=${freshKey()}\n`).toString('base64'));
  const exploring = (allowance: number) => {
    const exploration = startExploration(compileRules(builtinRules), 0, bytes.length);
    exploration.allowance = allowance;
    explore(exploration, rootView(bytes));
    return exploration.found.length;
  };
  expect(exploring(10 * bytes.length)).toBeGreaterThan(0);
  expect(() => exploring(bytes.length + 100)).toThrow(TooDeeplyEncoded);
});

test.each([
  ['bytes of no Buffer', (bytes: Buffer) => [new Uint8Array(bytes)]],
  ['a part of a larger array', (bytes: Buffer) => [new Uint8Array([7, 7, ...bytes, 7]).subarray(2, -1)]],
  ['pieces of both kinds', (bytes: Buffer) => [new Uint8Array(bytes.subarray(0, 30)), bytes.subarray(30)]],
])('%s are read as they are', (_, piecesOf) => {
  const bytes = Buffer.from(`OPENAI_API_KEY=${freshKey('F11')}\n`);
  expect(scanChunks(piecesOf(bytes))).toEqual(scan(bytes));
});

describe('what is built wrongly says so', () => {
  const detector = createDetector(builtinRules, 0);

  test('a rule that does not exist', () => {
    expect(() => detector.describe('no-such-rule')).toThrow('no rule is called no-such-rule');
    expect(detector.describe('openai-admin-key').severity).toBe('critical');
  });

  test('forms', () => {
    for (const faulty of ['<alnum>', '<no-such:3>', '<alnum:x>', '<alnum:9000>', '<alnum:1-2-3>', '<[]:1>'])
      expect(() => parseForm(faulty)).toThrow();
  });

  test('the hash of the rules depends on what decides, and on nothing else', () => {
    const reworded = builtinRules.map((rule) => ({ ...rule, title: `${rule.title}!` }));
    expect(createDetector(reworded).rulesHash).toBe(detector.rulesHash);
    expect(createDetector(builtinRules.slice(1)).rulesHash).not.toBe(detector.rulesHash);
  });
});

test('whether anything was found can be asked without a fingerprint', () => {
  const ask = (text: string) => {
    const blob = createDetector(builtinRules).open();
    blob.push(Buffer.from(text));
    return blob.isEmpty();
  };
  expect(ask('nothing here')).toBe(true);
  expect(ask(freshKey('F11'))).toBe(false);
});
