// What leads to commits: references, records of them, heads and indexes, in every kind of work tree.

import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { listIndex, listOtherIndexes, listTips, type Tip } from '../../src/git/holders.ts';
import { openObjects } from '../../src/git/objects.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { fetchAddress, listRefs, listTracking } from '../../src/git/refs.ts';
import { openUserConfig } from '../../src/git/user-config.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

const gitOf = ({ path, env }: WorkTree = repository): Git => gitIn(path, env);
const oid = (name: string): string => repository.git('rev-parse', name);

async function tips(tree: WorkTree = repository): Promise<readonly Tip[]> {
  const git = gitOf(tree);
  const objects = openObjects(git);
  try {
    return await listTips(git, objects);
  } finally {
    await objects.close();
  }
}
const heads = async (tree?: WorkTree): Promise<string[]> =>
  (await tips(tree)).flatMap(({ name, kind, branch = '' }) =>
    /head/.test(kind) ? `${kind} ${name} ${branch}`.trim() : [],
  );
const records = async (): Promise<string[]> =>
  (await tips()).flatMap(({ name, kind }) => (kind === 'record' ? name : []));

/** A git that says this, whatever it is asked. */
function saying(text: string): Git {
  const [path, said] = ['saying-git', 'said'].map((name) => join(repository.root, name)) as [string, string];
  writeFileSync(said, text);
  writeFileSync(path, `#!/bin/sh\ncat '${said}'\n`);
  chmodSync(path, 0o755);
  const { cwd, env } = gitOf();
  return { path, cwd, env };
}

describe('tips', () => {
  test('of an empty repository there are none', async () => {
    expect(await tips()).toEqual([]);
  });

  test('references lead to what stands behind their tags, however many', async () => {
    repository.write('a', 'one');
    repository.commit();
    repository.git('tag', 'light');
    repository.git('tag', '-a', '-m', 'x', 'heavy');
    repository.git('tag', '-a', '-m', 'x', 'twice', 'heavy');
    repository.git('tag', '-a', '-m', 'x', 'file', 'HEAD:a');
    const refs = (await tips()).filter(({ kind }) => kind === 'ref');
    expect(refs).toEqual([
      { name: 'refs/heads/main', kind: 'ref', oid: oid('HEAD'), tags: [] },
      { name: 'refs/tags/file', kind: 'ref', oid: oid('HEAD:a'), tags: [oid('file')] },
      { name: 'refs/tags/heavy', kind: 'ref', oid: oid('HEAD'), tags: [oid('heavy')] },
      { name: 'refs/tags/light', kind: 'ref', oid: oid('HEAD'), tags: [] },
      { name: 'refs/tags/twice', kind: 'ref', oid: oid('HEAD'), tags: [oid('twice'), oid('heavy')] },
    ]);
  });

  test('a tag that stands for nothing is an error', async () => {
    repository.commit();
    const tag = ['hash-object', '-t', 'tag', '-w', '--literally', '--stdin'];
    const broken = repository.bytes(tag, 'no object\n').toString().trim();
    writeFileSync(join(repository.path, '.git/refs/broken'), `${broken}\n`);
    await expect(tips()).rejects.toThrow(GitError);
  });

  test('a head that is on a branch, and one that is not', async () => {
    repository.commit();
    expect(await heads()).toEqual(['branch head HEAD refs/heads/main']);
    repository.git('checkout', '-q', '--detach');
    expect(await heads()).toEqual(['head HEAD']);
    repository.git('checkout', '-q', '--orphan', 'nothing-yet');
    expect(await heads()).toEqual([]);
  });

  test('the heads of other work trees, seen from any of them', async () => {
    repository.commit();
    const [one, two] = [repository.worktree('one'), repository.worktree('two')];
    two.git('checkout', '-q', '--detach');
    const first = ['branch head worktrees/one/HEAD refs/heads/one', 'head worktrees/two/HEAD'];
    expect(await heads()).toEqual(['branch head HEAD refs/heads/main', ...first]);
    expect(await heads(one)).toEqual([
      'branch head HEAD refs/heads/one',
      'branch head main-worktree/HEAD refs/heads/main',
      'head worktrees/two/HEAD',
    ]);
    expect(await heads(two)).toEqual([
      'head HEAD',
      'branch head main-worktree/HEAD refs/heads/main',
      'branch head worktrees/one/HEAD refs/heads/one',
    ]);
  });

  test('records of where references were, whatever else git is told to log', async () => {
    repository.commit('one');
    repository.commit('two');
    repository.write('a', 'x');
    repository.git('add', 'a');
    repository.git('stash');
    repository.git('config', 'log.showSignature', 'true');
    repository.git('config', 'log.date', 'iso');
    expect((await records()).sort()).toEqual([
      ...['HEAD@{0}', 'HEAD@{1}', 'HEAD@{2}'],
      ...['refs/heads/main@{0}', 'refs/heads/main@{1}'],
      'refs/stash@{0}',
    ]);
  });
});

