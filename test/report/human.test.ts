// The report for people: complete, at most 80 columns, safe, the same without colour, and only commands that work.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/model.ts';
import { type Look, renderHuman } from '../../src/report/human.ts';
import { describeRule, finding, ignored, occurrence, report } from './sample.ts';

const LOOK: Look = { color: false, failOn: 'likely', verbose: false, quiet: false, describe: describeRule };

const render = (each: Report, look: Partial<Look> = {}) => renderHuman(each, { ...LOOK, ...look });
const all = (each: Report, look: Partial<Look> = {}) => Object.values(render(each, look)).join('');

const several = report({
  findings: [
    finding({
      occurrences: [
        occurrence('src/config.ts'),
        occurrence('deploy/a b.yaml', 12, 9, { decoded: ['base64'] }),
      ],
    }),
    finding({ ruleId: 'openai-legacy-key', title: 'OpenAI API key without marker', confidence: 'likely' }),
    finding({ ruleId: 'openai-assigned-secret', severity: 'high', confidence: 'possible', title: 'Weak' }),
  ],
  ignored: [ignored(), ignored({ by: 'inline', path: 'test/x.ts', reason: 'made up' })],
});

test('everything there is to know is said', () => {
  const { findings, closing, problems } = render(several);
  expect(problems).toBe('');
  expect(findings).toContain('this commit would record 2 OpenAI credentials');
  expect(findings).toContain('at src/config.ts:3:18\n');
  expect(findings).toContain('at deploy/a b.yaml:12:9 (decoded: base64)\n');
  expect(findings).toContain('OpenAI API key without marker (likely)');
  expect(findings).toContain('git reset -q -- :/src/config.ts\n');
  expect(findings).toContain("git reset -q -- ':/deploy/a b.yaml'\n");
  expect(findings.indexOf('Weak (possible)')).toBeGreaterThan(findings.indexOf('Not sure enough to count'));
  expect(closing).toContain('at src/old.ts:7  sk-proj-…Q2wA');
  expect(closing).toMatch(/2 OpenAI credentials in 3 places, 1 not sure\s+enough to count/);
});

test('what changes nothing is noted, unless there is nothing to act on and nobody wants to hear', () => {
  const noted = report({
    notices: [
      { path: 'a log', reason: `changed while it was read ${'and so on '.repeat(9)}` },
      { path: '', reason: 'the clone is cut' },
    ],
  });
  const { closing } = render(noted);
  expect(closing).toMatch(/^keyscan: note: changed while it was read (?:and so on\s+){9} {2}at a log\n/);
  expect(closing).toContain('\nkeyscan: note: the clone is cut\n');
  expect(all(noted, { quiet: true })).toBe('');
});

test('advice that two rules share is given once', () => {
  expect(render(several).findings.match(/Read the new key from/g)).toHaveLength(1);
});

test('prose keeps to 80 columns', () => {
  const prose = all(several, { verbose: true }).split('\n');
  expect(prose.filter((line) => line.length > 80)).toEqual([]);
});

test('paths are never broken or cut', () => {
  const path = `${'a very long folder/'.repeat(8)}key.ts`;
  expect(all(report({ findings: [finding({ occurrences: [occurrence(path)] })] }))).toContain(
    `at ${path}:3:18\n`,
  );
});

