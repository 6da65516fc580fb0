// The hook's script asks git while Node starts. What it hands over is used when it is sound; otherwise Node asks again.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../../src/git/process.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let realGit: string;
/** A PATH with what the script needs besides git. */
let toolsOnly: string;
beforeEach(() => {
  repository = scratchRepository();
  realGit = gitIn(repository.path, repository.env).path;
  toolsOnly = join(repository.root, 'tools');
  mkdirSync(toolsOnly);
  for (const tool of ['cut', 'sh', 'head'])
    symlinkSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), join(toolsOnly, tool));
  repository.write('old', 'was there\n');
  repository.commit();
  expect(keyscan(repository, ['install']).status).toBe(0);
  repository.write('clean', 'const answer = 42;\n');
  repository.write('also clean\nwith a line end', 'nothing\n');
});
afterEach(() => repository.remove());

const withKey = () => {
  repository.write('leak', `OPENAI_API_KEY=${freshKey()}\n`);
  repository.git('add', '--all');
};

/** Starts the hook as git does; the git that runs it is `script`, or the real one. */
function runHook(script: string | undefined, path = repository.env.PATH) {
  const folder = join(repository.root, 'exec-path');
  mkdirSync(folder, { recursive: true });
  const git = join(folder, 'git');
  writeFileSync(git, `#!/bin/sh\nREAL='${realGit}'\n${script ?? 'exec "$REAL" "$@"'}\n`);
  chmodSync(git, 0o755);
  const { status, stdout, stderr } = spawnSync(join(repository.path, '.git/hooks/pre-commit'), [], {
    cwd: repository.path,
    env: { ...repository.env, PATH: path, GIT_EXEC_PATH: folder, GIT_INDEX_FILE: '.git/index' },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('with a sound git Node needs none', () => {
  repository.git('add', '--all');
  expect(runHook(undefined, toolsOnly)).toEqual({ status: 0, stdout: '', stderr: '' });
  withKey();
  expect(runHook(undefined, toolsOnly)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('leak:1:16'),
  });
});

test('without cut, or with another git in PATH, it is slower and no less sure', () => {
  withKey();
  expect(runHook('exit 1').status).toBe(1);
  expect(runHook('exit 1', toolsOnly).status).toBe(2);
});

test.each(['diff-index', 'cat-file'])('%s that breaks off anywhere hides no key', (command) => {
  withKey();
  for (const bytes of [0, 1, 60, 99, 150, 213, 300, 420, 518, 640]) {
    const broken = `case " $* " in *" ${command} "*) "$REAL" "$@" | head -c ${bytes}; kill -KILL $$ ;; esac\nexec "$REAL" "$@"`;
    const { status } = runHook(broken);
    expect({ bytes, isRefused: status === 1 || status === 2 }).toEqual({ bytes, isRefused: true });
  }
});

test('objects other than those listed are not taken for them', () => {
  withKey();
  const clean = repository.git('rev-parse', ':clean');
  const leak = repository.git('rev-parse', ':leak');
  const other = `case " $* " in *" cat-file "*) sed s/${leak}/${clean}/ | "$REAL" "$@"; exit ;; esac\nexec "$REAL" "$@"`;
  expect(runHook(other)).toMatchObject({ status: 1, stdout: expect.stringContaining('leak:1:16') });
});
