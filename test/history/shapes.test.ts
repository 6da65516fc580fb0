// Repositories of every shape (reference/git-and-hooks.md §1.4 C): what is found, by whom it is said to be held, and what
// makes the run incomplete.

import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exposure, Finding, Report } from '../../src/model.ts';
import type { Options } from '../../src/options.ts';
import { freshKey } from '../support/keys.ts';

import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';
import { history } from './told.ts';

let repository: ScratchRepository;
const key = freshKey();
const line = `key = "${key}"\n`;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

/** A work tree where git is run with other arguments or elsewhere. */
const at = (path: string): WorkTree => ({ ...repository, path });
const of = (told: Report, what = key): Finding | undefined =>
  told.findings.find(({ preview }) => what.endsWith(preview.slice(-4)));
const read = async (tree: Pick<WorkTree, 'path' | 'env'>): Promise<Report> => (await history(tree)).report;
const storyIn = async (tree: WorkTree, what = key): Promise<Exposure | undefined> =>
  of(await read(tree), what)?.exposure;
const holders = (story: Exposure | undefined): string[] =>
  (story?.refs ?? []).map(({ name, kind, at }) => `${kind} ${name} ${at}`);
const codeIn = async (tree: WorkTree, options: Partial<Options> = {}): Promise<number> =>
  (await history(tree, options)).code;

/** `base`, then the key, then without it. */
function build(repo: WorkTree): void {
  repo.write('base', 'base\n');
  repo.commit('base');
  repo.write('d/file', line);
  repo.commit('brings it');
  rmSync(join(repo.path, 'd'), { recursive: true });
  repo.commit('takes it away');
}

describe('where nothing is missing', () => {
  beforeEach(() => build(repository));

  test.each([
    ['bare', ['--bare'], 'branch refs/heads/main past', 'unknown'],
    ['mirror', ['--mirror'], 'branch refs/heads/main past', 'pushed'],
    ['plain', [], 'remote refs/remotes/origin/main past', 'pushed'],
  ])('a %s clone', async (_, args, held, verdict) => {
    repository.git('update-ref', 'refs/odd/one', 'HEAD');
    const clone = repository.clone('clone', ...args);
    const story = await storyIn(clone);
    expect(holders(story)).toContain(held);
    expect(story).toMatchObject({
      verdict,
      introduced: { path: 'd/file', commit: repository.git('rev-parse', 'HEAD~') },
      removed: { commit: repository.git('rev-parse', 'HEAD') },
      inIndex: false,
      inWorkTree: false,
    });
  });

  test('inside the git directory, and from a folder below the top', async () => {
    expect(of(await read(at(join(repository.path, '.git'))))).toBeDefined();
    repository.write('deep/er/x', 'x\n');
    expect(await storyIn(at(join(repository.path, 'deep/er')))).toMatchObject({
      introduced: { path: 'd/file' },
    });
  });

  test('objects of an alternate', async () => {
    const clone = join(repository.root, 'shared');
    repository.git('clone', '-q', '--shared', repository.path, clone);
    expect(await storyIn(at(clone))).toMatchObject({ verdict: 'pushed', introduced: { path: 'd/file' } });
    renameSync(join(repository.path, '.git/objects'), join(repository.path, '.git/gone'));
    expect(await codeIn(at(clone), { exitZero: true })).toBe(2);
  });

  test('a graft hides nothing, a replaced commit neither', async () => {
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('checkout', '-q', '--orphan', 'fresh');
    repository.commit('fresh');
    const [head = ''] = repository.git('rev-parse', 'HEAD').split('\n');
    repository.git('branch', '-f', 'main', 'main');
    mkdirSync(join(repository.path, '.git/info'), { recursive: true });
    writeFileSync(join(repository.path, '.git/info/grafts'), `${repository.git('rev-parse', 'main')}\n`);
    expect(await storyIn(repository)).toMatchObject({ introduced: { path: 'd/file' }, isReachable: true });
    rmSync(join(repository.path, '.git/info/grafts'));
    repository.git('replace', repository.git('rev-parse', 'main'), head);
    expect(repository.git('rev-list', '--count', 'main')).toBe('1');
    const story = await storyIn(repository);
    expect(story).toMatchObject({ introduced: { path: 'd/file' }, removed: { path: 'd/file' } });
    expect(holders(story)).toContain('branch refs/heads/main past');
  });

  test('a submodule is a repository of its own, and not part of the one around it', async () => {
    const submodule = repository.submodule('sub');
    repository.commit('with a submodule');
    const other = freshKey();
    submodule.write('own', `key = "${other}"\n`);
    submodule.commit('own');
    expect(await storyIn(submodule, other)).toMatchObject({ introduced: { path: 'own' }, inWorkTree: true });
    const told = await read(repository);
    expect(told.coverage.complete).toBe(true);
    expect(of(told, other)).toBeUndefined();
    expect(of(told)).toBeDefined();
  });
});

