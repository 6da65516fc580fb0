// What configurations do to a run, through the built program and the built hook, on real repositories.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { guard, keyscan, report, runHook } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

const FAIL_ON = ['--fail-on', 'possible'];
let at: ScratchRepository;

beforeEach(() => {
  at = scratchRepository();
});
afterEach(() => at.remove());

/** Writes files, objects as JSON, and stages everything. */
function stage(files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files))
    at.write(path, typeof content === 'string' ? content : JSON.stringify(content));
  at.git('add', '--all');
}

function user(config: object): void {
  const file = join(at.env.XDG_CONFIG_HOME ?? '', 'keyscan', 'config.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(config));
}

const staged = (...args: string[]) => report(at, ['staged', ...args]);
/** `path by: reason` of everything ignored. */
const ignored = (...args: string[]) =>
  staged(...args).ignored.map(({ path, by, reason }) => `${path} ${by}: ${reason}`);
const refusal = (...args: string[]) => {
  const { status, stderr } = keyscan(at, ['staged', ...args]);
  expect(status).toBe(2);
  return stderr;
};

test('a path is ignored only when every path of that content is', () => {
  const key = freshKey();
  stage({
    '.keyscan.json': { ignore: [{ paths: ['test'], reason: 'samples' }] },
    'test/a': key,
    'test/deep/a': key,
  });
  expect(ignored()).toEqual(['test/a path: samples', 'test/deep/a path: samples']);
  expect(keyscan(at, ['staged']).status).toBe(0);
  stage({ 'src/a': key });
  expect(staged()).toMatchObject({
    ignored: [],
    findings: [{ occurrences: [{ path: 'src/a' }, { path: 'test/a' }, { path: 'test/deep/a' }] }],
  });
  expect(keyscan(at, ['staged']).status).toBe(1);
});

test('files of folders count for what is below them, and the nearest speaks first', () => {
  stage({
    '.keyscan.json': { ignore: ['a/**/*.txt'] },
    'a/.keyscan.json': { ignore: [{ paths: ['b/x.txt'], reason: 'near' }], disable: ['openai-admin-key'] },
    'a/b/x.txt': freshKey(),
    'a/b/y.txt': freshKey(),
    'a/z': freshKey('F14'),
    'b/x.txt': freshKey(),
    z: freshKey('F14'),
  });
  expect(ignored()).toEqual([
    'a/b/x.txt path: near',
    'a/b/y.txt path: a/**/*.txt in .keyscan.json',
    'a/z policy: the rule is disabled in a/.keyscan.json',
  ]);
  expect(staged().findings.map(({ occurrences }) => occurrences[0]?.path)).toEqual(['b/x.txt', 'z']);
});

test('a file that is wrong, far below the top, fails the run once something there is found', () => {
  stage({ 'a/.keyscan.json': '{"ignore": [,]}', 'a/b/key': freshKey() });
  expect(refusal()).toContain('a/.keyscan.json:1:13: no JSON');
  stage({ 'a/.keyscan.json': { disable: ['openai-project-kye'] } });
  expect(refusal()).toContain('there is no rule "openai-project-kye"');
});

test('an exception for one rule, one that is over, and a threshold', () => {
  stage({
    '.keyscan.json': {
      ignore: [
        { paths: ['a'], rules: ['openai-admin-key'] },
        { paths: ['b'], expires: '2020-01-01' },
        { paths: ['c'], expires: '9999-12-31' },
      ],
      thresholds: { 'openai-legacy-key': 'certain' },
    },
    a: freshKey(),
    b: freshKey(),
    c: freshKey(),
    d: `openai.api_key = "${freshKey('F2b')}"`,
  });
  const { findings, notices } = staged();
  expect(findings.map(({ occurrences }) => occurrences[0]?.path)).toEqual(['a', 'b']);
  expect(ignored()).toEqual([
    'c path: c in .keyscan.json',
    'd policy: only likely, and .keyscan.json asks for certain',
  ]);
  expect(notices).toEqual([{ path: '.keyscan.json', reason: 'b was to be ignored until 2020-01-01' }]);
});

test('the user’s own file is the weakest, and what it ignores is told like everything else', () => {
  user({ failOn: 'certain', ignore: ['mine'] });
  stage({ mine: freshKey(), other: `openai.api_key = "${freshKey('F2b')}"` });
  expect(ignored()[0]).toMatch(/^mine path: mine in .*config\.json$/);
  expect(keyscan(at, ['staged']).status).toBe(0);
  stage({ '.keyscan.json': { failOn: 'likely' } });
  expect(keyscan(at, ['staged']).status).toBe(1);
  expect(keyscan(at, ['staged', '--fail-on', 'certain']).status).toBe(0);
  // The XDG specification: a relative path is to be ignored.
  const { XDG_CONFIG_HOME: _, ...env } = at.env;
  expect(report({ ...at, env: { ...env, XDG_CONFIG_HOME: 'xdg' } }, ['staged']).ignored).toEqual([]);
});

test('--config replaces the files of the repository; without the file nothing runs', () => {
  stage({
    '.keyscan.json': { ignore: ['a'] },
    'b/.keyscan.json': { ignore: ['c'] },
    a: freshKey(),
    'b/c': freshKey(),
  });
  expect(ignored()).toHaveLength(2);
  writeFileSync(join(at.root, 'other.json'), '{"disable": ["openai-project-key"]}');
  expect(ignored('--config', '../other.json').map((line) => line.split(':')[0])).toEqual([
    'a policy',
    'b/c policy',
  ]);
  writeFileSync(join(at.root, 'other.json'), '{}');
  expect(ignored('--config', '../other.json')).toEqual([]);
  expect(refusal('--config', 'absent.json')).toContain('absent.json is not there');
  expect(refusal('--baseline', 'absent')).toContain('absent is not there');
});

test('in a folder, the configurations from the top down to it hold for the run', () => {
  stage({ '.keyscan.json': { failOn: 'certain' }, 'a/.keyscan.json': { failOn: 'possible' }, 'a/b/x': 'x' });
  at.write('a/b/x', `openai.api_key = "${freshKey('F2b')}"`);
  at.git('add', '--all');
  expect(keyscan(at, ['staged']).status).toBe(0);
  expect(keyscan(at, ['staged'], { cwd: 'a/b' }).status).toBe(1);
  expect(keyscan(at, ['.'], { cwd: 'a/b' }).status).toBe(1);
  expect(keyscan(at, ['-'], { cwd: 'a', input: `openai.api_key = "${freshKey('F2b')}"` }).status).toBe(1);
  expect(keyscan(at, ['-'], { input: `openai.api_key = "${freshKey('F2b')}"` }).status).toBe(0);
});

test('a rule of one’s own finds, is explained, and fails the run', () => {
  const rule = {
    id: 'acme-token',
    title: 'Acme access token',
    severity: 'high',
    summary: 'Opens everything the team has at Acme.',
    match: { forms: [{ form: 'acme_<alnum:24>', edges: 'token', confidence: 'certain' }] },
    advice: ['Revoke it at Acme.'],
    links: ['https://acme.example/tokens'],
  };
  const token = freshKey('acme_<alnum:24>');
  stage({ '.keyscan.json': { rules: [rule] }, a: `token = '${token}'`, b: freshKey() });
  const { findings, tool } = staged();
  expect(findings.map(({ ruleId, title, preview }) => [ruleId, title, preview])).toEqual([
    ['acme-token', 'Acme access token', `acme_…${token.slice(-4)}`],
    ['openai-project-key', 'OpenAI project API key', expect.any(String)],
  ]);
  const { status, stdout } = runHook(at);
  expect([status, stdout]).toEqual([1, expect.stringContaining('Revoke it at Acme.')]);
  stage({ '.keyscan.json': { rules: [rule], disable: ['acme-token'] } });
  expect(ignored()).toEqual(['a policy: the rule is disabled in .keyscan.json']);
  stage({ '.keyscan.json': {} });
  expect(staged().tool.rules).not.toBe(tool.rules);
});

test('every rule disabled, in two files', () => {
  const ids = JSON.parse(keyscan(at, ['rules', '--format', 'json']).stdout).map(
    ({ id }: { id: string }) => id,
  );
  user({ disable: ids.slice(1) });
  stage({ '.keyscan.json': { disable: ids.slice(0, 2) }, a: 'x' });
  expect(refusal()).toMatch(/every rule is disabled \(.*config\.json, \.keyscan\.json\)/);
});

test('staged.blockCommitted', () => {
  const key = freshKey();
  stage({ a: key });
  at.commit();
  stage({ a: `${key}\n` });
  expect(keyscan(at, ['staged']).status).toBe(0);
  stage({ '.keyscan.json': { staged: { blockCommitted: true } } });
  expect(keyscan(at, ['staged']).status).toBe(1);
});

describe('what stands in the place of a configuration', () => {
  test.each<[what: string, make: (file: string) => void]>([
    ['a link', (file) => symlinkSync('elsewhere.json', file)],
    ['a link to a device', (file) => symlinkSync('/dev/zero', file)],
    ['a folder', (file) => mkdirSync(file)],
    ['a pipe', (file) => execFileSync('mkfifo', [file])],
  ])('%s is not read', (_, make) => {
    at.write('elsewhere.json', '{"disable": ["openai-project-key"]}');
    stage({ a: freshKey() });
    make(join(at.path, '.keyscan.json'));
    expect(refusal()).toMatch(/\.keyscan\.json is (?:a link|no regular file)/);
    rmSync(join(at.path, '.keyscan.json'), { recursive: true });
    make(join(at.path, '.keyscan-baseline'));
    expect(refusal()).toMatch(/\.keyscan-baseline is (?:a link|no regular file)/);
  });
});

describe('the hook', () => {
  test('real commits: refused, let pass by a configuration, refused for a wrong one', () => {
    guard(at);
    stage({ 'test/a': freshKey() });
    expect(at.tryGit(['commit', '-m', 'a key']).status).toBe(1);
    stage({ '.keyscan.json': { ignore: ['test'] } });
    expect(at.tryGit(['commit', '-m', 'a key']).status).toBe(0);
    stage({ '.keyscan.json': '{"ignore": "test"}', b: 'x' });
    const { status, stderr } = at.tryGit(['commit', '-m', 'a mistake']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('ignore must be a list')]);
  });

  test('a configuration in a linked work tree is that work tree’s', () => {
    stage({ a: 'x' });
    at.commit();
    const linked = at.worktree('linked');
    linked.write('.keyscan.json', '{"ignore": ["key"]}');
    linked.write('key', freshKey());
    linked.git('add', '--all');
    guard(linked);
    expect(linked.tryGit(['commit', '-m', 'a key']).status).toBe(0);
    stage({ key: freshKey() });
    expect(at.tryGit(['commit', '-m', 'a key']).status).toBe(1);
  });
});

