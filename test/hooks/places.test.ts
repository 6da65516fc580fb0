// Plain git, everywhere git keeps hooks: a key is refused, a clean commit passes unnoticed, uninstall leaves no trace.

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';
import {
  commitKey,
  expectLeak,
  expectMergeRefused,
  expectPushed,
  expectPushRefused,
  expectRefused,
  expectSilent,
  guard,
  hooksFolder,
  PREVIEW,
  snapshot,
  treeAt,
  uninstall,
} from './guarding.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

function renamed(name: string): WorkTree {
  const path = join(repository.root, name);
  renameSync(repository.path, path);
  return treeAt(repository, path);
}

interface Place {
  /** Where keyscan install is run, and where the commits are made. */
  readonly install: WorkTree;
  readonly commit: WorkTree;
}

const one = (tree: WorkTree): Place => ({ install: tree, commit: tree });

const PLACES: Readonly<Record<string, () => Place>> = {
  'the main tree': () => one(repository),
  'installed in the main tree, committed in a linked one': () => {
    repository.commit();
    return { install: repository, commit: repository.worktree('linked') };
  },
  'installed in a linked tree, committed in it': () => {
    repository.commit();
    return one(repository.worktree('linked'));
  },
  'installed in a linked tree, committed in the main one': () => {
    repository.commit();
    return { install: repository.worktree('linked'), commit: repository };
  },
  'a submodule': () => {
    repository.commit();
    return one(repository.submodule('module'));
  },
  'a separate git directory': () => {
    repository.git('init', '--quiet', '--separate-git-dir', join(repository.root, 'elsewhere'));
    return one(repository);
  },
  'a relative core.hooksPath': () => {
    repository.git('config', 'core.hooksPath', 'scripts/git hooks');
    return one(repository);
  },
  'an absolute core.hooksPath outside the repository': () => {
    repository.git('config', 'core.hooksPath', join(repository.root, 'my hooks'));
    return one(repository);
  },
  'a core.hooksPath in the home directory': () => {
    repository.git('config', 'core.hooksPath', '~/hooks');
    return one(repository);
  },
  'a core.hooksPath of this work tree only': () => {
    repository.commit();
    const linked = repository.worktree('linked');
    repository.git('config', 'extensions.worktreeConfig', 'true');
    linked.git('config', '--worktree', 'core.hooksPath', join(repository.root, 'hooks of linked'));
    return one(linked);
  },
  'a core.hooksPath for all repositories that is meant from each': () => {
    repository.git('config', '--global', 'core.hooksPath', '.githooks');
    return one(repository);
  },
  'a path with spaces, quotes and other letters': () => one(renamed(`it's "über" $HOME \`x\` 钥匙 #1;&|*?`)),
  'a path with a newline': () => one(renamed('two\nlines')),
};

describe.each(Object.entries(PLACES))('%s', (_, arrange) => {
  test('a key lands without the hook, and does not with it', async () => {
    const place = arrange();
    expectLeak(place.commit);
    const before = snapshot(hooksFolder(place.install));

    const said = await guard(place.install);
    expect(said).toMatch(/^keyscan is set: git asks it before every commit, merge and push\.\n/);
    const added = Object.keys(snapshot(hooksFolder(place.install))).filter((name) => !(name in before));
    expect(added).toEqual(['pre-commit', 'pre-merge-commit', 'pre-push']);
    expectRefused(place.commit);
    expectSilent(place.commit);
    expectPushRefused(place.commit);

    expect((await uninstall(place.install)).code).toBe(0);
    expect(snapshot(hooksFolder(place.install))).toEqual(before);
    expectLeak(place.commit);
    expectPushed(place.commit);
  });
});

describe('in the main tree', () => {
  beforeEach(() => guard(repository));

  test('the very first commit', () => {
    expectRefused(repository);
    expect(repository.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']).status).toBe(1);
  });

  test.each([
    ['commit -a', ['commit', '-a', '-m', 'x']],
    ['commit with a path', ['commit', '-m', 'x', '--', 'file.txt']],
    ['commit --only', ['commit', '-m', 'x', '--only', 'file.txt']],
    ['commit --include', ['commit', '-m', 'x', '--include', 'file.txt']],
    ['commit --amend', ['commit', '-a', '--amend', '-m', 'x']],
  ])('%s', (_, args) => {
    repository.write('file.txt', 'clean\n');
    repository.commit();
    repository.write('file.txt', `token = ${freshKey()}\n`);
    const head = repository.git('rev-parse', 'HEAD');
    const refused = repository.tryGit(args);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(PREVIEW);
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
    expect(repository.tryGit(['commit', '--no-verify', ...args.slice(1)]).status).toBe(0);
    expect(repository.git('cat-file', 'blob', 'HEAD:file.txt')).toMatch(/sk-proj-/);
  });

  test('from a sub-directory', () => {
    repository.write('sub/file.txt', `token = ${freshKey()}\n`);
    repository.git('add', '.');
    expect(repository.tryGit(['commit', '-m', 'x'], { cwd: 'sub' }).status).toBe(1);
  });

  test('a merge without conflict runs pre-merge-commit', () => {
    expectMergeRefused(repository, { args: ['-c', 'core.hooksPath=/dev/null'] });
  });

  test('with nothing in the environment but PATH and HOME', () => {
    const { PATH, HOME } = repository.env;
    const bare = treeAt({ ...repository, tryGit: withOnly({ PATH, HOME }) }, repository.path);
    expect(commitKey(bare)).toMatchObject({ status: 1, landed: false });
  });
});

/** git as `env -i` would start it; the person's name is in the repository then. */
function withOnly(env: NodeJS.ProcessEnv): WorkTree['tryGit'] {
  repository.git('config', 'user.name', 'Test Person');
  repository.git('config', 'user.email', 'person@example.com');
  const without = Object.fromEntries(Object.keys(repository.env).map((name) => [name, undefined]));
  return (args, options = {}) =>
    repository.tryGit(args, { ...options, env: { ...without, ...env, ...options.env } });
}
