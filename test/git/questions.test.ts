// What a repository says about itself, in each of the shapes a repository comes in.

import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { openRepository } from '../../src/git/questions.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

/** What it tells, and where it says hooks lie. */
async function opened(...args: Parameters<typeof openRepository>) {
  const told = await openRepository(...args);
  return { ...told, hooksDir: await told.hooksDir() };
}

it('tells the directories of a main work tree, from any folder in it', async () => {
  mkdirSync(join(repository.path, 'sub'));
  const told = await opened(join(repository.path, 'sub'), repository.env);
  expect(told).toMatchObject({
    gitDir: join(repository.path, '.git'),
    commonDir: join(repository.path, '.git'),
    objectsDir: join(repository.path, '.git/objects'),
    topLevel: repository.path,
    hooksDir: join(repository.path, '.git/hooks'),
    isBare: false,
    version: expect.stringMatching(/^\d+\.\d+/),
  });
});

it('tells those of a linked work tree', async () => {
  repository.commit();
  const linked = repository.worktree('linked');
  expect(await opened(linked.path, repository.env)).toMatchObject({
    gitDir: join(repository.path, '.git/worktrees/linked'),
    commonDir: join(repository.path, '.git'),
    objectsDir: join(repository.path, '.git/objects'),
    topLevel: linked.path,
    hooksDir: join(repository.path, '.git/hooks'),
  });
});

it('tells those of a submodule', async () => {
  const submodule = repository.submodule('inner');
  expect(await opened(submodule.path, repository.env)).toMatchObject({
    gitDir: join(repository.path, '.git/modules/inner'),
    topLevel: submodule.path,
    hooksDir: join(repository.path, '.git/modules/inner/hooks'),
  });
});

it('tells those of a bare repository', async () => {
  const bare = scratchRepository({ bare: true });
  try {
    expect(await opened(bare.path, bare.env)).toMatchObject({
      gitDir: bare.path,
      topLevel: null,
      hooksDir: join(bare.path, 'hooks'),
      isBare: true,
    });
  } finally {
    bare.remove();
  }
});

it('tells those whose names hold a line end', async () => {
  const path = join(repository.root, 'two\nlines');
  renameSync(repository.path, path);
  expect(await opened(path, repository.env)).toMatchObject({
    gitDir: join(path, '.git'),
    commonDir: join(path, '.git'),
    objectsDir: join(path, '.git/objects'),
    topLevel: path,
  });
});

it('tells where objects lie that the environment puts elsewhere', async () => {
  const store = join(repository.root, 'store');
  mkdirSync(store);
  const env = { ...repository.env, GIT_OBJECT_DIRECTORY: store };
  expect((await opened(repository.path, env)).objectsDir).toBe(store);
});

it.each([
  ['relative', '.husky/_', '.husky/_'],
  ['empty', '', '.'],
])('takes a %s core.hooksPath from the top of the work tree', async (_, value, expected) => {
  repository.git('config', 'core.hooksPath', value);
  mkdirSync(join(repository.path, 'sub'));
  const { hooksDir } = await opened(join(repository.path, 'sub'), repository.env);
  expect(hooksDir).toBe(join(repository.path, expected));
});

it('keeps directories named relative to where the caller stands', async () => {
  mkdirSync(join(repository.path, 'sub'));
  repository.git('config', 'core.hooksPath', 'hooks-here');
  const env = { ...repository.env, GIT_DIR: '../.git', GIT_WORK_TREE: '..' };
  expect(await opened(join(repository.path, 'sub'), env)).toMatchObject({
    topLevel: repository.path,
    hooksDir: join(repository.path, 'hooks-here'),
  });
});

it("answers for another repository although the caller's variables name this one", async () => {
  const other = scratchRepository();
  try {
    const env = { ...repository.env, GIT_DIR: join(repository.path, '.git') };
    expect((await openRepository(other.path, env)).gitDir).toBe(join(repository.path, '.git'));
    expect((await openRepository(other.path, env, 'foreign')).gitDir).toBe(join(other.path, '.git'));
  } finally {
    other.remove();
  }
});

it('gives configuration values whole, and says when there is none', async () => {
  repository.git('config', 'keyscan.note', 'two\nlines');
  const told = await openRepository(repository.path, repository.env);
  expect(await told.config('keyscan.note')).toBe('two\nlines');
  expect(await told.config('keyscan.absent')).toBeUndefined();
  await expect(told.config('not a name')).rejects.toThrow(GitError);
});

it('gives the value of one scope, files it includes among them, or says where a value comes from', async () => {
  const included = join(repository.root, 'included');
  writeFileSync(included, '[keyscan]\n\tnote = included\n');
  repository.git('config', 'include.path', included);
  repository.git('config', '--global', 'keyscan.note', 'global');
  repository.git('config', '--global', 'keyscan.other', 'global');
  const told = await openRepository(repository.path, repository.env);
  expect(await told.config('keyscan.note')).toBe('included');
  expect(await told.config('keyscan.note', 'local')).toBe('included');
  expect(await told.config('keyscan.other')).toBe('global');
  expect(await told.config('keyscan.other', 'local')).toBeUndefined();
  expect(await told.configOrigin('keyscan.note')).toBe(`file:${included}`);
});

it("sees settings of the caller's command line and environment", async () => {
  const env = {
    ...repository.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: 'elsewhere',
    GIT_CONFIG_PARAMETERS: "'core.editor'='true'",
    GIT_EXTERNAL_DIFF: 'false',
    EDITOR: 'false',
    PAGER: 'false',
  };
  const told = await openRepository(repository.path, env);
  expect(await told.hooksDir()).toBe(join(repository.path, 'elsewhere'));
  expect(await told.config('core.editor')).toBe('true');
});

it('says so outside a repository', async () => {
  const outside = join(repository.root, 'outside');
  mkdirSync(outside);
  await expect(openRepository(outside, repository.env)).rejects.toThrow(/git finds no repository here/);
});

it('passes on what git says of a broken configuration', async () => {
  writeFileSync(join(repository.path, '.git/config'), '[core\n');
  await expect(openRepository(repository.path, repository.env)).rejects.toThrow(GitError);
});

describe('with another git', () => {
  const withGit = (script: string): NodeJS.ProcessEnv => {
    const folder = join(repository.root, 'bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'git'), 0o755);
    return { ...repository.env, PATH: `${folder}:${repository.env.PATH}` };
  };

  it.each([
    ['says it is too old', 'echo git version 2.24.4', /2\.24\.4 is too old/],
    ['gives no version', 'echo hello', /no version/],
    ['dies without a word', 'exit 1', /git version failed/],
    ['is killed half-way', 'echo git version 2.39.5; kill -KILL $$', /git version failed/],
  ])('fails when it %s', async (_, script, message) => {
    const env = withGit(script);
    await expect(openRepository(repository.path, env)).rejects.toThrow(message);
  });
});
