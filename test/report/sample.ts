// Reports made by hand, for the tests of the reporters.

import type { Finding, Ignored, Occurrence, Report, RuleText } from '../../src/model.ts';

export function occurrence(path: string, line = 3, column = 18, more: Partial<Occurrence> = {}): Occurrence {
  return {
    path,
    line,
    column,
    endLine: line,
    endColumn: column + 164,
    decoded: [],
    origin: { kind: 'index' },
    ...more,
  };
}

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    ruleId: 'openai-project-key',
    title: 'OpenAI project API key',
    severity: 'critical',
    confidence: 'certain',
    fingerprint: '0123456789abcdef'.repeat(2),
    preview: 'sk-proj-…x5mA',
    advice: 'Revoke it.',
    occurrences: [occurrence('src/config.ts')],
    ...more,
  };
}

export function ignored(more: Partial<Ignored> = {}): Ignored {
  return {
    ruleId: 'openai-project-key',
    fingerprint: 'f'.repeat(32),
    preview: 'sk-proj-…Q2wA',
    path: 'src/old.ts',
    line: 7,
    by: 'committed',
    reason: 'the last commit holds it at this path',
    ...more,
  };
}

export function report(more: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'keyscan', version: '0.1.0', rules: 'abc123' },
    mode: 'staged',
    coverage: { complete: true, objects: 3, bytes: 14_200, range: null, skipped: [], problems: [] },
    findings: [],
    ignored: [],
    notices: [],
    ...more,
  };
}

export function describeRule(id: string): RuleText {
  return {
    id,
    title: `Title of ${id}`,
    severity: 'critical',
    advice: [
      'Revoke the key at https://platform.openai.com/api-keys: choose its project, find it by its last four characters, delete it.',
      'Read the new key from the environment (OPENAI_API_KEY) or a secret store.',
    ],
    links: ['https://platform.openai.com/api-keys'],
  };
}
