// A change that allows its own key: shown, and refused, whichever way it does so. What its base allows is allowed.

import type { Report } from '../../src/model.ts';
import { baselineHash } from '../../src/triage/baseline.ts';
import { formatBaseline } from '../../src/triage/baseline-file.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import { commit, github, push, ZERO } from './hosted.ts';

const SALT = '5'.repeat(64);
const ci = ['ci', '--base', 'before'];

/** What allows the key, as files; `fingerprint`: of the key. */
type Way = (key: string, fingerprint: string) => Readonly<Record<string, string>>;

const plain = (key: string): string => `const key = '${key}';\n`;

const ways: Readonly<Record<string, { readonly by: string; readonly files: Way }>> = {
  'a comment': {
    by: 'inline',
    files: (key) => ({ 'a.ts': `const key = '${key}'; // keyscan:ignore -- a sample\n` }),
  },
  'the baseline': {
    by: 'baseline',
    files: (key, fingerprint) => ({
      'a.ts': plain(key),
      '.keyscan-baseline': formatBaseline({
        salts: [SALT],
        entries: [
          {
            hash: baselineHash(SALT, fingerprint),
            rule: 'openai-project-key',
            added: '2024-01-02',
            reason: 'a sample',
          },
        ],
      }),
    }),
  },
  'an ignored path': {
    by: 'path',
    files: (key) => ({
      'a.ts': plain(key),
      '.keyscan.json': JSON.stringify({ ignore: [{ paths: ['*.ts'], reason: 'a sample' }] }),
    }),
  },
  'a rule that is switched off': {
    by: 'policy',
    files: (key) => ({
      'a.ts': plain(key),
      '.keyscan.json': JSON.stringify({ disable: ['openai-project-key'] }),
    }),
  },
};

function fingerprintOf(host: ScratchRepository, key: string): string {
  return report(host, ['-'], { input: key }).findings[0]?.fingerprint ?? '';
}

describe.each(Object.entries(ways))('%s', (_, { by, files }) => {
  test('that comes with the key does not count and is shown', () =>
    withScratch((host) => {
      const key = freshKey();
      commit(host, { 'README.md': 'hello\n' });
      host.git('tag', 'before');
      const added = commit(host, files(key, fingerprintOf(host, key)));
      const { findings, ignored, notices } = report(host, ci);
      expect(ignored).toEqual([]);
      expect(findings).toMatchObject([{ occurrences: [{ path: 'a.ts', origin: { commit: added } }] }]);
      expect(notices).toEqual([{ path: 'a.ts', reason: expect.any(String) }]);
      expect(notices[0]?.reason).toMatch(
        new RegExp(
          `^this change would allow its own key sk-proj-…\\S{4} \\(${by}: .+\\); policy is read from `,
        ),
      );
      const { status, stdout, stderr } = keyscan(host, ci);
      expect(stderr.replace(/\s+/g, ' ')).toContain('this change would allow its own key');
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
      expect(status).toBe(1);
    }));

  test('that was there before counts, also where the change moves the file', () =>
    withScratch((host) => {
      const key = freshKey();
      commit(host, files(key, fingerprintOf(host, key)));
      host.git('tag', 'before');
      commit(host, { 'b.md': 'more\n' });
      expect(ignoredBy(report(host, ci))).toEqual([by]);
      host.git('mv', 'a.ts', 'moved.ts');
      commit(host, {});
      expect(ignoredBy(report(host, ci))).toEqual([by]);
      expect(keyscan(host, ci).status).toBe(0);
    }));
});

const ignoredBy = ({ findings, ignored }: Report): string[] => [
  ...findings.map(({ ruleId }) => ruleId),
  ...ignored.map((each) => each.by),
];