test('keyscan config tells each value and where it comes from', () => {
  user({ failOn: 'certain', honor: ['gitleaks'] });
  stage({
    '.keyscan.json': { failOn: 'possible', ignore: ['docs', { paths: ['a/**/*.ts'], reason: 'samples' }] },
    'a/.keyscan.json': { thresholds: { 'openai-user-key': 'certain' }, ignore: ['*.txt'] },
  });
  const rows = (...args: string[]) =>
    JSON.parse(keyscan(at, ['config', '--format', 'json', ...args]).stdout).map(
      ({ name, value, from }: Record<string, string>) =>
        `${name} = ${value} (${from?.replace(/^.*keyscan\/config/, '…')})`,
    );
  expect(rows()).toEqual([
    'failOn = possible (.keyscan.json)',
    'baseline = .keyscan-baseline (default)',
    'staged.blockCommitted = false (default)',
    'honor = gitleaks (….json)',
    'ignore = docs (.keyscan.json)',
    'ignore = a/**/*.ts; samples (.keyscan.json)',
  ]);
  expect(rows('--for', 'a/b.ts').slice(4)).toEqual([
    'ignore = a/**/*.ts; samples (.keyscan.json)',
    'thresholds = openai-user-key: certain (a/.keyscan.json)',
  ]);
  expect(keyscan(at, ['config', '--for', '../x']).stderr).toContain('not in this repository');
  expect(keyscan(at, ['config', '--format', 'sarif']).status).toBe(2);
  expect(keyscan(at, ['config']).stdout).toMatch(/^failOn +possible +\.keyscan\.json\n/);
});

