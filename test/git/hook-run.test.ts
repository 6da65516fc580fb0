// Hooks, run as each git runs them: with its variables, its input, and what becomes of one that cannot be run.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findGit } from '../../src/git/executable.ts';
import { type Ended, type HookCall, type HookWorld, runAsHook, runHook } from '../../src/git/hook-run.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let world: HookWorld;
beforeEach(() => {
  repository = scratchRepository();
  world = {
    git: findGit(repository.path, repository.env),
    version: repository.git('version').split(' ')[2] ?? '',
    execPath: repository.git('--exec-path'),
    top: repository.path,
    hooksDir: join(repository.path, '.git/hooks'),
    env: repository.env,
  };
  mkdirSync(world.hooksDir, { recursive: true });
});
afterEach(() => repository.remove());

function hook(text: string, mode = 0o755): string {
  const path = join(world.hooksDir, 'pre-push');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const call = (more: Partial<HookCall> = {}): HookCall => ({ name: 'pre-push', args: [], env: {}, ...more });
const input = (text: string) => {
  const path = join(repository.root, 'input');
  writeFileSync(path, text);
  return { text, path };
};
const run = (version: string, more: Partial<HookCall> = {}): Promise<Ended> =>
  runHook({ ...world, version }, call(more));

/** Before `git hook run`; with it; the git that is here. */
const VERSIONS = ['2.25.0', '2.36.0', 'its own'];
describe.each(VERSIONS)('of git %s', (name) => {
  const version = () => (name === 'its own' ? world.version : name);

  test('it runs at the top, with its arguments and variables', async () => {
    hook('#!/bin/sh\necho "$@" "$WITH" "$GIT_EDITOR" "[$GIT_PREFIX]"; pwd; echo said >&2; exit 3');
    const { code, output } = await run(version(), { args: ['origin', 'a b'], env: { WITH: 'variable' } });
    expect(output?.split('\n')).toEqual(
      expect.arrayContaining(['origin a b variable : []', repository.path, 'said']),
    );
    expect(code).not.toBe(0);
  });

  test('one that is not there, or no program, is none', async () => {
    expect((await run(version())).code).toBe(0);
    hook('exit 1', 0o644);
    expect((await run(version())).code).toBe(0);
  });

  test('one without a first line is for the shell', async () => {
    hook('echo "from the shell $1"');
    expect(await run(version(), { args: ['x'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('from the shell x'),
    });
  });

  test('one that is killed has failed', async () => {
    hook('#!/bin/sh\nkill -KILL $$');
    expect((await run(version())).code).not.toBe(0);
  });

  test('one whose interpreter is not there has failed', async () => {
    hook('#!/nonexistent/interpreter\n');
    expect((await run(version())).code).not.toBe(0);
  });

  test('it reads what git says, or does not', async () => {
    const text = 'refs/heads/x\n'.repeat(20_000);
    hook('#!/bin/sh\nwc -c');
    expect((await run(version(), { stdin: input(text) })).output?.trim()).toBe(`${text.length}`);
    hook('#!/bin/sh\nexec 0<&-; echo done');
    expect((await run(version(), { stdin: input(text) })).output).toBe('done\n');
  });
});

test('where no file is there is nothing to say; a hook that says nothing has said nothing', async () => {
  expect(await run('2.25.0')).toEqual({ code: 0, output: null });
  hook('#!/bin/sh\n');
  expect(await run('2.25.0')).toEqual({ code: 0, output: '' });
});

test('a program is started as the hook would be', async () => {
  const program = hook('#!/bin/sh\necho "$1 $WITH $(cat)"; exit 7');
  const asked = call({ env: { WITH: 'variable' }, stdin: input('input') });
  expect(await runAsHook(world, asked, program, ['x'])).toEqual({ code: 7, output: 'x variable input\n' });
  expect(await runAsHook(world, call(), join(repository.root, 'nowhere'), [])).toEqual({
    code: 127,
    output: '',
  });
});

test("git's programs come first in PATH, and those that npm puts there do not", async () => {
  const program = hook('#!/bin/sh\necho "$PATH $GIT_EXEC_PATH"');
  const path = ['/p/node_modules/.bin', '/x/node-gyp-bin', '/usr/bin', '/bin'];
  const told = async (env: NodeJS.ProcessEnv): Promise<string> =>
    (await runAsHook({ ...world, env }, call(), program, [])).output?.trim() ?? '';
  const expected = (...folders: string[]): string =>
    `${[world.execPath, ...folders].join(delimiter)} ${world.execPath}`;
  const PATH = path.join(delimiter);
  expect(await told({ PATH })).toBe(expected(...path));
  expect(await told({ PATH, npm_execpath: '/npm' })).toBe(expected('/usr/bin', '/bin'));
  expect(await told({})).toBe(expected(''));
});

test('of a flood the end is kept', async () => {
  hook('#!/bin/sh\nyes | head -c 9000000; echo the end');
  const { output } = await run('2.25.0');
  expect(output?.endsWith('the end\n')).toBe(true);
  expect(output?.length).toBeLessThan(5_000_000);
});