describe('references', () => {
  test('below some names, with what they stand for', async () => {
    repository.commit();
    repository.git('branch', 'side');
    repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/side');
    expect(await listRefs(gitOf(), 'refs/heads/side', 'refs/remotes')).toEqual([
      { name: 'refs/heads/side', oid: oid('HEAD'), target: '' },
      { name: 'refs/remotes/origin/HEAD', oid: oid('HEAD'), target: 'refs/heads/side' },
    ]);
  });

  test.each(['hello', `${'a'.repeat(39)} refs/heads/x `, `${'a'.repeat(40)}`])(
    '%j is refused',
    async (line) => {
      await expect(listRefs(saying(`${line}\n`))).rejects.toThrow(GitError);
    },
  );

  test('where the branches of remotes are kept', async () => {
    const git = gitOf();
    expect(await listTracking(git)).toEqual([]);
    repository.git('config', '--add', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    repository.git('config', '--add', 'remote.origin.fetch', 'refs/notes/*:refs/notes/origin/*');
    repository.git('config', '--add', 'remote.a.b.fetch', '+refs/heads/*:refs/remotes/a.b/*');
    // Neither keeps anything by a pattern.
    repository.git('config', '--add', 'remote.one.fetch', '+refs/heads/main:refs/remotes/one/main');
    repository.git('config', '--add', 'remote.two.fetch', '+refs/heads/main');
    expect(await listTracking(git)).toEqual([
      { remote: 'origin', prefix: 'refs/remotes/origin/' },
      { remote: 'origin', prefix: 'refs/notes/origin/' },
      { remote: 'a.b', prefix: 'refs/remotes/a.b/' },
    ]);
  });

  test('the address of a remote, as git rewrites it', async () => {
    repository.git('remote', 'add', 'origin', 'short:x');
    repository.git('config', 'url.https://example.com/.insteadOf', 'short:');
    expect(await fetchAddress(gitOf(), 'origin')).toBe('https://example.com/x');
    expect(await fetchAddress(gitOf(), 'short:y')).toBe('https://example.com/y');
    expect(await fetchAddress(gitOf(), '/no/remote')).toBe('/no/remote');
  });
});

describe('indexes', () => {
  test('of this work tree, from any folder of it', async () => {
    repository.write('a b', 'one');
    repository.write('sub/\xff\n', 'two');
    repository.git('add', '--all');
    const expected = [
      { oid: oid(':a b'), path: 'a b' },
      { oid: oid(':sub/\xff\n'), path: Buffer.from('sub/\xff\n').toString('latin1') },
    ];
    expect(await listIndex(gitOf())).toEqual(expected);
    expect(await listIndex(gitIn(join(repository.path, 'sub'), repository.env))).toEqual(expected);
  });

  test('of all others, by their names, whatever index the caller has', async () => {
    repository.commit();
    const linked = repository.worktree('linked');
    linked.write('only there', 'x');
    linked.git('add', '--all');
    const path = 'only there';
    const entry = { oid: linked.git('rev-parse', `:${path}`), path };
    const env = { ...repository.env, GIT_INDEX_FILE: join(repository.path, '.git/index') };
    expect(await listOtherIndexes(gitIn(repository.path, env))).toEqual(
      new Map([['worktrees/linked/index', [entry]]]),
    );
    expect(await listOtherIndexes(gitOf(linked))).toEqual(new Map([['main-worktree/index', []]]));
  });

  test('nothing else is taken for one', async () => {
    await expect(listIndex(saying('hello\0'))).rejects.toThrow(GitError);
  });
});

describe('the configuration of a user', () => {
  const open = (more: NodeJS.ProcessEnv = {}) =>
    openUserConfig(repository.path, { ...repository.env, ...more });

  test.each<[name: string, env: () => NodeJS.ProcessEnv, file: () => string]>([
    ['the file that is named', () => ({}), () => repository.globalConfig],
    [
      'a file of that name at home',
      () => ({ GIT_CONFIG_GLOBAL: '', HOME: join(repository.root, 'home') }),
      () => repository.globalConfig,
    ],
    [
      'that file, also where it is not there yet',
      () => ({ GIT_CONFIG_GLOBAL: undefined, HOME: '/nonexistent', XDG_CONFIG_HOME: undefined }),
      () => '/nonexistent/.gitconfig',
    ],
    [
      'the other one, where only that is there',
      () => {
        repository.write('../empty/xdg/git/config', '');
        return {
          GIT_CONFIG_GLOBAL: '',
          HOME: join(repository.root, 'empty'),
          XDG_CONFIG_HOME: join(repository.root, 'empty/xdg'),
        };
      },
      () => join(repository.root, 'empty/xdg/git/config'),
    ],
    [
      'the other one in its usual place',
      () => {
        repository.write('../usual/.config/git/config', '');
        return { GIT_CONFIG_GLOBAL: '', HOME: join(repository.root, 'usual'), XDG_CONFIG_HOME: '' };
      },
      () => join(repository.root, 'usual/.config/git/config'),
    ],
  ])('is %s', async (_, env, file) => {
    const config = await open(env());
    expect(config?.file).toBe(file());
    expect(config?.version).toMatch(/^\d+\.\d+/);
  });

  test('is nowhere without a home', async () => {
    expect(await open({ GIT_CONFIG_GLOBAL: '', HOME: '' })).toBeUndefined();
  });

  test('says where hooks are, and whether the system does where the user does not', async () => {
    const config = await open();
    expect(await config?.hooksPath()).toBeUndefined();
    const system = join(repository.root, 'system');
    writeFileSync(system, '[core]\n\thooksPath = ~/system hooks\n');
    const withSystem = { GIT_CONFIG_NOSYSTEM: undefined, GIT_CONFIG_SYSTEM: system };
    const path = join(repository.env.HOME ?? '', 'system hooks');
    expect(await (await open(withSystem))?.hooksPath()).toEqual({ scope: 'system', value: path });
    repository.git('config', '--global', 'core.hooksPath', 'own');
    for (const each of [config, await open(withSystem)])
      expect(await each?.hooksPath()).toEqual({ scope: 'global', value: 'own' });
    // Asked anew each time.
    rmSync(repository.globalConfig);
    expect(await config?.hooksPath()).toBeUndefined();
  });
});