test('a comment that was there stays valid when the rest of the file changes, for its own key only', () =>
  withScratch((host) => {
    const line = `'${freshKey()}' // keyscan:ignore -- a sample\n`;
    commit(host, { 'a.ts': line });
    host.git('tag', 'before');
    commit(host, { 'a.ts': `// a new line\n${line}` });
    expect(ignoredBy(report(host, ci))).toEqual(['inline']);
    commit(host, { 'a.ts': `${line}'${freshKey()}' // keyscan:ignore -- another\n` });
    expect(report(host, ci).findings).toHaveLength(1);
  }));

test('a key that is taken out again is not allowed by what the change says of it', () =>
  withScratch((host) => {
    commit(host, { 'a.ts': '1\n' });
    host.git('tag', 'before');
    commit(host, { 'a.ts': `'${freshKey()}' // keyscan:ignore -- a sample\n` });
    commit(host, { 'a.ts': '1\n' });
    expect(keyscan(host, ci).status).toBe(1);
  }));

describe('where there is no base', () => {
  const CONFIG = { '.keyscan.json': '{"ignore": ["*.ts"]}' };

  test('the first push: nothing is ignored', () =>
    withScratch((host) => {
      const head = commit(host, { 'a.ts': plain(freshKey()), ...CONFIG });
      const scanned = report(host, ['ci'], { env: push(host, ZERO, head) });
      expect(ignoredBy(scanned)).toEqual(['openai-project-key']);
      expect(scanned.notices[0]?.reason).toMatch(/its own key .*; nothing was decided before it$/);
    }));

  test('schedule: what the default branch says counts', () =>
    withScratch((host) => {
      const head = commit(host, { 'a.ts': plain(freshKey()), ...CONFIG });
      const env = github(host, 'schedule', {}, { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: head });
      expect(ignoredBy(report(host, ['ci'], { env }))).toEqual(['path']);
      host.git('checkout', '--quiet', '-b', 'feature');
      const other = commit(host, { '.keyscan.json': '{}' });
      const clone = host.clone('clone');
      const onBranch = { ...env, GITHUB_REF: 'refs/heads/feature', GITHUB_SHA: other };
      expect(ignoredBy(report(clone, ['ci'], { env: onBranch }))).toEqual(['path']);
    }));

  test('nobody says what was there before: what the last commit builds on counts', () =>
    withScratch((host) => {
      const env = (head: string) => ({ CIRCLECI: 'true', CIRCLE_BRANCH: 'main', CIRCLE_SHA1: head });
      const head = commit(host, { 'a.ts': plain(freshKey()), ...CONFIG });
      expect(ignoredBy(report(host, ['ci'], { env: env(head) }))).toEqual(['openai-project-key']);
      const next = commit(host, { b: '1' });
      expect(ignoredBy(report(host, ['ci'], { env: env(next) }))).toEqual(['path']);
    }));
});

test('the files that --config and --baseline name are those of the base', () =>
  withScratch((host) => {
    commit(host, { 'settings.json': '{}' });
    host.git('tag', 'before');
    commit(host, { 'a.ts': plain(freshKey()), 'settings.json': '{"ignore": ["*.ts"]}' });
    const args = [...ci, '--config', 'settings.json'];
    expect(report(host, args)).toMatchObject({ findings: [{}], notices: [{ path: 'a.ts' }] });
  }));

test('a policy of the change that cannot be read is a problem: exit code 2, with what was found', () =>
  withScratch((host) => {
    commit(host, { 'a.ts': '1\n' });
    host.git('tag', 'before');
    commit(host, { 'a.ts': plain(freshKey()), '.keyscan.json': '{"nonsense": 1}' });
    const { status, stdout, stderr } = keyscan(host, ci);
    expect(stdout).toContain('a.ts:1:14');
    expect(stderr).toContain('.keyscan.json');
    expect(status).toBe(2);
  }));

test('a policy of the base that cannot be read: exit code 2, at once', () =>
  withScratch((host) => {
    commit(host, { '.keyscan.json': '{"nonsense": 1}' });
    host.git('tag', 'before');
    commit(host, { '.keyscan.json': '{}' });
    const { status, stdout, stderr } = keyscan(host, ci);
    expect(stderr).toContain('.keyscan.json');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  }));
