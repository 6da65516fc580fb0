// Reports in files and formats of all kinds, from the built command line: complete, without a secret, and never the reason
// for another exit code.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { lineHashes } from '../../src/detect/line-hash.ts';
import { OPTIONS } from '../../src/options.ts';
import { readHtml } from '../support/html.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { readXml } from '../support/xml.ts';

const FORMATS = OPTIONS.format.choices;
const onPosix = process.platform === 'win32' ? test.skip : test; // permissions and links

let repository: ScratchRepository;
let key: string;
beforeEach(() => {
  repository = scratchRepository();
  key = freshKey();
});
afterEach(() => repository.remove());

const scan = (args: readonly string[], env = {}) =>
  keyscan(repository, ['-', ...args], { input: `OPENAI_API_KEY=${key}\n`, env });
const inside = (name: string): string => join(repository.path, name);
const read = (name: string): string => readFileSync(inside(name), 'utf8');
const everyFormat = FORMATS.flatMap((format) => ['--report', `${format}=out/${format}`]);

describe('--report', () => {
  beforeEach(() => mkdirSync(inside('out')));

  onPosix(
    'every format at once, each whole, for its owner only, without a secret; and the report itself',
    () => {
      const { status, stdout, stderr } = scan(everyFormat);
      expect(status).toBe(1);
      expect(stdout).toContain('at <stdin>:1:16');
      expect(readdirSync(inside('out')).sort()).toEqual([...FORMATS].sort());
      for (const format of FORMATS) {
        expect(statSync(inside(`out/${format}`)).mode & 0o777).toBe(0o600);
        expect(read(`out/${format}`)).toContain(key.slice(-4));
        expect(leakOf(key, read(`out/${format}`))).toBeUndefined();
      }
      expect(leakOf(key, stdout + stderr)).toBeUndefined();
      expect(JSON.parse(read('out/json')).findings).toHaveLength(1);
      expect(JSON.parse(read('out/sarif')).runs[0].results).toHaveLength(1);
      expect(readXml(read('out/junit')).filter(({ name }) => name === 'failure')).toHaveLength(1);
      expect(readHtml(read('out/html')).filter(({ name }) => name === 'article')).toHaveLength(1);
    },
  );

  test('beside --output and --format', () => {
    const { status, stdout } = scan(['-f', 'json', '-o', 'a.json', '--report=jsonl=out/b=c.jsonl']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(read('a.json')).findings).toHaveLength(1);
    expect(read('out/b=c.jsonl').trimEnd().split('\n')).toHaveLength(2);
  });

  onPosix(
    'that cannot be written: the others are, the findings are printed, exit code 2 and which it was',
    () => {
      writeFileSync(inside('victim'), 'untouched');
      symlinkSync('../victim', inside('out/link'));
      const reports = ['--report', 'sarif=out/link', '--report', 'html=out/page.html'];
      for (const more of [[], ['--output', 'out/human']]) {
        const { status, stdout, stderr } = scan([...reports, ...more]);
        expect(status).toBe(2);
        expect(stdout).toContain('at <stdin>:1:16');
        expect(stderr).toContain(
          'keyscan: the sarif report out/link cannot be written: the file is a symbolic link\n',
        );
        expect(read('out/page.html')).toContain('1 OpenAI credential found');
        expect(read('victim')).toBe('untouched');
      }
    },
  );

  onPosix('a file named like a credential is masked where it is complained of', () => {
    mkdirSync(inside(key));
    const { status, stderr } = scan(['--report', `json=${key}`]);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be written: it is a folder');
    expect(leakOf(key, stderr)).toBeUndefined();
  });

  test.each([
    ['an unknown format', ['--report', 'srif=out/x'], /--report needs FORMAT=FILE/],
    ['no format', ['--report', 'out/x'], /--report needs FORMAT=FILE/],
    ['no file', ['--report', 'sarif='], /--report needs FORMAT=FILE/],
    ['standard output', ['--report', 'sarif=-'], /--report needs FORMAT=FILE/],
    ['no value', ['--report'], /--report needs FORMAT=FILE/],
    ['two to one file', ['--report', 'sarif=out/x', '--report', 'json=out/../out/x'], /to one file/],
    ['one to the file of --output', ['--report', 'sarif=out/x', '-o', './out/x'], /to one file/],
  ])('%s is refused before anything is looked at', (_, args, message) => {
    const { status, stdout, stderr } = scan(['--report', 'json=out/first', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(inside('out'))).toEqual([]);
  });
});

onPosix(
  'no format holds eight characters of a credential, wherever it stood and however it was written',
  () => {
    const keys = ['F1', 'F2b', 'F11', 'F14'].map((shape) => freshKey(shape));
    const [user = '', legacy = '', project = '', admin = ''] = keys;
    const azure = freshKey('<[0-9a-f]:32>');
    repository.write(`keys/${admin}.txt`, 'see the name\n');
    repository.write(
      'encoded.yaml',
      `a: ${Buffer.from(project).toString('base64')}\nb: ${Buffer.from(user).toString('hex')}\n`,
    );
    repository.write('.env', `OPENAI_API_KEY=${legacy}\nAZURE_OPENAI_API_KEY=${azure}\n`);
    repository.write('known.env', `OPENAI_API_KEY=${key}\n`);
    repository.commit();
    for (const path of [`keys/${admin}.txt`, 'encoded.yaml', '.env', 'known.env'])
      repository.write(path, `${readFileSync(inside(path), 'utf8')}\n`);
    repository.git('rm', '--quiet', '--cached', '.env', 'encoded.yaml');
    repository.git('commit', '--quiet', '--no-verify', '-m', 'fewer');
    repository.git('add', '--all');
    mkdirSync(inside('out'));
    const { status, stdout, stderr } = keyscan(repository, ['staged', '--verbose', ...everyFormat]);
    expect(status).toBe(1);
    const { findings, ignored } = JSON.parse(read('out/json'));
    expect([findings.length, ignored.length]).toEqual([4, 2]);
    const outputs = [stdout, stderr, ...FORMATS.map((format) => read(`out/${format}`))];
    for (const secret of [...keys, azure, key])
      expect(outputs.map((output) => leakOf(secret, output))).toEqual(outputs.map(() => undefined));
  },
);

test.each(FORMATS)('-f %s does not change the exit code', (format) => {
  expect(scan(['-f', format]).status).toBe(1);
  expect(scan(['-f', format, '--exit-zero']).status).toBe(0);
  expect(keyscan(repository, ['-', '-f', format], { input: 'nothing\n' }).status).toBe(0);
  repository.git('update-index', '--add', '--cacheinfo', `100644,${'1'.repeat(40)},missing.txt`);
  expect(keyscan(repository, ['staged', '-f', format]).status).toBe(2);
});

test('sarif knows the line of a staged file as GitHub does', () => {
  const text = `// settings\n\nexport const apiKey = '${key}';\n`;
  repository.write('src/settings.ts', text);
  repository.git('add', '--all');
  const { stdout } = keyscan(repository, ['staged', '-f', 'sarif']);
  expect(JSON.parse(stdout).runs[0].results[0].partialFingerprints).toEqual({
    primaryLocationLineHash: lineHashes(text)[2],
    'keyscan/v1': expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(keyscan(repository, ['staged', '-f', 'json']).stdout).not.toContain('lineHash');
});

test('paths begin at the top of the repository for those who know nothing else', () => {
  repository.write('packages/web/src/a.ts', `const key = '${key}';\n`);
  const args = ['src', ...everyFormat];
  mkdirSync(inside('packages/web/out'));
  const { stdout } = keyscan(repository, args, { cwd: 'packages/web' });
  expect(stdout).toContain('at src/a.ts:1:14');
  const written = (format: string) => read(`packages/web/out/${format}`);
  expect(JSON.parse(written('json')).findings[0].occurrences[0].path).toBe('src/a.ts');
  for (const format of ['sarif', 'github', 'gitlab', 'codequality'])
    expect(written(format)).toMatch(/packages\/web\/src\/a\.ts/);
});

describe('GitHub Actions', () => {
  let env: Record<string, string>;
  beforeEach(() => {
    env = { GITHUB_STEP_SUMMARY: inside('summary.md'), GITHUB_OUTPUT: inside('output') };
    writeFileSync(inside('summary.md'), 'before\n');
    writeFileSync(inside('output'), 'before=1\n');
  });

  test('the summary and the outputs of the step are added to', () => {
    const { status, stdout } = scan(['-f', 'github'], env);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=<stdin>,line=1,.*::sk-proj-….{4}%0A.*\n$/);
    expect(read('output')).toBe('before=1\nfindings=1\n');
    expect(read('summary.md')).toMatch(/^before\n\n### keyscan: 1 OpenAI credential found\n/);
    expect(leakOf(key, stdout + read('summary.md'))).toBeUndefined();
  });

  test('only of a run that reports to it', () => {
    scan(['-f', 'json', '--report', 'sarif=x.sarif'], env);
    expect([read('output'), read('summary.md')]).toEqual(['before=1\n', 'before\n']);
    expect(scan(['-f', 'github']).status).toBe(1);
  });

  onPosix('what cannot be added to is exit code 2', () => {
    const { status, stdout, stderr } = scan(['-f', 'github'], { ...env, GITHUB_OUTPUT: inside('no/where') });
    expect(status).toBe(2);
    expect(stdout).toContain('::error file=');
    expect(stderr).toContain('keyscan: $GITHUB_OUTPUT cannot be written: ENOENT\n');
    expect(existsSync(inside('no'))).toBe(false);
    expect(read('summary.md')).toContain('### keyscan');
  });
});

test.each(['rules', 'config', 'doctor'])('keyscan %s is not about findings', (verb) => {
  for (const format of ['sarif', 'xml'])
    expect(keyscan(repository, ['-f', format, verb])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'keyscan: --format needs human or json\n',
    });
  expect(keyscan(repository, [verb, '--help']).stdout).toMatch(/: human\s+or\s+json \(human\)/);
});
