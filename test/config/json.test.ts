// JSON as JSON.parse reads it, with the place of everything, and a sentence for what is wrong that repeats nothing.

import fc from 'fast-check';
import { JsonFault, parseJson } from '../../src/config/json.ts';

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      // Objects come without a prototype.
      expect(JSON.stringify(parseJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
    '"',
    '\\',
    '\t',
  ];
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const ours = outcome(() => parseJson(text).value);
      // A key that is there twice is our own refusal.
      if (ours !== 'twice') expect(ours).toBe(outcome(() => JSON.parse(text)));
    }),
    { numRuns: 2000 },
  );
});

function outcome(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch (error) {
    return error instanceof JsonFault && error.message.includes('twice') ? 'twice' : 'refused';
  }
}

test.each([
  ['', '1:1', 'ends too early'],
  ['{', '1:2', 'ends too early'],
  ['{"a": 1,\n}', '2:1', 'no comma'],
  ['{"a": 1\n "b": 2}', '2:2', 'a comma or }'],
  ['[1 2]', '1:4', 'a comma or ]'],
  ['{a: 1}', '1:2', 'double quotes'],
  ['{"a" 1}', '1:6', 'a colon'],
  ['{"a": \'b\'}', '1:7', 'a value'],
  ['{"a": "b\n"}', '1:7', 'no end'],
  ['{"a": 1} // why', '1:10', 'behind the end'],
  ['{"a": 1, "a": 2}', '1:10', 'twice'],
  ['{"__proto__": 1, "__proto__": 2}', '1:18', 'twice'],
  ['['.repeat(40), '1:34', 'too deeply'],
])('%j: %s %s', (text, place, message) => {
  const fault = faultOf(text);
  expect([fault?.place, fault?.message]).toEqual([place, expect.stringContaining(message)]);
});

function faultOf(text: string): JsonFault | undefined {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
  return undefined;
}

test('knows where a key stands, and where the items of a list do', () => {
  const document = parseJson('{\n  "a": [1,\n    {"b": true}]\n}');
  expect(document.placeOf([])).toBe('1:1');
  expect(document.placeOf(['a'])).toBe('2:3');
  expect(document.placeOf(['a', 1, 'b'])).toBe('3:6');
  expect(document.placeOf(['a', 0])).toBe('2:9');
});

test('a key is never anything but itself', () => {
  const { value } = parseJson('{"__proto__": {"polluted": true}, "constructor": 1}');
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  expect({}).not.toHaveProperty('polluted');
});
