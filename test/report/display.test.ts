// Names of others cannot break a line, hide, turn text around or speak to a CI system.

import { display, displayJson } from '../../src/report/display.ts';

const from = (...codes: number[]): string => String.fromCodePoint(...codes);

describe('display', () => {
  const escaped: readonly (readonly [string, number, string])[] = [
    ['line feed', 0x0a, '\\x0a'],
    ['carriage return', 0x0d, '\\x0d'],
    ['escape', 0x1b, '\\x1b'],
    ['delete', 0x7f, '\\x7f'],
    ['C1 control sequence introducer', 0x9b, '\\x9b'],
    ['soft hyphen', 0xad, '\\xad'],
    ['right-to-left override', 0x202e, '\\u{202e}'],
    ['isolate', 0x2066, '\\u{2066}'],
    ['zero width space', 0x200b, '\\u{200b}'],
    ['line separator', 0x2028, '\\u{2028}'],
    ['paragraph separator', 0x2029, '\\u{2029}'],
    ['lone high surrogate', 0xd800, '\\u{d800}'],
    ['lone low surrogate', 0xdfff, '\\u{dfff}'],
    ['tag letter', 0xe0041, '\\u{e0041}'],
    ['noncharacter', 0xfffe, '\\u{fffe}'],
  ];

  test.each(escaped)('%s', (_, code, expected) => {
    expect(display(`a${from(code)}b`)).toBe(`a${expected}b`);
  });

  test('ordinary names stay as they are', () => {
    const name = 'src/naïve/日本語/👩‍💻/[id] (copy) #1.ts';
    expect(display(name)).toBe(name);
  });

  test.each(['##vso[task.complete]', '##[error]x', 'a ##teamcity[x'])('%s is no command any more', (text) => {
    expect(display(text)).not.toMatch(/##\w*\[/);
  });

  test.each(['::error::x', 'no ::stop-commands::x'])('%s starts no command when it begins a line', (text) => {
    expect(display(text)).toMatch(/\\x3a:\w/);
    expect(display(text)).not.toMatch(/(?:^|\s)::/);
  });

  test('a section of a GitLab log does not begin', () => {
    expect(display('section_start:1:x section_end:2:x')).toBe('section_start\\x3a1:x section_end\\x3a2:x');
    expect(display('section_start: x')).toBe('section_start: x');
  });

  test('std::string and C:/x stay', () => {
    expect(display('src/std::string C:/x :: a')).toBe('src/std::string C:/x :: a');
  });

  test('every code point below U+3000 leaves nothing unprintable', () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => from(code)).join('');
    expect(display(all)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u);
  });
});

test('displayJson changes the spelling, not the value', () => {
  const value = { path: `${from(0x9b, 0x202e, 0x2028, 0xe0041, 0x7f)}##vso[x]\n${from(0xd800)}` };
  const json = displayJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toMatch(/^[ -~\n]*$/);
  expect(json).not.toContain('##vso[');
});