test('a repository of SHA-256', async () => {
  const path = join(repository.root, 'wide');
  repository.git('init', '-q', '--object-format=sha256', '-b', 'main', path);
  // Functions of a scratch repository work where it is.
  const git = (...args: string[]): string => repository.git('-C', path, ...args);
  writeFileSync(join(path, 'file'), line);
  git('add', '-A');
  git('commit', '-q', '-m', 'brings it');
  git('tag', '-a', 'v1', '-m', 'tag');
  git('rm', '-q', 'file');
  git('commit', '-q', '-m', 'takes it away');
  for (const cache of [false, true, true]) {
    const { coverage, findings } = (await history(at(path), { cache })).report;
    expect(coverage.complete).toBe(true);
    expect(findings[0]?.exposure).toMatchObject({
      introduced: { commit: git('rev-parse', 'v1^{commit}'), path: 'file' },
      removed: null,
    });
    expect(holders(findings[0]?.exposure)).toEqual(['branch refs/heads/main past', 'tag refs/tags/v1 tip']);
  }
});

test('each work tree has a head, an index and records of its own', async () => {
  build(repository);
  repository.git('worktree', 'add', '-q', '--detach', '../linked');
  // Another of the same name.
  repository.git('worktree', 'add', '-q', '--detach', '../x/linked');
  const linked = at(join(repository.root, 'x/linked'));
  const inLinked = (...args: string[]): string => repository.git('-C', linked.path, ...args);
  const [headKey, logKey, indexKey] = [freshKey(), freshKey(), freshKey()];
  const put = (what: string): void => {
    writeFileSync(join(linked.path, 'there'), `key = "${what}"\n`);
    inLinked('add', '-A');
  };
  put(logKey);
  inLinked('commit', '-q', '-m', 'dropped');
  inLinked('reset', '-q', '--hard', 'HEAD~');
  put(headKey);
  inLinked('commit', '-q', '-m', 'kept');
  put(indexKey);

  expect(holders(await storyIn(repository, logKey))).toEqual(['reflog worktrees/linked1/HEAD@{2} tip']);
  expect(holders(await storyIn(repository, headKey))).toEqual(['head worktrees/linked1/HEAD tip']);
  const staged = await storyIn(repository, indexKey);
  expect(holders(staged)).toEqual(['index worktrees/linked1/index tip']);
  expect(staged).toMatchObject({ inIndex: false, isReachable: true, verdict: 'local', introduced: null });
  const told = await read(repository);
  expect(of(told, indexKey)?.occurrences).toMatchObject([{ path: 'there', origin: { kind: 'index' } }]);

  expect(holders(await storyIn(linked, logKey))).toEqual(['reflog HEAD@{2} tip']);
  expect(holders(await storyIn(linked, headKey))).toEqual(['head HEAD tip']);
  expect(await storyIn(linked, indexKey)).toMatchObject({ inIndex: true, inWorkTree: true, refs: [] });
  repository.write('here', line);
  repository.git('add', '-A');
  expect(holders(await storyIn(linked))).toContain('index main-worktree/index tip');
});

