// JUnit XML, read back by a strict parser.

import type { Report } from '../../src/model.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { readXml } from '../support/xml.ts';
import { CONTEXT, everything, finding, report } from './sample.ts';

const cases = (each: Report) =>
  readXml(renderJunit(each, CONTEXT)).filter(({ name }) => name !== 'testsuites' && name !== 'system-out');

test('nothing found is one case that passed', () => {
  expect(cases(report()).map(({ name, attributes }) => [name, attributes.name])).toEqual([
    ['testsuite', 'keyscan staged'],
    ['testcase', 'no OpenAI credentials'],
  ]);
});

test('a credential is a failure; the unsure and the ignored are skipped; what could not be read is an error', () => {
  const outcomes = cases(everything).flatMap(({ name, attributes }) =>
    ['failure', 'skipped', 'error'].includes(name) ? [`${name}: ${attributes.message}`] : [],
  );
  expect(outcomes).toEqual([
    'failure: OpenAI project API key sk-proj-…x5mA (critical, certain)',
    'failure: OpenAI project API key ek_…1234 (low, likely)',
    'skipped: only possible, does not count (--fail-on likely)',
    'skipped: ignored, committed: the last commit holds it at this path',
    'skipped: ignored, inline: made up',
    'skipped: ignored, baseline: rotated',
    'error: the object is missing',
    'error: git died',
  ]);
  expect(cases(everything)[0]?.attributes).toMatchObject({
    tests: '8',
    failures: '2',
    errors: '2',
    skipped: '4',
  });
});

test('a case says where', () => {
  const [, testcase, failure] = cases(report({ findings: [finding()] }));
  expect(testcase?.attributes).toMatchObject({
    classname: 'openai-project-key',
    file: 'src/config.ts',
    line: '3',
  });
  expect(failure?.text).toBe('at src/config.ts:3:18\n\nRevoke it.');
});

test('a coverage that does not balance is an error even without a problem', () => {
  const coverage = { ...report().coverage, complete: false };
  expect(cases(report({ coverage })).some(({ name }) => name === 'error')).toBe(true);
});
