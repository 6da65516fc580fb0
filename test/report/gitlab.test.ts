// The two reports GitLab reads: secret detection and code quality.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Report } from '../../src/model.ts';
import { renderCodequality } from '../../src/report/codequality.ts';
import { renderGitlab } from '../../src/report/gitlab.ts';
import { CONTEXT, everything, finding, occurrence, report } from './sample.ts';

const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(__dirname, 'gitlab-secret-detection.schema.json'), 'utf8')),
);

describe('secret detection', () => {
  const read = (each: Report) => JSON.parse(renderGitlab(each, CONTEXT));

  test.each([
    ['everything', everything],
    ['nothing', report()],
  ])('a report of %s has what GitLab requires', (_, each) => {
    validate(read(each));
    expect(validate.errors).toBeNull();
  });

  test('the scan is what the coverage says', () => {
    expect(read(report()).scan).toMatchObject({
      status: 'success',
      start_time: '2026-02-14T16:01:58',
      end_time: '2026-02-14T16:02:03',
    });
    const { scan } = read(everything);
    expect(scan.status).toBe('failure');
    expect(scan.messages.map(({ level, value }: Record<string, string>) => `${level} ${value}`)).toEqual([
      'fatal src/lost.ts: the object is missing',
      'fatal git died',
      'info vendor/lib: a submodule',
      'info src/old.ts:7: ignored, committed: the last commit holds it at this path',
      'info test/x.ts:7: ignored, inline: made up',
      'info docs/y.md:7: ignored, baseline: rotated',
      'warn .keyscan-baseline: line 4 has expired',
    ]);
  });

  test('a credential keeps its id wherever it goes, and has one entry', () => {
    const [before] = read(report({ findings: [finding()] })).vulnerabilities;
    const moved = finding({ occurrences: [occurrence('elsewhere.ts', 99)] });
    const [after] = read(report({ findings: [moved] })).vulnerabilities;
    expect(after.id).toBe(before.id);
    expect(after.id).not.toBe(read(everything).vulnerabilities[1].id);
    expect(read(everything).vulnerabilities.map(({ severity }: { severity: string }) => severity)).toEqual([
      'Critical',
      'Low',
      'Info',
    ]);
  });

  test('it is said where else it stands, and not by whom', () => {
    const [{ location, details }] = read(everything).vulnerabilities;
    expect(location).toEqual({
      file: 'src/a b.ts',
      start_line: 1,
      end_line: 1,
      commit: { sha: '0'.repeat(40) },
    });
    expect(details.places.items[0].value).toBe(
      'deploy/x.yaml:12:9, decoded: base64, json, commit 0123456789ab, 2026-01-01',
    );
    expect(renderGitlab(everything, CONTEXT)).not.toContain('Jane');
  });
});

describe('code quality', () => {
  const read = (each: Report): readonly Record<string, unknown>[] =>
    JSON.parse(renderCodequality(each, CONTEXT));

  test('nothing found is an empty list', () => {
    expect(read(report())).toEqual([]);
  });

  test('each place has an entry of its own', () => {
    expect(read(everything)).toHaveLength(5);
    expect(read(everything)[0]).toEqual({
      description: 'OpenAI project API key sk-proj-…x5mA (certain)',
      check_name: 'openai-project-key',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'blocker',
      location: { path: 'src/a b.ts', lines: { begin: 1 } },
    });
    expect(read(everything).map(({ severity }) => severity)).toEqual([
      'blocker',
      'blocker',
      'blocker',
      'minor',
      'info',
    ]);
  });

  test('fingerprints are unique, and stay when lines move', () => {
    const at = (...lines: number[]) =>
      read(
        report({ findings: [finding({ occurrences: lines.map((line) => occurrence('a.ts', line)) })] }),
      ).map(({ fingerprint }) => fingerprint);
    expect(new Set(at(1, 5, 9)).size).toBe(3);
    expect(at(2, 6, 10)).toEqual(at(1, 5, 9));
  });
});
