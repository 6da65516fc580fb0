// JUnit XML for the test tab of a CI system: a failed case for each credential, a passed one when there is none.

import type { Finding, Ignored, Report } from '../model.ts';
import { count } from './amounts.ts';
import type { ReportContext } from './context.ts';
import { display } from './display.ts';
import { weigh } from './order.ts';
import { placeText } from './places.ts';

/** What is not sure enough to count, or ignored, is a skipped case; what could not be looked at is an error. */
export function renderJunit(report: Report, { failOn }: ReportContext): string {
  const { mode, coverage, findings, ignored, notices } = report;
  const { counting, others } = weigh(findings, failOn);
  const errors = errorCases(coverage);
  const cases = [
    ...counting.map(failed),
    ...others.map((finding) => unsure(finding, failOn)),
    ...ignored.map(passedOver),
    ...errors,
  ];
  if (counting.length === 0 && errors.length === 0)
    cases.push(testcase('keyscan', 'no OpenAI credentials', ''));
  const totals = attributes({
    name: `keyscan ${mode}`,
    tests: cases.length,
    failures: counting.length,
    errors: errors.length,
    skipped: others.length + ignored.length,
  });
  const said = [
    `${count(coverage.objects, 'object')}, ${count(coverage.bytes, 'byte')} looked at`,
    ...coverage.skipped.map(({ path, reason }) => `skipped ${path}: ${reason}`),
    ...notices.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${totals}>`,
    `<testsuite${totals}>`,
    ...cases,
    `<system-out>${said.map(text).join('\n')}</system-out>`,
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function failed({ ruleId, title, preview, severity, confidence, advice, occurrences }: Finding): string {
  const [first] = occurrences;
  const message = `${title} ${preview} (${severity}, ${confidence})`;
  const lines = [...occurrences.map((occurrence) => `at ${placeText(occurrence)}`), '', advice];
  return testcase(
    ruleId,
    `${title} ${preview}`,
    `<failure${attributes({ message, type: ruleId })}>${lines.map(text).join('\n')}</failure>`,
    first,
  );
}

function unsure({ ruleId, title, preview, confidence, occurrences }: Finding, failOn: string): string {
  const [first] = occurrences;
  const message = `only ${confidence}, does not count (--fail-on ${failOn})`;
  return testcase(ruleId, `${title} ${preview}`, `<skipped${attributes({ message })}/>`, first);
}

function passedOver({ ruleId, preview, path, line, by, reason }: Ignored): string {
  const message = `ignored, ${by}: ${reason}`;
  return testcase(ruleId, preview, `<skipped${attributes({ message })}/>`, { path, line });
}

function errorCases({ complete, problems }: Report['coverage']): string[] {
  const all =
    problems.length > 0 || complete
      ? problems
      : [{ path: '', reason: 'something was left out without a reason: this is a bug of keyscan' }];
  return all.map(({ path, reason }) =>
    testcase(
      'keyscan',
      path === '' ? 'could look at everything' : `could look at ${path}`,
      `<error${attributes({ message: reason, type: 'incomplete' })}/>`,
    ),
  );
}

function testcase(
  classname: string,
  name: string,
  outcome: string,
  place?: { readonly path: string; readonly line: number },
): string {
  const given = attributes({
    classname,
    name,
    ...(place ? { file: place.path, line: place.line } : {}),
  });
  return outcome === '' ? `<testcase${given}/>` : `<testcase${given}>${outcome}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML 1.0 has no way to write a control character; `display` has replaced them all. */
const text = (foreign: string): string => display(foreign).replace(/[&<>"]/g, (char) => ENTITIES[char] ?? '');
