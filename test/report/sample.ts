// Reports made by hand, for the tests of the reporters.

import type { Exposure, Finding, Ignored, Move, Occurrence, Report, RuleText } from '../../src/model.ts';
import type { ReportContext } from '../../src/report/context.ts';

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

/** Of a key that was taken out again, and is still in what was pushed. */
export function exposure(more: Partial<Exposure> = {}): Exposure {
  const introduced = {
    kind: 'introduced',
    commit: '1'.repeat(40),
    author: 'Ada',
    date: '2024-05-06T07:08:09Z',
    path: 'src/a.ts',
  } as const;
  const removed = {
    ...introduced,
    kind: 'removed',
    commit: '2'.repeat(40),
    date: '2024-05-08T07:08:09Z',
  } as const;
  return {
    introduced,
    removed,
    moves: [introduced, removed],
    refs: [
      { name: 'refs/heads/main', kind: 'branch', at: 'past' },
      { name: 'refs/remotes/origin/main', kind: 'remote', at: 'past' },
    ],
    remotes: ['refs/remotes/origin/main'],
    isReachable: true,
    inIndex: false,
    inWorkTree: false,
    days: 100,
    verdict: 'pushed',
    steps: [{ text: 'Revoke it.', commands: ['git log'] }],
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
    coverage: {
      complete: true,
      objects: 3,
      bytes: 14_200,
      range: null,
      shard: null,
      skipped: [],
      problems: [],
    },
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
    confidence: 'certain',
    summary: 'Opens every model and the data of one OpenAI project, and spends its budget.',
    advice: [
      'Revoke the key at https://platform.openai.com/api-keys: choose its project, find it by its last four characters, delete it.',
      'Read the new key from the environment (OPENAI_API_KEY) or a secret store.',
    ],
    links: ['https://platform.openai.com/api-keys'],
  };
}

export const CONTEXT: ReportContext = {
  failOn: 'likely',
  verbose: false,
  quiet: false,
  started: new Date('2026-02-14T16:01:58.900Z'),
  ended: new Date('2026-02-14T16:02:03.100Z'),
  describe: describeRule,
};

const ID = '0123456789abcdef0123456789abcdef01234567';

export function move(kind: Move['kind'], date: string, path: string, commit: string = ID): Move {
  return { kind, commit, author: 'Jane Doe', date, path };
}

/** One of everything: sure and unsure, in a file, a commit and a name, encoded, ignored for each reason, left out. */
export const everything: Report = report({
  mode: 'ci',
  coverage: {
    complete: false,
    objects: 3,
    bytes: 14_200,
    range: 'abc..def',
    shard: null,
    skipped: [{ path: 'vendor/lib', reason: 'a submodule' }],
    problems: [
      { path: 'src/lost.ts', reason: 'the object is missing' },
      { path: '', reason: 'git died' },
    ],
  },
  findings: [
    finding({
      occurrences: [
        occurrence('src/a b.ts', 1, 1, { lineHash: '271789c17abda88f:1' }),
        occurrence('deploy/x.yaml', 12, 9, {
          decoded: ['base64', 'json'],
          origin: {
            kind: 'commit',
            commit: '0123456789abcdef0123456789abcdef01234567',
            author: 'Jane Doe',
            date: '2026-01-01T00:00:00Z',
          },
        }),
        occurrence('keys/sk-proj-…x5mA.txt', 1, 6, { origin: { kind: 'name' } }),
      ],
    }),
    finding({ severity: 'low', confidence: 'likely', fingerprint: 'a'.repeat(32), preview: 'ek_…1234' }),
    finding({ severity: 'high', confidence: 'possible', fingerprint: 'b'.repeat(32), preview: 'gw-…5678' }),
  ],
  ignored: [
    ignored(),
    ignored({ by: 'inline', path: 'test/x.ts', reason: 'made up' }),
    ignored({ by: 'baseline', path: 'docs/y.md', reason: 'rotated' }),
  ],
  notices: [{ path: '.keyscan-baseline', reason: 'line 4 has expired' }],
});
