// The gate in what ships: no way to stop, starve or silence the hook makes a commit with a key in it.

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { BIN, guard, HOOK_ENTRY, keyscan, runHook } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
const key = freshKey();
beforeAll(() => {
  repository = scratchRepository();
  repository.commit();
  repository.write('a.env', `OPENAI_API_KEY=${key}\n`);
  repository.git('add', '.');
});
afterAll(() => repository.remove());

/** A folder with a `git` that does this for `cat-file`; to be first in PATH. */
function fakeGit(script: string): NodeJS.ProcessEnv {
  const folder = join(repository.root, 'bin');
  mkdirSync(folder, { recursive: true });
  const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n[ "$7" = cat-file ] || exec '${real}' "$@"\n${script}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { ...repository.env, PATH: `${folder}${delimiter}${repository.env.PATH}` };
}

/** In a shell, `$HOOK` being the hook and `$CLI` the command line. */
const shell = (command: string): { status: number | null; stdout: string } =>
  spawnSync('sh', ['-c', command], {
    cwd: repository.path,
    env: {
      ...repository.env,
      HOOK: `${process.execPath} ${HOOK_ENTRY} pre-commit`,
      CLI: `${process.execPath} ${BIN}`,
    },
    encoding: 'utf8',
  });

test('a commit is refused as it should be', () => {
  expect(runHook(repository).status).toBe(1);
});

describe('output', () => {
  test.each([
    ['closed', '$HOOK >&-', 1],
    ['closed altogether', '$HOOK >&- 2>&- <&-', 1],
    ['thrown away', '$HOOK >/dev/null 2>&1', 1],
    ['on a full disk', '$HOOK >/dev/full', 2],
    ['on a full disk, errors too', '$HOOK >/dev/full 2>&1', 2],
    ['as JSON on a full disk', '$CLI staged --format json >/dev/full', 2],
    ['in a file on a full disk', '$CLI staged --output /dev/full >/dev/null', 2],
  ])('%s', (_, command, status) => {
    expect(shell(command).status).toBe(status);
  });

  test('that nobody reads to its end', () => {
    const { stdout } = shell('exec 3>&1; { $CLI staged --format json 2>&1; echo $? >&3; } | true');
    expect(stdout).toBe('1\n');
  });
});

describe('signals', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s while it waits for git: dies by it', async (signal) => {
    const env = fakeGit('cat >/dev/null; :');
    const child = spawn(process.execPath, [HOOK_ENTRY, 'pre-commit'], { cwd: repository.path, env });
    setTimeout(() => child.kill(signal), 300);
    const how = await new Promise((done) => child.on('close', (code, by) => done([code, by])));
    expect(how).toEqual([null, signal]);
  });

  test.each(['INT', 'TERM', 'KILL', 'HUP'])('SIG%s to the hook: git makes no commit', (signal) => {
    guard(repository);
    const before = repository.git('rev-parse', 'HEAD');
    const env = fakeGit(`kill -${signal} $PPID; cat >/dev/null; :`);
    expect(repository.tryGit(['commit', '--quiet', '-m', 'x'], { env }).status).not.toBe(0);
    expect(repository.git('rev-parse', 'HEAD')).toBe(before);
  });

  test('SIGTERM while it reads standard input', async () => {
    const child = spawn(process.execPath, [BIN, '-'], { cwd: repository.path, env: repository.env });
    child.stdin.write('x');
    setTimeout(() => child.kill('SIGTERM'), 300);
    expect(await new Promise((done) => child.on('close', (code, by) => done([code, by])))).toEqual([
      null,
      'SIGTERM',
    ]);
  });
});

describe('git', () => {
  test.each([
    ['is killed', 'kill -KILL $$'],
    ['exits with 1 and no word', 'exit 1'],
    ['says garbage', 'echo garbage'],
    ['says nothing', 'exit 0'],
  ])('%s', (_, script) => {
    const ran = runHook(repository, 'pre-commit', { env: fakeGit(script) });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^keyscan: git cat-file /),
    });
  });

  test.each([
    ['is not there', '/nonexistent'],
    ['is only in the repository', '.'],
    ['has no PATH', ''],
  ])('%s', (_, PATH) => {
    const { status, stderr } = runHook(repository, 'pre-commit', { env: { PATH } });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/git was not found/) });
  });
});

test('however few files it may open', () => {
  const codes = new Map<string, number>();
  for (const limit of [4, 8, 10, 12, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 32, 64]) {
    const { status } = shell(`ulimit -n ${limit} && exec $HOOK`);
    expect({ limit, status }).not.toEqual({ limit, status: 0 });
    codes.set(`${status}`, limit);
  }
  expect(codes.get('1')).toBe(64);
});

test('a preload that ends the process with 0 does not make it clean', () => {
  const preload = join(repository.root, 'preload.cjs');
  writeFileSync(preload, `setTimeout(() => process.exit(0), 0);`);
  expect(
    runHook(repository, 'pre-commit', { env: { NODE_OPTIONS: `--require ${preload}` } }).status,
  ).not.toBe(0);
});

test('standard input: found, clean, named', () => {
  const found = keyscan(repository, ['-', '--stdin-filename', 'app.log'], {
    input: `x\nOPENAI_API_KEY=${key}\n`,
  });
  expect({ status: found.status, stdout: found.stdout }).toEqual({
    status: 1,
    stdout: expect.stringContaining('at app.log:2:16'),
  });
  expect(keyscan(repository, ['-'], { input: 'clean\n' }).status).toBe(0);
});

test('standard input that is a folder, for which Node makes up an empty one', () => {
  expect(shell(`printf clean >clean.txt; $CLI - <clean.txt`).status).toBe(0);
  expect(shell('$CLI - <.').status).toBe(2);
});

test('standard input that is closed, in the place of which Node opens the null device', () => {
  expect(shell(`printf '' | $CLI -`).status).toBe(0);
  for (const nothing of ['<&-', '</dev/null'])
    expect(shell(`$CLI - ${nothing} 2>&1`)).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('keyscan: standard input is closed, or the null device'),
    });
});
