// install --global: every repository of a user is guarded, the hooks each has of its own keep running, and uninstall
// --global leaves the configuration and the home folder as they were.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import {
  expectLeak,
  expectMergeRefused,
  expectPushed,
  expectPushRefused,
  expectRefused,
  expectSilent,
  guard,
  hooksFolder,
  install,
  snapshot,
  treeAt,
  uninstall,
  withVariables,
  writeHook,
} from './guarding.ts';

let repository: ScratchRepository;
let own: string;
beforeEach(() => {
  repository = scratchRepository();
  own = join(repository.root, 'xdg', 'keyscan', 'hooks');
  mkdirSync(join(repository.root, 'xdg'));
});
afterEach(() => repository.remove());

const everywhere = { global: true } as const;
/** The home folder, without the repositories in it. */
const home = () => snapshot(repository.root, /^(?:repository|remote-.*|linked|module.*|other.*)$/);

test('repositories that are there and those to come; word for word', async () => {
  expectLeak(repository);
  const before = home();
  const outside = treeAt(repository, repository.root);
  expect(
    await guard(outside, everywhere),
  ).toBe(`keyscan is set for every repository of this user: git asks it before every commit, merge and push.
  xdg/keyscan/hooks  written
  home/.gitconfig    keyscan added
The hooks a repository has of its own run first. A repository with a core.hooksPath of its own (husky sets one)
is not reached: run keyscan install there.
Check it: keyscan doctor. Undo it: keyscan uninstall --global.
`);
  expectRefused(repository);
  expectSilent(repository);
  expectPushRefused(repository);
  repository.commit();
  expectMergeRefused(repository, { args: ['-c', 'core.hooksPath=/dev/null'] });
  const later = join(repository.root, 'other');
  outside.git('clone', '--quiet', repository.path, later);
  expectRefused(treeAt(repository, later));

  const set = home();
  expect((await install(outside, everywhere)).stdout).toMatch(
    /^keyscan was set for every repository of this user already; nothing has changed\./,
  );
  expect((await install(repository)).stdout).toMatch(/^keyscan was set for every repository/);
  expect((await uninstall(repository)).stderr).toMatch(
    /^keyscan: it is not set here but for every repository/,
  );
  expect(home()).toEqual(set);

  expect((await uninstall(outside, everywhere)).stdout).toBe(`keyscan is taken out: git no longer asks it.
  xdg/keyscan/hooks  removed
  home/.gitconfig    as it was before
`);
  expect(home()).toEqual(before);
  expectLeak(repository);
  expectPushed(repository);
  expect((await uninstall(outside, everywhere)).stdout).toMatch(/^keyscan is not set for every repository/);
});

describe('where the repository keeps its hooks', () => {
  const PLACES: Readonly<Record<string, () => ScratchRepository>> = {
    'the main tree': () => repository,
    'a linked tree': () => {
      repository.commit();
      return { ...repository, ...repository.worktree('linked') };
    },
    'a submodule': () => {
      repository.commit();
      return { ...repository, ...repository.submodule('module') };
    },
    'a separate git directory': () => {
      repository.git('init', '--quiet', '--separate-git-dir', join(repository.root, 'other'));
      return repository;
    },
  };

  test.each(Object.entries(PLACES))(
    '%s: its own hooks run, each with its arguments and stdin',
    async (_, arrange) => {
      const tree = arrange();
      const said = join(repository.root, 'repository-said');
      const hook = (name: string) =>
        writeHook(
          tree,
          name,
          `#!/bin/sh\necho "${name} $#" >>'${said}'\ncase ${name} in pre-push | *-transaction) cat >>'${said}' ;; esac\n`,
        );
      const names = [
        'pre-commit',
        'commit-msg',
        'post-commit',
        'pre-push',
        'reference-transaction',
        'post-checkout',
      ];
      for (const name of names) hook(name);
      await guard(tree, everywhere);
      expect(hooksFolder(tree)).toBe(own);
      const did = () => {
        const text = existsSync(said) ? readFileSync(said, 'utf8') : '';
        rmSync(said, { force: true });
        return text;
      };
      tree.write('clean.txt', 'clean\n');
      tree.git('add', '.');
      tree.git('commit', '--quiet', '-m', 'clean');
      const head = tree.git('rev-parse', 'HEAD');
      const committed = did();
      expect(committed.match(/^[a-z-]+ \d$/gm)?.filter((line) => !line.startsWith('reference'))).toEqual([
        'pre-commit 0',
        'commit-msg 1',
        'post-commit 0',
      ]);
      expect(committed).toContain(`${head} HEAD\n`);
      const remote = join(repository.root, 'other.git');
      tree.git('init', '--quiet', '--bare', '--template=', remote);
      did();
      tree.git('push', '--quiet', remote, 'HEAD:refs/heads/x');
      expect(did()).toMatch(new RegExp(`^pre-push 2\n.* ${head} refs/heads/x 0+\n`));
      tree.git('checkout', '--quiet', '--detach');
      expect(did()).toMatch(/^post-checkout 3$/m);
      expectRefused(tree);
    },
  );

  test('a hook of its own that refuses decides; one that is not executable is passed over', async () => {
    const path = writeHook(repository, 'commit-msg', '#!/bin/sh\nexit 3\n');
    await guard(repository, everywhere);
    const commit = () => repository.tryGit(['commit', '--allow-empty', '-m', 'x']).status;
    expect(commit()).toBe(1);
    chmodSync(path, 0o644);
    expect(commit()).toBe(0);
  });

  test('a bare repository takes pushes, through its own hooks', async () => {
    const remote = join(repository.root, 'other.git');
    repository.git('init', '--quiet', '--bare', remote);
    await guard(repository, everywhere);
    repository.git('commit', '--quiet', '--allow-empty', '-m', 'x');
    const push = () => repository.tryGit(['push', '--quiet', remote, 'HEAD:refs/heads/x']).status;
    expect(push()).toBe(0);
    repository.git('commit', '--quiet', '--allow-empty', '-m', 'y');
    writeFileSync(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\ncat >/dev/null\nexit 1\n', {
      mode: 0o755,
    });
    expect(push()).toBe(1);
  });
});

