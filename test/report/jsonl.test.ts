// JSON lines: the same as the JSON report, line by line, and a last line without which it is not whole.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { renderJsonl } from '../../src/report/jsonl.ts';
import { everything, report } from './sample.ts';

const schema = (name: string) => JSON.parse(readFileSync(join(__dirname, '../../schema', name), 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
  .addSchema(schema('report.schema.json'), 'report.schema.json')
  .compile(schema('report-line.schema.json'));

const read = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

test.each([
  ['everything', everything],
  ['nothing', report()],
])('each line about %s is valid', (_, each) => {
  for (const line of read(renderJsonl(each))) {
    validate(line);
    expect(validate.errors).toBeNull();
    expect(validate({ ...line, secret: 'x' })).toBe(false);
  }
});

test('says what the JSON report says', () => {
  const lines = read(renderJsonl(everything));
  const of = (wanted: string) => lines.flatMap(({ type, ...entry }) => (type === wanted ? [entry] : []));
  expect(of('finding')).toEqual(everything.findings);
  expect(of('ignored')).toEqual(everything.ignored);
  expect(of('skipped')).toEqual(everything.coverage.skipped);
  expect(of('problem')).toEqual(everything.coverage.problems);
  expect(of('notice')).toEqual(everything.notices);
  const { schemaVersion, tool, mode, coverage } = everything;
  const { complete, objects, bytes, range, shard } = coverage;
  expect(lines.at(-1)).toEqual({
    type: 'summary',
    schemaVersion,
    tool,
    mode,
    coverage: { complete, objects, bytes, range, shard },
    counts: { findings: 3, ignored: 3, skipped: 1, problems: 2, notices: 1 },
  });
});
