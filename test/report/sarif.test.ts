// SARIF: valid by its schema, within what GitHub takes, and without what is nobody's business.

import { Ajv } from 'ajv';
import type { Report } from '../../src/model.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { CONTEXT, everything, finding, ignored, occurrence, report } from './sample.ts';

// Of draft 4, whose keywords for what it is called are not Ajv's any more.
const { $schema, id, ...schema } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = new Ajv({
  strict: false,
  allErrors: true,
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) => /^[\w!#$&'()*+,./:;=?@[\]~%-]*$/.test(text),
    'date-time': true,
  },
}).compile(schema);

interface Message {
  readonly text: string;
}
interface Location {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: Readonly<Record<string, number>>;
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
}
interface Rule {
  readonly id: string;
  readonly shortDescription: Message;
  readonly fullDescription: Message;
  readonly help: Message & { readonly markdown: string };
  readonly properties: Readonly<Record<string, unknown>>;
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: Message }[];
  }[];
}

function runOf(each: Report): Run {
  const log = JSON.parse(renderSarif(each, CONTEXT));
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0];
}

/** Ajv compares every pair of places. */
const uncheckedRunOf = (each: Report): Run => JSON.parse(renderSarif(each, CONTEXT)).runs[0];

test('a report of nothing has an empty list of results', () => {
  const { results, invocations, automationDetails } = runOf(report());
  expect(results).toEqual([]);
  expect(invocations[0]).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] });
  expect(automationDetails.id).toBe('keyscan/staged/');
});

describe('a report of everything', () => {
  const { tool, results, invocations } = runOf(everything);
  const [first] = results;

  test('has one result for each credential, and the ignored as suppressed', () => {
    expect(
      results.map(({ level, suppressions = [] }) => [level, ...suppressions.map(({ kind }) => kind)]),
    ).toEqual([
      ['error'],
      ['note'],
      ['note'],
      ['note', 'external'],
      ['note', 'inSource'],
      ['note', 'external'],
    ]);
    expect(results[4]?.suppressions?.[0]?.justification).toBe('inline: made up');
  });

  test('names places relative to the top, each character that is none of a URI escaped', () => {
    expect(first?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/a%20b.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 165 },
        },
      },
    ]);
    expect(
      first?.relatedLocations?.map(({ id, physicalLocation: { artifactLocation, region } }) => [
        id,
        artifactLocation.uri,
        region.startLine,
      ]),
    ).toEqual([
      [1, 'deploy/x.yaml', 12],
      [2, 'keys/sk-proj-%E2%80%A6x5mA.txt', 1],
    ]);
    expect(first?.message.text).toBe(
      'OpenAI project API key (sk-proj-…x5mA). Found at src/a b.ts:1:1. The same credential stands in further places: [2](1), [3](2).',
    );
  });

  test('gives the hash of the line where it is known, and the fingerprint always', () => {
    expect(results.map(({ partialFingerprints }) => Object.keys(partialFingerprints))).toEqual([
      ['primaryLocationLineHash', 'keyscan/v1'],
      ...Array.from({ length: 5 }, () => ['keyscan/v1']),
    ]);
  });

  test('has what GitHub asks of a rule', () => {
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    for (const { shortDescription, fullDescription, help, properties } of tool.driver.rules) {
      expect(shortDescription.text).not.toBe('');
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
      expect(help.markdown).toContain('<https://platform.openai.com/api-keys>');
      expect(properties).toEqual({
        tags: expect.arrayContaining(['security']),
        precision: 'very-high',
        'security-severity': '9.5',
      });
    }
  });

  test('says what could not be looked at and what was left out', () => {
    expect(invocations[0]?.executionSuccessful).toBe(false);
    expect(
      invocations[0]?.toolExecutionNotifications.map(({ level, message }) => `${level}: ${message.text}`),
    ).toEqual([
      'error: the object is missing',
      'error: git died',
      'note: a submodule',
      'note: line 4 has expired',
    ]);
  });

  test('names no person, no snippet and no path of this machine', () => {
    const text = renderSarif(everything, CONTEXT);
    expect(text).not.toMatch(/Jane|snippet|"uri": "file:/);
    expect(text).not.toContain(process.cwd());
  });
});

test('more than GitHub takes is said, the gravest kept', () => {
  const findings = Array.from({ length: 25_002 }, (_, at) =>
    finding({ severity: at < 2 ? 'low' : 'high', fingerprint: at.toString(16).padStart(32, '0') }),
  );
  const { results, invocations } = uncheckedRunOf(report({ findings, ignored: [ignored()] }));
  expect(results).toHaveLength(25_000);
  expect(results.every(({ level }) => level === 'error')).toBe(true);
  expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe(
    '2 further credentials are not listed',
  );
});

test('a credential in very many places names a thousand', () => {
  const occurrences = Array.from({ length: 1500 }, (_, at) => occurrence('a.ts', at + 1));
  const [result] = uncheckedRunOf(report({ findings: [finding({ occurrences })] })).results;
  expect(result?.relatedLocations).toHaveLength(999);
  expect(result?.message.text).toMatch(/\[11\]\(10\) and 1489 more\.$/);
});

test('an absolute path is a file address', () => {
  const occurrences = [occurrence('/srv/a:b#c.ts')];
  const [result] = runOf(report({ findings: [finding({ occurrences })] })).results;
  expect(result?.locations[0]?.physicalLocation.artifactLocation).toEqual({
    uri: 'file:///srv/a%3Ab%23c.ts',
  });
});