test('--strict guards branches, and a clone is no new commit', async () => {
  repository.commit();
  expectLeak(repository);
  await guard(repository, { ...everywhere, strict: true });
  const later = join(repository.root, 'other');
  treeAt(repository, repository.root).git('clone', '--quiet', `file://${repository.path}`, later);
  repository.write('file.txt', 'x\n');
  repository.git('add', '.');
  repository.git('commit', '--quiet', '-m', 'clean');
  treeAt(repository, later).git('pull', '--quiet');
  expect(await guard(repository, everywhere)).toMatch(
    /^keyscan was set for every repository of this user already/,
  );
});

describe('the configuration of the user comes back to the byte', () => {
  const section =
    '[user]\n\tname = Test Person\n\temail = person@example.com\n[protocol "file"]\n\tallow = always\n';
  test.each([
    ['none', undefined],
    ['empty', ''],
    ['no newline at the end', section.trimEnd()],
    ['with [core]', `[core]\n\tautocrlf = false\n${section}`],
    ['[core] last', `${section}[core]\n\tautocrlf = false\n`],
    ['comments, CRLF', `; mine\r\n${section}# end\r\n`],
  ])('%s', async (_, text) => {
    if (text === undefined) rmSync(repository.globalConfig);
    else writeFileSync(repository.globalConfig, text, { mode: 0o600 });
    const before = home();
    await guard(repository, everywhere);
    const set = repository.git('config', '--global', 'core.hooksPath');
    expect(set).toBe(own);
    await uninstall(repository, everywhere);
    expect(home()).toEqual(before);
  });

  test('a link into the dotfiles stays one', async () => {
    const target = join(repository.root, 'dotfiles');
    renameSync(repository.globalConfig, target);
    symlinkSync('../dotfiles', repository.globalConfig);
    const before = home();
    await guard(repository, everywhere);
    expectRefused(repository);
    await uninstall(repository, everywhere);
    expect(home()).toEqual(before);
  });

  test('what git has set since stays, wherever it has put it', async () => {
    await guard(repository, everywhere);
    repository.git('config', '--global', 'core.autocrlf', 'input');
    repository.git('config', '--global', 'user.name', 'Somebody Else');
    expect(await guard(repository, everywhere)).toMatch(/^keyscan (?:was|is) set/);
    expectRefused(repository);
    await uninstall(repository, everywhere);
    expect(repository.git('config', '--global', 'core.autocrlf')).toBe('input');
    expect(repository.git('config', '--global', 'user.name')).toBe('Somebody Else');
    expect(repository.tryGit(['config', '--global', 'core.hooksPath']).status).toBe(1);
    expect(readFileSync(repository.globalConfig, 'utf8')).not.toContain('keyscan');
  });

  test.each(['.gitconfig', '.config/git/config', 'neither'])(
    'without GIT_CONFIG_GLOBAL: %s',
    async (name) => {
      const usual = withVariables(repository, {
        HOME: join(repository.root, 'person'),
        GIT_CONFIG_GLOBAL: undefined,
        XDG_CONFIG_HOME: undefined,
      });
      mkdirSync(join(repository.root, 'person', '.config', 'git'), { recursive: true });
      if (name !== 'neither') writeFileSync(join(repository.root, 'person', name), section);
      const before = home();
      await guard(usual, everywhere);
      expectRefused(name === 'neither' ? withVariables(usual, PERSON) : usual);
      await uninstall(usual, everywhere);
      expect(home()).toEqual(before);
    },
  );

  const PERSON = {
    GIT_AUTHOR_NAME: 'x',
    GIT_AUTHOR_EMAIL: 'x@example.com',
    GIT_COMMITTER_NAME: 'x',
    GIT_COMMITTER_EMAIL: 'x@example.com',
  };
});