test('what is said of a place stands below it where there is no room beside it', () => {
  const origin = { kind: 'commit', commit: 'a'.repeat(40), date: '2024-05-06', author: 'Ada' } as const;
  const at = (path: string, decoded: readonly string[]) =>
    all(report({ findings: [finding({ occurrences: [occurrence(path, 3, 18, { origin, decoded })] })] }));
  const margin = ' '.repeat(12);
  expect(at('x.ts', [])).toContain(`\n${margin}at x.ts:3:18 (commit aaaaaaaaaaaa, 2024-05-06, Ada)\n`);
  const text = at('src/key.ts', ['base64', 'base64']);
  expect(text).toContain(
    `\n${margin}at src/key.ts:3:18\n${margin}   (commit aaaaaaaaaaaa, 2024-05-06, Ada; decoded: base64, base64)\n`,
  );
  const long = at('src/key.ts', Array(20).fill('base64'));
  expect(long.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('colour adds nothing but colour', () => {
  const esc = String.fromCharCode(27);
  const painted = all(several, { color: true, verbose: true });
  expect(painted).toContain(`${esc}[`);
  expect(painted.replace(new RegExp(`${esc}\\[[\\d;]*m`, 'g'), '')).toBe(all(several, { verbose: true }));
});

test('a clean run is one line, and none when quiet', () => {
  expect(all(report())).toBe('keyscan: 3 staged files, 14 kB: no OpenAI credentials\n');
  expect(all(report(), { quiet: true })).toBe('');
});

test('what an earlier run has found clean is not passed over in silence', () => {
  const coverage = { ...report().coverage, objects: 0, bytes: 0, known: 7 };
  expect(all(report({ mode: 'history', coverage }))).toBe(
    'keyscan: 0 objects, 0 bytes, 7 known to be clean from an earlier run: no OpenAI\ncredentials\n',
  );
});

test('quiet does not hide what counts, a problem or a warning; it hides what does not count', () => {
  expect(all(several, { quiet: true })).toContain('this commit would record');
  expect(all(report({ ignored: [ignored()] }), { quiet: true })).toContain(
    'keyscan: warning: 1 OpenAI credential',
  );
  expect(all(report({ findings: [finding({ confidence: 'possible' })] }), { quiet: true })).toBe('');
});

test.each([
  ['certain', 0],
  ['likely', 1],
  ['possible', 2],
] as const)('--fail-on %s', (failOn, index) => {
  const findings = (['certain', 'likely', 'possible'] as const).map((confidence) => finding({ confidence }));
  expect(all(report({ findings }), { failOn })).toContain(`would record ${['1 ', '2 ', '3 '][index]}`);
});

test('what could not be looked at comes first and says why and what to do', () => {
  const coverage = {
    ...report().coverage,
    complete: false,
    problems: [{ path: 'src/a.ts', reason: 'the object is missing' }],
  };
  const text = all(report({ coverage, findings: [finding()] }));
  expect(text).toMatch(/^keyscan could not look at everything/);
  expect(text).toContain('at src/a.ts\n     the object is missing\n');
  expect(text).toContain('Put this right first');
  expect(text.replace(/\s+/g, ' ')).toContain('; not everything could be read');
});

test('a coverage that does not balance is loud even without a problem', () => {
  expect(all(report({ coverage: { ...report().coverage, complete: false } }), { quiet: true })).toContain(
    'a bug of keyscan',
  );
});

test('a hostile name stays on its line, starts none, and is in no command', () => {
  const path = `a\n::stop-commands::x\r${String.fromCharCode(27)}[2J`;
  const text = all(
    report({
      findings: [finding({ occurrences: [occurrence(path)] })],
      ignored: [ignored({ path, by: 'inline', reason: path }), ignored({ path })],
      coverage: {
        ...report().coverage,
        skipped: [{ path, reason: path }],
        problems: [{ path, reason: path }],
      },
    }),
    { verbose: true },
  );
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(text).not.toContain('git reset');
});

test('only a staged file can be unstaged', () => {
  expect(all(report({ mode: 'stdin', findings: [finding()] }))).not.toMatch(/git (reset|commit|add)/);
});

test.each(['plain.ts', 'a b.ts', "it's.ts", '[id].ts', '-n', ':colon', '$HOME', 'übung.ts', '*'])(
  'the command for %s unstages it, from any folder and before the first commit',
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'keyscan-steps-'));
    try {
      const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
      git('init', '-q');
      git('config', 'core.quotePath', 'false');
      execFileSync('mkdir', ['sub'], { cwd: folder });
      writeFileSync(join(folder, name), 'x');
      writeFileSync(join(folder, 'other.ts'), 'x');
      git('--literal-pathspecs', 'add', '--', name, 'other.ts');
      const text = all(report({ findings: [finding({ occurrences: [occurrence(name)] })] }));
      const command = text.split('\n').find((line) => line.includes('git reset'));
      execFileSync('sh', ['-c', command ?? 'false'], { cwd: join(folder, 'sub') });
      expect(git('ls-files', '-z')).toBe('other.ts\0');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
