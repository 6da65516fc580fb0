// Every way a process can end, and the exit code that must come of it: 0 only when a run has finished and said so.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { freshKey } from '../support/keys.ts';

const root = join(__dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyscan-gate-'));
  // The gate as a program of its own. It loads the rules from where they are relative to it.
  symlinkSync(join(root, 'rules'), join(folder, 'rules'));
  const contents = `export * from './src/gate.ts'; export * from './src/errors.ts';`;
  buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(folder, 'src', 'built', 'gate.cjs'),
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
/** A program whose main() is this; `key` is what it may not say. */
function program(main: string): string {
  const file = join(folder, 'src', 'built', `program-${count++}.cjs`);
  writeFileSync(
    file,
    `const { runGated, UsageError, GitError } = require('./gate.cjs');
     const key = process.env.TEST_KEY;
     runGated(async (io) => { ${main} });`,
  );
  return file;
}

const key = freshKey();
const env = { ...process.env, TEST_KEY: key };

function run(main: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(main)], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return { status, stdout, stderr };
}

/** In a shell, `$PROGRAM` being the program. */
function shell(main: string, command: string): { status: number | null; stderr: string } {
  const PROGRAM = `${process.execPath} ${program(main)}`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { env: { ...env, PROGRAM }, encoding: 'utf8' });
  return { status, stderr };
}

describe('a run that finishes', () => {
  test.each([0, 1, 2])('ends with what it says: %d', (code) => {
    expect(run(`return ${code}`)).toEqual({ status: code, stdout: '', stderr: '' });
  });

  test('delivers everything before it ends', () => {
    const { status, stdout } = run(
      `await new Promise((done) => io.stdout.write('x'.repeat(5_000_000), done)); return 1`,
    );
    expect(status).toBe(1);
    expect(stdout).toHaveLength(5_000_000);
  });
});

describe('a run that does not finish ends with 2', () => {
  test.each([
    ['it waits for nothing', 'await new Promise(() => {}); return 0'],
    ['something in it exits with 0', 'process.exit(0)'],
    ['something in it exits with 1', 'process.exit(1)'],
    ['something in it lowers the code', 'process.exitCode = 0; await new Promise(() => {})'],
  ])('%s', (_, main) => {
    expect(run(main).status).toBe(2);
  });

  test('a usage error is said, with what to do, and no key in it', () => {
    const { status, stderr } = run(`throw new UsageError('no file ' + key, 'try\\n::' + key)`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^keyscan: no file sk-proj-….{4}\n {2}try\\x0a::sk-proj-….{4}\n$/);
  });

  test("git's own words are passed on, without what was said already", () => {
    const { status, stderr } = run(
      `throw new GitError('git x ended with 128: dubious', 'fatal: dubious\\nTo add an exception, call:\\n\\n\\tgit config\\n')`,
    );
    expect(status).toBe(2);
    expect(stderr).toBe(
      'keyscan: git x ended with 128: dubious\n  git: To add an exception, call:\n  git: \\x09git config\n',
    );
  });

  test.each([
    [
      'thrown',
      `throw Object.assign(new TypeError('about ' + key), { code: 'ERR_X' })`,
      /TypeError \(ERR_X\)/,
    ],
    [
      'thrown later',
      `setTimeout(() => { throw new RangeError(key) }); await new Promise(() => {})`,
      /RangeError/,
    ],
    ['rejected without anyone listening', `Promise.reject(new SyntaxError(key)); return 0`, /SyntaxError/],
    ['no error at all', 'throw key', /internal error: string/],
  ])('a bug is said, without its message: %s', (_, main, words) => {
    const { status, stdout, stderr } = run(main);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain(key.slice(8, 16));
  });

  test('a bug names its places, which a message cannot imitate', () => {
    const { stderr } = run(`const e = new Error('x\\n    at /' + key + '.js:1:1'); throw e`);
    expect(stderr).toMatch(/ {2}at program-\d+\.cjs:\d+:\d+\n/);
    expect(stderr).not.toContain(key.slice(8, 16));
    const { stderr: changed } = run(`const e = new Error('x'); e.message = key; throw e`);
    expect(changed).not.toContain(key.slice(8, 16));
  });

  test('a bug ends the process whatever still runs in it', () => {
    expect(run(`setInterval(() => {}, 1000); throw new Error('x')`).status).toBe(2);
  });
});

describe('output that nobody reads', () => {
  const talk = `for (let n = 0; n < 50; n++) await new Promise((done) => io.stdout.write('x'.repeat(10_000) + '\\n', done))`;
  const code = (main: string, command: string): number | null => shell(main, command).status;

  test.each([0, 1])('a reader that has seen enough does not change %d', (verdict) => {
    expect(code(`${talk}; return ${verdict}`, '{ $PROGRAM; echo $? >&3; } 3>&1 >/dev/null | cat')).toBe(0);
    const { stderr } = shell(
      `${talk}; return ${verdict}`,
      '{ $PROGRAM; echo "code $?" >&2; } | head -c 10 >/dev/null',
    );
    expect(stderr).toBe(`code ${verdict}\n`);
  });

  test.each(['>&-', '2>&-', '<&-', '>&- 2>&- <&-'])('a closed stream (%s) hides no verdict', (closed) => {
    expect(code(`${talk}; return 1`, `$PROGRAM ${closed}`)).toBe(1);
  });

  test.each([
    ['the report', talk],
    ['a few bytes', `io.stdout.write('x')`],
  ])('a full disk: %s', (_, main) => {
    expect(code(`${main}; return 0`, '$PROGRAM >/dev/full')).toBe(2);
    expect(code(`${main}; return 1`, '$PROGRAM >/dev/full')).toBe(2);
  });

  test('a full disk under standard error', () => {
    expect(code(`io.stderr.write('x'); return 0`, '$PROGRAM 2>/dev/full')).toBe(2);
    expect(code(`throw new Error('x')`, '$PROGRAM 2>/dev/full')).toBe(2);
  });
});

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: dies by it', async (signal) => {
    const child = spawn(process.execPath, [
      program(`io.stdout.write('up'); setInterval(() => {}, 1000); await new Promise(() => {})`),
    ]);
    child.stdout.once('data', () => child.kill(signal));
    const [code, by] = await new Promise<[number | null, string | null]>((done) =>
      child.on('close', (...how) => done(how)),
    );
    expect([code, by]).toEqual([null, signal]);
  });
});