describe('what a merge does', () => {
  test('that takes nothing of the other side has taken it away', async () => {
    repository.commit('base');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('file', line);
    repository.commit('brings it');
    repository.git('checkout', '-q', 'main');
    repository.commit('on');
    repository.git('merge', '-q', '-s', 'ours', '-m', 'ours', 'side');
    repository.git('branch', '-q', '-D', 'side');
    expect(await storyIn(repository)).toMatchObject({
      introduced: { path: 'file' },
      removed: { commit: repository.git('rev-parse', 'HEAD') },
    });
  });

  test('that follows who had taken it away has not', async () => {
    build(repository);
    repository.git('checkout', '-q', '-b', 'side', 'HEAD~');
    repository.commit('on');
    repository.git('checkout', '-q', 'main');
    repository.git('merge', '-q', '-m', 'merge', 'side');
    repository.git('branch', '-q', '-D', 'side');
    const story = await storyIn(repository);
    expect(story?.removed).toMatchObject({ commit: repository.git('rev-parse', 'HEAD~') });
    expect(story?.moves).toHaveLength(2);
  });
});

describe('what has left', () => {
  beforeEach(() => {
    repository.commit('base');
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.write('file', line);
    repository.commit('brings it');
  });

  test('nothing, while only branches, heads, stashes and records have it', async () => {
    expect(await storyIn(repository)).toMatchObject({ verdict: 'local', remotes: [] });
  });

  test.each([
    ['a tag', ['tag', 'v1'], 'unknown'],
    ['a note', ['notes', 'add', '-m', line], 'unknown'],
    ['some other reference', ['update-ref', 'refs/odd/one', 'HEAD'], 'unknown'],
    ['a remote-tracking branch', ['update-ref', 'refs/remotes/fork/x', 'HEAD'], 'pushed'],
    ['a record of one', ['update-ref', '--create-reflog', 'refs/remotes/fork/x', 'HEAD'], 'pushed'],
  ])('%s has it, too', async (what, args, verdict) => {
    repository.git(...args);
    if (what === 'a record of one') repository.git('update-ref', 'refs/remotes/fork/x', 'HEAD~');
    expect((await storyIn(repository))?.verdict).toBe(verdict);
  });

  test('a file that was pushed with it and edited since, seen from what was not pushed', async () => {
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.write('file', `edited ${line}`);
    repository.commit('edits');
    const { report } = await history(repository, { operands: ['origin/main..'] });
    expect(of(report)?.occurrences).toMatchObject([{ path: 'file', column: 15 }]);
    expect(of(report)?.exposure).toMatchObject({
      verdict: 'pushed',
      introduced: { commit: repository.git('rev-parse', 'HEAD~') },
    });
  });

  test('what a remote is fetched to under another name', async () => {
    repository.git('config', 'remote.up.url', 'https://example.com/x.git');
    repository.git('config', 'remote.up.fetch', '+refs/heads/*:refs/upstream/*');
    repository.git('update-ref', 'refs/upstream/main', 'HEAD');
    expect(await storyIn(repository)).toMatchObject({ verdict: 'pushed', remotes: ['refs/upstream/main'] });
  });
});

test('a credential in the name of a reference is in no step and no command', async () => {
  repository.write('file', line);
  repository.commit('brings it');
  repository.git('branch', '-m', `x-${key}`);
  repository.git('tag', `t-${key}`);
  repository.git('update-ref', `refs/odd/${key}`, 'HEAD');
  for (const format of ['json', 'human', 'html'] as const) {
    const { stdout, stderr } = await history(repository, { format });
    expect(stdout).toContain(key.slice(-4));
    expect((stdout + stderr).includes(key.slice(12, 40))).toBe(false);
  }
});

