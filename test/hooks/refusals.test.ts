// Where install and uninstall do nothing: exit code 2, what is the matter, what to do, and not a byte changed.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchRepository, scratchRepository, withScratch } from '../support/repository.ts';
import {
  expectLeak,
  expectRefused,
  guard,
  hooksFolder,
  install,
  snapshot,
  treeAt,
  uninstall,
  writeHook,
} from './guarding.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

async function expectNothing(words: RegExp, verbs = [install, uninstall]): Promise<void> {
  const before = snapshot(repository.root);
  for (const verb of verbs) {
    const { code, stdout, stderr } = await verb(repository);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keyscan: /);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/npx keyscan|npm (?:i|install) (?:.* )?keyscan\b/);
  }
  expect(snapshot(repository.root)).toEqual(before);
}

test('no repository', async () => {
  const tree = treeAt(repository, repository.root);
  for (const verb of [install, uninstall])
    await expect(verb(tree)).rejects.toThrow(/git finds no repository here/);
});

test('a bare repository, and the inside of a git directory', async () => {
  await withScratch(
    async (bare) => {
      for (const verb of [install, uninstall]) {
        const { code, stderr } = await verb(bare);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^keyscan: there is no work tree here/);
      }
      expect(snapshot(hooksFolder(bare))).toEqual({});
    },
    { bare: true },
  );
  const inside = treeAt(repository, repository.git('rev-parse', '--absolute-git-dir'));
  expect((await install(inside)).stderr).toMatch(/^keyscan: there is no work tree here/);
});

describe('core.hooksPath', () => {
  const globally = (value: string) => repository.git('config', '--global', 'core.hooksPath', value);

  test.each([true, false])('shared by all repositories, there already: %p', async (there) => {
    const shared = join(repository.root, "everybody's hooks");
    if (there) mkdirSync(shared);
    globally(shared);
    await expectNothing(/all repositories of this user share the hooks in .*everybody's hooks/, [install]);
    expect((await uninstall(repository)).stdout).toMatch(/^keyscan is not set here; nothing has changed/);
  });

  test('the two ways out of a shared folder do what they say', async () => {
    const shared = join(repository.root, 'shared');
    globally(shared);
    const { stderr } = await install(repository);
    expectLeak(repository);
    expect(stderr).toContain('keyscan install --global\n');
    await guard(repository, { global: true });
    expectRefused(repository);
    expect((await uninstall(repository, { global: true })).code).toBe(0);

    const own = /^ {2}(git config .*)$/m.exec(stderr)?.[1] ?? '';
    const [, , ...args] = own.replaceAll("'", '').split(' ');
    repository.git('config', ...args);
    expectLeak(repository);
    await guard(repository);
    expectRefused(repository);
  });

  test('from the environment of one command', async () => {
    const env = {
      ...repository.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: '/nowhere/hooks',
    };
    expect((await install({ ...repository, env })).stderr).toMatch(/share the hooks in \/nowhere\/hooks/);
  });

  test.each(['', '/dev/null'])('%j switches hooks off', async (value) => {
    repository.git('config', 'core.hooksPath', value);
    await expectNothing(/hooks are switched off: core\.hooksPath is "/);
  });
});

describe('another program runs the hooks', () => {
  test.each([
    [
      'lefthook.yml',
      'pre-push:\n',
      /lefthook\.yml belongs to lefthook, which git does not start[\s\S]*lefthook install, then/,
    ],
    ['.lefthook.toml', '', /\.lefthook\.toml belongs to lefthook/],
    ['.pre-commit-config.yaml', 'repos: []\n', /pre-commit install --hook-type pre-commit --hook-type/],
    [
      '.simple-git-hooks.json',
      '{}',
      /simple-git-hooks runs[\s\S]*node node_modules\/simple-git-hooks\/cli\.js/,
    ],
    ['package.json', '{ "simple-git-hooks": {} }', /package\.json is one for you to edit/],
  ])('%s', async (name, content, words) => {
    repository.write(name, content);
    await expectNothing(words, [install]);
    expectLeak(repository);
    await guard(repository, { manager: 'git' });
    expectRefused(repository);
    expect((await uninstall(repository)).code).toBe(0);
    expectLeak(repository);
  });

  test.each(['{', '[]', 'null', '{ "devDependencies": null }', '{ "devDependencies": { "husky": "*" } }'])(
    'a package.json that says no such thing: %s',
    async (content) => {
      repository.write('package.json', content);
      await guard(repository);
      expectRefused(repository);
    },
  );
});

test.each(['pre-commit', 'pre-merge-commit'])(
  'a folder where %s should be: neither hook is touched',
  async (name) => {
    writeHook(repository, 'placeholder', '');
    mkdirSync(join(hooksFolder(repository), name));
    await expectNothing(/is a link, a folder or something else that is no plain file/);
  },
);

test('a link to a folder is no hook that git could run', async () => {
  writeHook(repository, 'placeholder', '');
  symlinkSync('.', join(hooksFolder(repository), 'pre-commit'));
  const before = snapshot(hooksFolder(repository));
  await guard(repository);
  expectRefused(repository);
  await uninstall(repository);
  expect(snapshot(hooksFolder(repository))).toEqual(before);
});

test('a file where a folder on the way to the hooks should be', async () => {
  writeFileSync(join(repository.root, 'file'), '');
  repository.git('config', 'core.hooksPath', join(repository.root, 'file', 'hooks'));
  await expectNothing(/could not be read or written \(ENOTDIR\)\.\nNothing was changed\./, [install]);
});

test('foreign text is printed in one line and harmless', async () => {
  repository.git('config', 'core.hooksPath', join(repository.root, 'a\u001b[31m\nb'));
  const said = await guard(repository);
  expect(said).toContain('a\\x1b[31m\\x0ab/pre-commit');
  expectRefused(repository);
});