describe('where hooks are shared already', () => {
  let shared: string;
  beforeEach(() => {
    shared = join(repository.root, 'shared hooks');
    mkdirSync(shared);
    repository.git('config', '--global', 'core.hooksPath', shared);
  });

  test('they get keyscan, keep what is there and get it back', async () => {
    writeHook(repository, 'pre-commit', '#!/bin/sh\nexit 0\n', 0o750);
    writeHook(repository, 'commit-msg', '#!/bin/sh\nexit 0\n');
    expectLeak(repository);
    const before = home();
    expect(await guard(repository, everywhere)).toMatch(/shared hooks\/pre-commit +written, around the hook/);
    expectRefused(repository);
    expectPushRefused(repository);
    await uninstall(repository, everywhere);
    expect(home()).toEqual(before);
  });

  test.each([
    ['.githooks', /core\.hooksPath is "\.githooks" for all repositories of this user: a folder in each/],
    ['', /hooks are switched off: core\.hooksPath is ""/],
    ['/dev/null', /hooks are switched off: core\.hooksPath is "\/dev\/null"/],
  ])('%j: refused', async (value, words) => {
    repository.git('config', '--global', 'core.hooksPath', value);
    const before = home();
    for (const verb of [install, uninstall]) {
      const { code, stderr } = await verb(repository, everywhere);
      expect(code).toBe(2);
      expect(stderr).toMatch(words);
    }
    expect(home()).toEqual(before);
  });
});

test('a hook of ours that was changed: nothing is done', async () => {
  await guard(repository, everywhere);
  writeFileSync(join(own, 'commit-msg'), `${readFileSync(join(own, 'commit-msg'), 'utf8')}# mine\n`);
  const before = home();
  for (const verb of [install, uninstall])
    expect((await verb(repository, everywhere)).stderr).toMatch(
      /commit-msg was written by keyscan and changed since/,
    );
  expect(home()).toEqual(before);
});

test("somebody else's hook in the folder of keyscan: nothing is done", async () => {
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'commit-msg'), '#!/bin/sh\n', { mode: 0o755 });
  const before = home();
  expect((await install(repository, everywhere)).stderr).toMatch(/commit-msg is no hook of keyscan, though/);
  expect(home()).toEqual(before);
});

test('git reads another file: taken back', async () => {
  const before = home();
  writeFileSync(join(repository.root, 'elsewhere'), '');
  const bin = join(repository.root, 'other-bin');
  mkdirSync(bin);
  // A git before 2.32 does not know GIT_CONFIG_GLOBAL.
  const text = `#!/bin/sh\nPATH='${repository.env.PATH}'\nGIT_CONFIG_GLOBAL='${join(repository.root, 'elsewhere')}' exec git "$@"\n`;
  writeFileSync(join(bin, 'git'), text, { mode: 0o755 });
  const older = withVariables(repository, { PATH: `${bin}:${repository.env.PATH}` });
  const { code, stderr } = await install(older, everywhere);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /git does not read core\.hooksPath from .*, so what was written there was taken back/,
  );
  const after = home();
  for (const name of ['elsewhere', 'xdg/keyscan', 'xdg/keyscan/hooks']) delete after[name];
  expect(after).toEqual(before);
});

test('no home: refused', async () => {
  const nobody = withVariables(repository, {
    HOME: undefined,
    GIT_CONFIG_GLOBAL: undefined,
    XDG_CONFIG_HOME: undefined,
  });
  expect((await install(nobody, everywhere)).stderr).toMatch(/there is no HOME in the environment/);
});
