// What the pre-commit framework starts (.pre-commit-hooks.yaml): one entry for commits, merges, pushes and runs by hand.
// scripts/integrations/pre-commit.mjs runs the framework itself.

import { freshKey } from '../support/keys.ts';
import { keyscan, runHook } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
  repository.write('old.ts', `export const key = '${freshKey()}';\n`);
  repository.commit('a key that is there already');
});
afterEach(() => repository.remove());

/** As in `pre-commit run`. */
const RUN = { PRE_COMMIT: '1' };
/** As in `git commit`. */
const COMMIT = { ...RUN, GIT_INDEX_FILE: '.git/index' };

describe.each([
  ['the command', (env: NodeJS.ProcessEnv) => keyscan(repository, ['hook', 'pre-commit'], { env })],
  ['the hook program', (env: NodeJS.ProcessEnv) => runHook(repository, 'pre-commit', { env })],
])('%s', (_, run) => {
  test('by hand, nothing staged: everything that git tracks, as a build that runs on all files expects', () => {
    const { status, stdout } = run(RUN);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^keyscan: these files hold 1 OpenAI credential\.$/m);
    expect(stdout).toContain('at old.ts:1:21');
  });

  test('by hand, nothing staged, all clean: silent', () => {
    repository.write('old.ts', 'export const key = process.env.OPENAI_API_KEY;\n');
    repository.commit();
    expect(run(RUN)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  test('by hand, something staged: that', () => {
    repository.write('new.ts', 'clean\n');
    repository.git('add', 'new.ts');
    expect(run(RUN)).toMatchObject({ status: 0, stdout: '' });
  });

  test('a commit without changes is no reason to look at everything, nor is no framework', () => {
    expect(run(COMMIT)).toMatchObject({ status: 0, stdout: '' });
    expect(run({})).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('before a push', () => {
  const push = () => ({
    ...RUN,
    PRE_COMMIT_REMOTE_NAME: 'origin',
    PRE_COMMIT_REMOTE_URL: 'nowhere.git',
    PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
    PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
    PRE_COMMIT_TO_REF: repository.git('rev-parse', 'HEAD'),
  });

  test('what is pushed, where the framework says so in variables', () => {
    const { status, stderr } = keyscan(repository, ['hook', 'pre-commit'], { env: push() });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^keyscan: this push would publish 1 OpenAI credential\.$/m);
  });

  test('a commit made by something that runs then is looked at as a commit', () => {
    repository.write('new.ts', `export const key = '${freshKey()}';\n`);
    repository.git('add', 'new.ts');
    const env = { ...push(), GIT_INDEX_FILE: '.git/index' };
    const { status, stdout } = keyscan(repository, ['hook', 'pre-commit'], { env });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^keyscan: this commit would record 1 OpenAI credential\.$/m);
    expect(stdout).toContain('at new.ts:1:21');
  });

  test('the hook for pushes alone says so where nothing is pushed', () => {
    const { status, stderr } = keyscan(repository, ['hook', 'pre-push'], { env: COMMIT });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^keyscan: nothing is pushed here\n {2}give keyscan-push .*stages: \[pre-push\]/);
  });
});
