// What git children inherit, and which git they are.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { gitEnvironment, LOCAL_VARIABLES } from '../../src/git/environment.ts';
import { findGit } from '../../src/git/executable.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeAll(() => {
  repository = scratchRepository();
});
afterAll(() => repository.remove());

describe('variables', () => {
  test('the list of those that belong to one repository is the one of git', () => {
    const real = repository.git('rev-parse', '--local-env-vars').split('\n');
    expect(LOCAL_VARIABLES).toEqual(expect.arrayContaining(real));
  });

  const hook = {
    PATH: '/bin',
    GIT_DIR: '/a/.git',
    GIT_INDEX_FILE: '/a/.git/index.lock',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '/a',
    GIT_CONFIG_GLOBAL: '/home/config',
    GIT_EXEC_PATH: '/usr/lib/git-core',
  };

  test('in its own repository git keeps what the hook was given', () => {
    expect(gitEnvironment(hook, 'own')).toMatchObject(hook);
  });

  test('in a foreign repository it keeps what names no repository: settings of the caller, too', () => {
    const { GIT_DIR, GIT_INDEX_FILE, ...others } = hook;
    const kept = gitEnvironment({ ...hook, GIT_CONFIG_PARAMETERS: "'a.b'='c'" }, 'foreign');
    expect(kept).toMatchObject({ ...others, GIT_CONFIG_PARAMETERS: "'a.b'='c'" });
    for (const name of ['GIT_DIR', 'GIT_INDEX_FILE']) expect(kept).not.toHaveProperty(name);
  });

  test.each(['own', 'foreign'] as const)(
    'what changes the output is gone, replacing is off (%s)',
    (whose) => {
      const disturbing = [
        'GIT_EXTERNAL_DIFF',
        'GIT_DIFF_OPTS',
        'GIT_TRACE',
        'GIT_TRACE_SETUP',
        'GIT_TRACE2_EVENT',
        'GIT_LITERAL_PATHSPECS',
        'GIT_ICASE_PATHSPECS',
        'GIT_INTERNAL_SUPER_PREFIX',
        'GIT_PAGER',
        'GIT_REDIRECT_STDOUT',
        'git_trace',
      ];
      const env = gitEnvironment(
        {
          ...Object.fromEntries(disturbing.map((name) => [name, '1'])),
          GIT_GRAFT_FILE: '/a',
          LC_ALL: 'de_DE',
        },
        whose,
      );
      for (const name of disturbing) expect(env).not.toHaveProperty(name);
      expect(env).toEqual({
        LC_ALL: 'C',
        LANGUAGE: '',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_GRAFT_FILE: '/dev/null',
        GIT_NO_LAZY_FETCH: '1',
        GIT_ALLOW_PROTOCOL: '',
      });
    },
  );
});

describe('the program', () => {
  const place = (folder: string): string => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'git'), '#!/bin/sh\n');
    chmodSync(join(folder, 'git'), 0o755);
    return folder;
  };
  const find = (...path: string[]): string =>
    findGit(join(repository.path, 'sub'), { PATH: path.join(delimiter) });
  let good: string;
  beforeAll(() => {
    mkdirSync(join(repository.path, 'sub'));
    good = place(join(repository.root, 'bin'));
  });

  test('the first of PATH', () => {
    expect(find(join(repository.root, 'nowhere'), good)).toBe(join(good, 'git'));
  });

  test('never one in the repository, directly or through a link', () => {
    const inside = place(join(repository.path, 'node_modules/.bin'));
    const link = join(repository.root, 'link');
    symlinkSync(inside, link);
    expect(find(inside, link, good)).toBe(join(good, 'git'));
  });

  test('never one relative to where one stands', () => {
    expect(find('', '.', 'node_modules/.bin', '../node_modules/.bin', good)).toBe(join(good, 'git'));
  });

  test('never a folder or a file that is no program', () => {
    const folder = join(repository.root, 'folder');
    mkdirSync(join(folder, 'git'), { recursive: true });
    const text = place(join(repository.root, 'text'));
    chmodSync(join(text, 'git'), 0o644);
    expect(find(folder, text, good)).toBe(join(good, 'git'));
  });

  test('a name that starts alike is not inside, one that starts with dots may be', () => {
    const beside = place(`${repository.path}-beside`);
    const dotted = place(join(repository.path, '..dots'));
    expect(find(dotted, beside)).toBe(join(beside, 'git'));
  });

  test('outside any repository every absolute folder will do', () => {
    expect(findGit(repository.root, { Path: good })).toBe(join(good, 'git'));
  });

  test.each([{}, { PATH: undefined }, { PATH: '' }, { PATH: '/nonexistent' }])('none at all: %j', (env) => {
    expect(() => findGit('/', env)).toThrow(GitError);
  });
});