describe('what is not all there is exit code 2, and the rest is found', () => {
  beforeEach(() => build(repository));
  const object = (oid: string): string =>
    join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
  const told = async (): Promise<Report> => {
    expect(await codeIn(repository, { exitZero: true })).toBe(2);
    const found = await read(repository);
    expect(of(found)).toBeDefined();
    expect(found.coverage.complete).toBe(false);
    return found;
  };
  const reasons = ({ coverage }: Report): string[] => coverage.problems.map(({ reason }) => reason);

  test('a shallow clone, unless that is allowed', async () => {
    repository.write('file', line);
    repository.commit('again');
    const clone = repository.clone('shallow', '--depth=1');
    expect(await codeIn(clone)).toBe(2);
    expect((await history(clone)).stderr.replace(/\s+/g, ' ')).toContain('git fetch --unshallow');
    expect(await codeIn(clone, { allowShallow: true })).toBe(1);
  });

  test('a partial clone, without the network', async () => {
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = repository.clone('partial', '--filter=blob:none');
    const missing = (): number =>
      clone
        .git('rev-list', '--objects', '--all', '--missing=print')
        .split('\n')
        .filter((each) => each.startsWith('?')).length;
    const before = missing();
    expect(before).toBe(1);
    const { coverage } = await read(clone);
    expect(coverage.problems).toMatchObject([{ reason: expect.stringContaining('partial clone') }]);
    expect(missing()).toBe(before);
    expect(await codeIn(clone, { exitZero: true })).toBe(2);
  });

  test.each([
    ['blob', 'HEAD:base'],
    ['tree', 'HEAD^{tree}'],
    ['tree of an older commit', 'HEAD~^{tree}'],
    ['commit', 'HEAD~'],
  ])('a missing %s', async (_, name) => {
    const extra = repository.git('hash-object', '-w', '--stdin', '--literally', '-t', 'blob', 'base');
    expect(extra).not.toBe('');
    repository.bytes(['hash-object', '-w', '--stdin'], line);
    const oid = repository.git('rev-parse', name);
    rmSync(object(oid));
    expect(reasons(await told()).join()).toContain(`git object ${oid} is missing`);
    // Nor is it forgotten what a run with a cache has met.
    for (const _ of [1, 2]) expect(await codeIn(repository, { cache: true, exitZero: true })).toBe(2);
  });

  test('a reference to what is not there', async () => {
    writeFileSync(join(repository.path, '.git/refs/heads/broken'), `${'1'.repeat(40)}\n`);
    expect((await told()).coverage.problems).toContainEqual({
      path: 'refs/heads/broken',
      reason: `git object ${'1'.repeat(40)} is missing`,
    });
  });

  test.each([
    ['cut off', Buffer.from('789c4bcac94f5230', 'hex')],
    ['empty', Buffer.alloc(0)],
    ['noise', Buffer.from('this is no object at all')],
  ])('damaged objects: %s', async (_, bytes) => {
    const oids = ['HEAD:base', 'HEAD~2^{tree}'].map((name) => repository.git('rev-parse', name));
    for (const oid of oids) {
      rmSync(object(oid));
      writeFileSync(object(oid), bytes);
    }
    const said = reasons(await told()).join();
    for (const oid of oids) expect(said).toContain(`git object ${oid} is damaged`);
  });

  test('a pack that has lost its end, or is gone', async () => {
    repository.write('other', 'other\n');
    repository.commit('other');
    repository.git('repack', '-q', '-a', '-d');
    repository.write('loose', `loose ${line}`);
    repository.commit('loose');
    const [pack = ''] = repository.git('rev-parse', '--git-path', 'objects/pack').split('\n');
    const folder = join(repository.path, pack);
    const copy = join(repository.root, 'packs');
    cpSync(folder, copy, { recursive: true });
    const [name = ''] = repository
      .git('count-objects', '-v')
      .split('\n')
      .filter((each) => each.startsWith('packs: '));
    expect(name).toBe('packs: 1');
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await told();
    expect(existsSync(copy)).toBe(true);
  });

  test('what nothing leads to may lack what it refers to', async () => {
    const lost = repository.bytes(['hash-object', '--stdin'], 'never written\n').toString().trim();
    const tree = repository.bytes(['mktree', '--missing'], `100644 blob ${lost}\tfile\n`).toString().trim();
    const orphan = repository.git('commit-tree', tree, '-m', 'loose');
    repository.bytes(
      ['hash-object', '-w', '-t', 'commit', '--stdin', '--literally'],
      `tree ${'2'.repeat(40)}\nparent ${'3'.repeat(40)}\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx\n`,
    );
    const blob = repository.bytes(['hash-object', '-w', '--stdin'], `loose ${line}`).toString().trim();
    const sound = repository.bytes(['mktree'], `100644 blob ${blob}\tsound\n`).toString().trim();
    const loose = repository.git('commit-tree', sound, '-m', 'sound');
    expect(orphan).not.toBe('');
    const found = await read(repository);
    expect(found.coverage.problems).toEqual([]);
    expect(of(found)?.exposure?.moves.map(({ commit }) => commit)).toContain(loose);
  });
});
