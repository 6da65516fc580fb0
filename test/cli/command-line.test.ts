// Words on the command line: what is understood, what is refused with which hint, and what help says.

import { VERBS } from '../../src/cli/verbs.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { type Ran, type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeAll(() => {
  repository = scratchRepository();
});
afterAll(() => repository.remove());

const run = (...args: string[]): Ran => keyscan(repository, args);

describe('refused with exit code 2, a sentence and a hint', () => {
  const cases: readonly (readonly [args: string, message: RegExp])[] = [
    ['stagde', /no command stagde, nor a file or folder\n {2}Did you mean keyscan staged\?/],
    ['quite-another-word', /no command quite-another-word, .*\n {2}keyscan --help lists the commands/],
    ['ci', /no CI service .* has said .*\n {2}say it yourself: keyscan ci --base origin\/main/],
    ['. --stdin-filename x', /keyscan PATH has no option --stdin-filename\n {2}See keyscan \. --help/],
    ['. --files-from', /--files-from needs a FILE/],
    ['--files-from no-such-list', /the list of --files-from cannot be read \(ENOENT\)/],
    ['--files-from -', /the list of --files-from holds no path/],
    ['--jobs 0 .', /--jobs needs a whole number/],
    ['staged --fromat json', /no option --fromat\n {2}Did you mean --format\?/],
    ['staged --no-progres', /Did you mean --no-progress\?/],
    ['staged --jobs many', /--jobs needs a whole number/],
    ['rules --jobs 3', /rules has no option --jobs/],
    ['staged -x', /no option -x/],
    ['staged --constructor', /no such option/],
    ['staged --__proto__ 1', /no such option/],
    ['staged --format xml', /--format needs human, json, .* or html/],
    ['staged --format', /--format needs human, json, .* or html/],
    ['staged --no-format', /--format needs human, json, .* or html/],
    ['staged --fail-on=sure', /--fail-on needs certain, likely or possible/],
    ['staged --output', /--output needs a FILE/],
    ['staged --output=', /--output needs a FILE/],
    ['staged --quiet=maybe', /--quiet takes no value/],
    ['staged --stdin-filename x', /staged has no option --stdin-filename/],
    ['staged more', /staged takes no further words/],
    ['staged -- --quiet', /staged takes no further words/],
    ['rules a b', /rules takes only \[ID\]/],
    ['rules no-such-rule', /no rule with that id/],
    ['rules --fail-on likely', /rules has no option --fail-on/],
    ['hook', /hook needs NAME/],
    ['hook no-such-hook', /nothing to do in this hook/],
    ['install --manager overcommit', /--manager needs auto, git, husky, lefthook or pre-commit/],
  ];

  test.each(cases)('keyscan %s', (args, message) => {
    const { status, stdout, stderr } = run(...args.split(' ').filter(Boolean));
    expect(stderr).toMatch(/^keyscan: /);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

test.each([
  ['as a command', (key: string) => [key]],
  ['as a word too many', (key: string) => ['staged', key]],
  ['as an option', (key: string) => ['staged', `--${key}`]],
  ['as the value of an option', (key: string) => ['staged', '--format', key]],
  ['as a rule', (key: string) => ['rules', key]],
  ['as a hook', (key: string) => ['hook', key]],
  ['as a report file', (key: string) => ['staged', '--output', `no-such-folder/${key}`]],
])('a key given %s is not repeated', (_, args) => {
  const key = freshKey();
  const { status, stdout, stderr } = run(...args(key));
  expect(status).toBe(2);
  expect(leakOf(key, stdout + stderr)).toBeUndefined();
});

test('options are understood in every spelling', () => {
  const json = (...args: string[]) => JSON.parse(run(...args).stdout).mode;
  expect(json('staged', '--format', 'json')).toBe('staged');
  expect(json('staged', '--format=json')).toBe('staged');
  expect(json('staged', '-f', 'json')).toBe('staged');
  expect(json('staged', '-q', '-f', 'json', '-v')).toBe('staged');
  expect(json('--format', 'json', 'staged')).toBe('staged');
  expect(json('staged', '-f', 'human', '-f', 'json')).toBe('staged');
  expect(json('staged', '-o', '-', '-qvf', 'json', '--no-progress')).toBe('staged');
  expect(json('staged', '--format', 'json', '--output', '-')).toBe('staged');
});

test('settings of the project do not change how words are read', () => {
  repository.write('package.json', '{"yargs":{"boolean-negation":false,"short-option-groups":false}}');
  expect(run('staged', '--no-progress', '-qv').status).toBe(0);
});

test('a word that is no command is a path when it looks like one, or is one', () => {
  repository.write('folder/file', 'clean');
  repository.write('staged', 'clean');
  const json = (...args: string[]) => JSON.parse(run(...args, '--format', 'json').stdout);
  expect(json('folder')).toMatchObject({ mode: 'files', coverage: { objects: 1, complete: true } });
  expect(json('no/such.file')).toMatchObject({
    mode: 'files',
    coverage: { problems: [{ path: 'no/such.file' }] },
  });
  expect(json('staged').mode).toBe('staged');
  expect(json('./staged')).toMatchObject({ mode: 'files', coverage: { objects: 1 } });
  for (const path of ['folder', 'staged'])
    expect(JSON.parse(run('-f', 'json', '--', path).stdout)).toMatchObject({
      mode: 'files',
      coverage: { objects: 1 },
    });
  expect(run('').stderr).toBe('keyscan: one of the paths is empty\n  perhaps a variable is not set\n');
});

test('a list of paths from standard input, by lines and by NULs', () => {
  repository.write('a\nb', 'clean');
  repository.write('c', 'clean');
  const listing = (input: string, ...args: string[]) =>
    JSON.parse(keyscan(repository, ['--files-from', '-', '-f', 'json', ...args], { input }).stdout).coverage;
  expect(listing('a\nb\0c\0', '-0')).toMatchObject({ objects: 2, problems: [] });
  expect(listing('a\nb\0c\0', '--null')).toMatchObject({ objects: 2, problems: [] });
  expect(listing('c\r\n\n./c\n')).toMatchObject({ objects: 1, problems: [] });
  expect(listing('c\nno\n', 'folder')).toMatchObject({ objects: 2, problems: [{ path: 'no' }] });
  expect(keyscan(repository, ['--files-from', '-'], { input: 'c\0' }).stderr).toMatch(/NUL byte\n.*--null/);
});

describe('help', () => {
  const texts = [[], ...VERBS.map(({ name }) => [name])].map(
    (words) => [words.join(' '), run.bind(null, ...words)] as const,
  );

  test.each(texts)('keyscan %s --help is at most 80 columns wide and has examples', (_, runWords) => {
    const { status, stdout, stderr } = runWords('--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/\nExamples\n {2}(?:.*\n){2}/);
    expect(runWords('-h').stdout).toBe(stdout);
  });

  test('every option of a command is in its help', () => {
    for (const { name, options } of VERBS)
      expect(run(name, '--help').stdout.match(/^ {2}(?:-\w, | {4})--/gm)).toHaveLength(options.length + 1);
  });
});

test.each(['--version', '-V'])('%s prints the version and nothing else', (option) => {
  expect(run(option)).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

describe('rules', () => {
  test('lists one line for each, 80 columns wide at most', () => {
    const lines = run('rules').stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(18);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^openai-project-key +critical +\S/));
  });

  const ids: readonly string[] = JSON.parse(run0('rules', '--format', 'json')).map(
    ({ id }: { id: string }) => id,
  );

  test.each(ids)('%s is explained, without anything that looks like a key', (id) => {
    const { status, stdout } = run('rules', id);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\nLooks like\n {2}\S/);
    expect(stdout).toMatch(/\nExamples\n {2}\S/);
    expect(stdout).toMatch(/\nWhat to do when it is found\n {2}- /);
    expect(stdout).toMatch(/\nSources\n {2}- /);
    expect(stdout.split('\n').filter((line) => line.length > 80 && !/^ *\S+$/.test(line))).toEqual([]);
    const { findings } = JSON.parse(keyscan(repository, ['-', '-f', 'json'], { input: stdout }).stdout);
    // Names are no keys.
    expect(findings.filter(({ ruleId }: { ruleId: string }) => ruleId !== 'openai-client-exposure')).toEqual(
      [],
    );
  });

  test('an id that is none is answered with the nearest, and not repeated', () => {
    expect(run('rules', 'openai-projct-key')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'keyscan: there is no rule with that id\n  did you mean openai-project-key?\n',
    });
    expect(run('rules', 'nothing-like-it').stderr).toMatch(/keyscan rules lists them/);
  });

  test('json is the rule file', () => {
    const rule = JSON.parse(run('rules', 'openai-project-key', '--format', 'json').stdout);
    expect(rule).toMatchObject({
      id: 'openai-project-key',
      severity: 'critical',
      sources: expect.any(Array),
    });
    expect(rule.examples.found).toContain('sk-proj-<alnum:20><marker><alnum:20>');
  });
});

function run0(...args: string[]): string {
  const once = scratchRepository();
  try {
    return keyscan(once, args).stdout;
  } finally {
    once.remove();
  }
}
