// A report that is read again: only what the schema allows, told where it does not, without a word of the file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { renderJson } from '../../src/report/json.ts';
import { readJson } from '../../src/report/read-json.ts';
import { KEYWORDS, mismatchOf, type Schema } from '../../src/report/schema.ts';
import { everything, exposure, finding, report } from './sample.ts';

const schema: Schema = JSON.parse(readFileSync(join(__dirname, '../../schema/report.schema.json'), 'utf8'));
const history = report({ mode: 'history', findings: [finding({ exposure: exposure() })] });
const read = (text: string) => readJson(Buffer.from(text), (each) => each.replace('SECRET', '***'));

test.each([
  ['empty', report()],
  ['full', everything],
  ['of a history', history],
])('a report that is %s comes back as it was', (_, each) => {
  expect(read(renderJson(each))).toEqual(each);
});

test.each([
  ['', 'is empty'],
  ['{"schemaVersion": 1', 'is not JSON, or not all of it'],
  ['\xff', 'is not JSON, or not all of it'],
  ['[]', 'is not a report of keyscan --format json'],
  ['null', 'is not a report of keyscan --format json'],
  ['{"schemaVersion": 2}', 'is a report of another version: this keyscan reads schemaVersion 1'],
  ['{"schemaVersion": 1}', 'is not a report as keyscan writes it: see tool'],
])('%j %s', (text, why) => expect(readJson(Buffer.from(text, 'latin1'), (each) => each)).toBe(why));

test('what somebody has put into a text of it is masked, and a name of his own is not repeated', () => {
  const tampered = renderJson(everything).replace('src/lost.ts', 'src/SECRET.ts');
  expect(JSON.stringify(read(tampered))).toContain('src/***.ts');
  expect(read(renderJson(report()).replace('"mode"', '"SECRET": 1, "mode"'))).toBe(
    'is not a report as keyscan writes it: see a name in it',
  );
});

test('the schema says nothing that is not checked', () => {
  const said = new Set<string>();
  collect(schema);
  expect([...said].filter((keyword) => !(KEYWORDS as readonly string[]).includes(keyword))).toEqual([]);

  function collect(node: Schema): void {
    for (const keyword of Object.keys(node)) said.add(keyword);
    const { properties = {}, $defs = {}, items } = node;
    for (const below of [...Object.values(properties), ...Object.values($defs), ...(items ? [items] : [])])
      collect(below);
  }
});

test('every change of a report is judged as a validator of the whole standard does', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const changed = [everything, history].flatMap((each) => changes(JSON.parse(renderJson(each))));
  const verdicts = changed.map((each) => validate(each));
  expect(changed.map((each) => mismatchOf(schema, each) === undefined)).toEqual(verdicts);
  expect(verdicts.filter(Boolean).length).toBeGreaterThan(50);
  expect(verdicts.filter((isValid) => !isValid).length).toBeGreaterThan(500);
});

/** Every value replaced by others, every name left out, and one more in every object. */
function changes(value: unknown): unknown[] {
  const replaced: unknown[] = [null, 0, 1, -1, 1.5, 'x', '', true, [], {}];
  if (typeof value !== 'object' || value === null) return replaced;
  if (Array.isArray(value))
    return [...replaced, ...value.flatMap((each, at) => changes(each).map((other) => value.with(at, other)))];
  const own = Object.entries(value);
  return [
    ...replaced,
    { ...value, more: 1 },
    ...own.map(([name]) => Object.fromEntries(own.filter(([other]) => other !== name))),
    ...own.flatMap(([name, each]) => changes(each).map((other) => ({ ...value, [name]: other }))),
  ];
}