test('keyscan config repeats no credential', () => {
  const key = freshKey();
  stage({ '.keyscan.json': { baseline: key, ignore: [{ paths: [key], reason: `was ${key}` }] } });
  for (const format of ['human', 'json']) {
    const { status, stdout } = keyscan(at, ['config', '--format', format]);
    expect(status).toBe(0);
    expect(stdout.includes('was sk-proj-…')).toBe(true);
    expect(stdout.includes(key.slice(8, 16))).toBe(false);
  }
});

test('comments of other tools count on request, none at all with --no-inline-ignore', () => {
  stage({
    a: `${freshKey()} # gitleaks:allow`,
    b: `${freshKey()} # pragma: allowlist secret`,
    c: `${freshKey()} # keyscan:ignore -- a sample`,
  });
  expect(staged().ignored.map(({ path }) => path)).toEqual(['c']);
  expect(staged('--honor', 'gitleaks,detect-secrets').ignored.map(({ path }) => path)).toEqual([
    'a',
    'b',
    'c',
  ]);
  stage({ '.keyscan.json': { honor: ['gitleaks'] } });
  expect(staged().ignored.map(({ path }) => path)).toEqual(['a', 'c']);
  expect(staged('--no-inline-ignore', ...FAIL_ON).ignored).toEqual([]);
  expect(refusal('--honor', 'gitleak')).toContain('Did you mean gitleaks?');
});
