// Where a report goes: streams, files, colours; whole, drained, and never through a link.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { freshKey } from '../support/keys.ts';
import { BIN, keyscan } from '../support/keyscan.ts';
import { type Ran, type ScratchRepository, scratchRepository } from '../support/repository.ts';

const ESC = String.fromCharCode(27);
const onPosix = process.platform === 'win32' ? test.skip : test; // permissions, links and sh
const onLinux = process.platform === 'linux' ? test : test.skip; // /dev/full

let repository: ScratchRepository;
let leaky: string;
beforeEach(() => {
  repository = scratchRepository();
  leaky = `OPENAI_API_KEY=${freshKey()}\n`;
});
afterEach(() => repository.remove());

const scan = (args: readonly string[], env = {}): Ran =>
  keyscan(repository, ['-', ...args], { input: leaky, env });
const shell = (script: string) =>
  spawnSync('sh', ['-c', script], {
    cwd: repository.path,
    env: { ...repository.env, NODE: process.execPath, BIN },
    input: leaky,
    encoding: 'utf8',
  });
const inside = (name: string): string => join(repository.path, name);

describe('--output', () => {
  onPosix('writes a file only its owner can read, whatever was there before', () => {
    writeFileSync(inside('report.json'), 'old', { mode: 0o644 });
    const { status, stdout } = scan(['--format', 'json', '--output', 'report.json']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(readFileSync(inside('report.json'), 'utf8')).findings).toHaveLength(1);
    expect(statSync(inside('report.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(repository.path)).toEqual(['.git', 'report.json']);
  });

  test('a report for people in a file has everything and no colour', () => {
    const { stderr } = scan(['--output', 'report.txt', '--color', 'always']);
    const text = readFileSync(inside('report.txt'), 'utf8');
    expect(text).toContain('What to do now');
    expect(text).toContain('standard input, ');
    expect(text).not.toContain(ESC);
    expect(stderr).toContain('standard input, ');
  });

  test('a clean run replaces an old report, too', () => {
    writeFileSync(inside('report.txt'), 'old');
    expect(keyscan(repository, ['-', '--output', 'report.txt', '--quiet']).status).toBe(0);
    expect(readFileSync(inside('report.txt'), 'utf8')).toBe('');
  });

  const refusals: readonly (readonly [string, string, RegExp, () => void])[] = [
    ['a link', 'link', /symbolic link/, () => symlinkSync('victim', inside('link'))],
    ['a dangling link', 'link', /symbolic link/, () => symlinkSync('nowhere', inside('link'))],
    ['a folder', 'folder', /a folder/, () => mkdirSync(inside('folder'))],
    ['inside a linked folder', 'out/report', /symbolic link/, () => symlinkSync('.', inside('out'))],
    ['inside .git', '.git/config', /inside \.git/, () => undefined],
    ['in a folder that is not there', 'no/where', /folder does not exist; make it first/, () => undefined],
    ['below a file', 'victim/report', /is a file, and no folder/, () => undefined],
    ['with too long a name', 'x'.repeat(300), /its name is too long/, () => undefined],
    ['a device', '/dev/null', /not a regular file/, () => undefined],
  ];

  describe.each(refusals)('%s', (_, output, reason, prepare) => {
    onPosix('is refused with exit code 2, and what was found is printed', () => {
      writeFileSync(inside('victim'), 'untouched');
      prepare();
      const before = readFileSync(inside('.git/config'), 'utf8');
      const { status, stdout, stderr } = scan(['--output', output]);
      expect(status).toBe(2);
      expect(stderr).toMatch(reason);
      expect(stdout).toContain('at <stdin>:1:16');
      expect(readFileSync(inside('victim'), 'utf8')).toBe('untouched');
      expect(readFileSync(inside('.git/config'), 'utf8')).toBe(before);
      expect(existsSync(inside('nowhere'))).toBe(false);
    });
  });

  onPosix('a file that cannot be written whole is not there, and the exit code is 2', () => {
    const { status, stdout, stderr } = shell(
      `trap '' XFSZ; ulimit -f 0; exec "$NODE" "$BIN" - --output report.txt`,
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/cannot be written: EFBIG/);
    expect(stdout).toContain('at <stdin>:1:16');
    expect(readdirSync(repository.path)).toEqual(['.git']);
  });

  onPosix('a folder that may not be written', () => {
    if (process.getuid?.() === 0) return; // nothing is forbidden to root
    mkdirSync(inside('locked'));
    chmodSync(inside('locked'), 0o500);
    expect(scan(['--output', 'locked/report'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('you may not write into its folder'),
    });
  });
});

describe('streams', () => {
  test('findings on standard output, the rest on standard error', () => {
    const { stdout, stderr } = scan([]);
    expect(stdout).toMatch(/^keyscan: this input holds 1 OpenAI credential\.\n/);
    expect(stderr).toMatch(/^keyscan: standard input, \d+ bytes: 1 OpenAI credential in 1 place\n$/);
  });

  test('the format and --exit-zero do not change what is found', () => {
    expect(scan(['--format', 'json']).status).toBe(1);
    expect(scan(['--exit-zero']).status).toBe(0);
    expect(scan(['--exit-zero']).stdout).toContain('at <stdin>:1:16');
  });

  test('a long report reaches a slow reader whole', () => {
    leaky = Array.from({ length: 1500 }, () => `OPENAI_API_KEY=${freshKey()}\n`).join('');
    const { status, stdout } = scan(['--format', 'json']);
    expect(status).toBe(1);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(stdout).findings).toHaveLength(1500);
  });

  onPosix('a reader that goes away does not change the exit code', () => {
    leaky = Array.from({ length: 500 }, () => `OPENAI_API_KEY=${freshKey()}\n`).join('');
    const piped = shell(
      '{ { "$NODE" "$BIN" - --format json; echo "exit $?" >&3; } | head -c 1 >/dev/null; } 3>&1 2>/dev/null',
    );
    expect(piped.stdout).toBe('exit 1\n');
  });

  onLinux('a full disk behind standard output is exit code 2', () => {
    expect(shell('"$NODE" "$BIN" - > /dev/full').status).toBe(2);
    expect(shell('"$NODE" "$BIN" - --format json > /dev/full').status).toBe(2);
    expect(shell('echo clean | "$NODE" "$BIN" - 2> /dev/full').status).toBe(2);
  });

  onPosix('a closed standard output is no clean run', () => {
    expect(shell('"$NODE" "$BIN" - >&-').status).not.toBe(0);
  });
});

describe('real reports follow schema/report.schema.json', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schema/report.schema.json'), 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true, allErrors: true }).compile(schema);

  test('with findings, something committed, something skipped and a problem', () => {
    repository.write('old.env', leaky);
    repository.commit();
    repository.write('old.env', `${leaky}# changed\n`);
    repository.write('new.env', `OPENAI_API_KEY=${freshKey()}\n`);
    repository.write('lost', 'lost\n');
    repository.submodule('module');
    repository.git('add', '--all');
    const object = repository.git('rev-parse', ':lost');
    rmSync(inside(`.git/objects/${object.slice(0, 2)}/${object.slice(2)}`));
    const { status, stdout } = keyscan(repository, ['staged', '--format', 'json']);
    const parsed = JSON.parse(stdout);
    validate(parsed);
    expect(validate.errors).toBeNull();
    expect(status).toBe(2);
    expect(parsed.findings).toHaveLength(1);
    expect(parsed.ignored).toMatchObject([{ path: 'old.env', by: 'committed' }]);
    expect(parsed.coverage.skipped).toMatchObject([{ path: 'module' }]);
    expect(parsed.coverage.problems).toMatchObject([{ path: 'lost' }]);
  });

  test('of standard input, twice the same bytes', () => {
    const { stdout } = scan(['--format', 'json']);
    expect(validate(JSON.parse(stdout))).toBe(true);
    expect(scan(['--format', 'json']).stdout).toBe(stdout);
  });
});

describe('colour', () => {
  const cases: readonly (readonly [string, readonly string[], Record<string, string>, boolean])[] = [
    ['none in a pipe', [], {}, false],
    ['--color always', ['--color', 'always'], { NO_COLOR: '1' }, true],
    ['--color never', ['--color', 'never'], { FORCE_COLOR: '1' }, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
    ['CLICOLOR_FORCE', [], { CLICOLOR_FORCE: '1' }, true],
    ['NO_COLOR wins over FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR says nothing', [], { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR wins over TERM=dumb', [], { TERM: 'dumb', FORCE_COLOR: '1' }, true],
    ['never in JSON', ['--format', 'json', '--color', 'always'], {}, false],
  ];

  test.each(cases)('%s', (_, args, env, colored) => {
    expect(scan(args, env).stdout.includes(ESC)).toBe(colored);
  });
});
