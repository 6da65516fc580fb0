// Commits, what differs between them and what stands in them, as git tells it.

import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { GitError, UsageError } from '../../src/errors.ts';
import { type CommitFiles, commitFiles } from '../../src/git/commit-files.ts';
import { type Ancestry, listAncestry, listChanges } from '../../src/git/lineage.ts';
import { wholeLines } from '../../src/git/lines.ts';
import { MOST_ARGUMENTS } from '../../src/git/object-list.ts';
import { openObjects } from '../../src/git/objects.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { parseTreeList } from '../../src/git/tree-list.ts';
import { type ScratchRepository, scratchRepository, withScratch } from '../support/repository.ts';

let repository: ScratchRepository;
let real: Git;
beforeAll(() => {
  repository = scratchRepository();
  real = gitIn(repository.path, repository.env);
  repository.write('a', 'one');
  repository.write('folder/b', 'two');
  repository.commit();
  repository.git('tag', 'first');
  repository.git('branch', 'side');
  repository.write('a', 'three');
  symlinkSync('a', join(repository.path, 'link'));
  repository.commit();
  repository.git('tag', 'second');
  repository.git('checkout', '-q', 'side');
  repository.write('c', 'four');
  repository.commit();
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', '-m', 'a merge', 'side');
});
afterAll(() => repository.remove());

const oid = (name: string): string => repository.git('rev-parse', name);

let count = 0;
/** A git that does this whatever it is asked. */
function doing(script: string): Git {
  const path = join(repository.root, `git-${count++}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, cwd: real.cwd, env: real.env };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('lines', () => {
  const broken = () => new GitError('broken');
  const inPieces = async function* (text: string, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
  };
  const lines = async (text: string, size: number, longest = 100): Promise<string[]> =>
    (await all(wholeLines(inPieces(text, size), longest, broken))).flat();

  test('the same from whatever pieces', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 9, unit: fc.constantFrom('a', '\xff', ' ') })),
        fc.integer({ min: 1, max: 30 }),
        async (each, size) => {
          expect(await lines(each.map((line) => `${line}\n`).join(''), size)).toEqual(each);
        },
      ),
    ));

  test.each([1, 3, 100])('one without an end is no line, in pieces of %i', async (size) => {
    await expect(lines('a\nb', size)).rejects.toThrow('broken');
    await expect(lines('b', size)).rejects.toThrow('broken');
  });

  test('one that does not end is not waited for', async () => {
    const endless = async function* (): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.from('aaaa');
    };
    await expect(all(wholeLines(endless(), 10, broken))).rejects.toThrow('broken');
    expect(await lines(`${'a'.repeat(10)}\n`, 1, 10)).toEqual(['a'.repeat(10)]);
  });
});

describe('ancestry', () => {
  const plain = async (revisions: readonly string[], input?: string): Promise<Ancestry[]> =>
    (await listAncestry(real, revisions, input)).map(({ commit, parents }) => ({ commit, parents }));

  test('parents before children, each with its parents in their order', async () => {
    const ancestry = await plain(['--all']);
    const [root, second, side, merge] = ['first', 'second', 'side', 'main'].map(oid);
    expect(ancestry[0]).toEqual({ commit: root, parents: [] });
    expect(ancestry.at(-1)).toEqual({ commit: merge, parents: [second, side] });
    expect(ancestry.slice(1, -1)).toEqual(
      expect.arrayContaining([
        { commit: second, parents: [root] },
        { commit: side, parents: [root] },
      ]),
    );
    expect(ancestry).toHaveLength(4);
  });

  test('each with the time it was committed', async () => {
    const seconds = Number(repository.git('log', '-1', '--format=%ct', 'second'));
    const ancestry = await listAncestry(real, ['second']);
    expect(ancestry.find(({ commit }) => commit === oid('second'))?.time).toBe(seconds);
  });

  test('of what is named in lines', async () => {
    expect(await plain([], `${oid('second')}\n^${oid('first')}\n`)).toEqual([
      { commit: oid('second'), parents: [oid('first')] },
    ]);
    expect(await plain([], `${oid('first')}\n^${oid('second')}\n`)).toEqual([]);
  });

  test.each([
    ['words', 'echo hello'],
    ['no time', `echo '${'a'.repeat(40)}'`],
    ['no id', `echo '1700000000 ${'a'.repeat(39)}'`],
    ['an end in the middle', `printf '1 ${'a'.repeat(40)}'`],
    ['a failure', `echo '1 ${'a'.repeat(40)}'; exit 1`],
    ['a git that is killed', 'kill -KILL $$'],
  ])('%s: an error', async (_, script) => {
    await expect(listAncestry(doing(script), [])).rejects.toThrow(GitError);
  });
});

describe('changes', () => {
  const told = async (oids?: readonly string[]): Promise<string[]> =>
    (await all(listChanges(real, await listAncestry(real, ['--all']), oids)))
      .flat()
      .map(({ commit, path, status, before, after }) =>
        [
          ['first', 'second', 'side', 'main'].find((name) => oid(name) === commit),
          status,
          path,
          before,
          after,
        ].join(' '),
      );
  const blob = (content: string): string =>
    repository.bytes(['hash-object', '--stdin'], content).toString().trim();

  test('of every commit against its first parent, of the first against nothing', async () => {
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map(blob);
    const link = blob('a');
    expect((await told()).sort()).toEqual(
      [
        `first A a  ${one}`,
        `first A folder/b  ${two}`,
        `second M a ${one} ${three}`,
        `second A link  ${link}`,
        `side A c  ${four}`,
        `main A c  ${four}`,
      ].sort(),
    );
  });

  test('only those of the objects that matter, unless they are more than can be named', async () => {
    const four = blob('four');
    expect((await told([four])).sort()).toEqual([`main A c  ${four}`, `side A c  ${four}`]);
    const many = Array.from({ length: MOST_ARGUMENTS + 1 }, (_, n) => n.toString(16).padStart(40, '0'));
    expect(await told(many)).toEqual(await told());
  });

  test('of a submodule, too, whatever the repository says is to be ignored', () =>
    withScratch(async (outer) => {
      outer.write('.gitmodules', '[submodule "sub"]\n\tpath = sub\n\turl = x\n\tignore = all\n');
      outer.git('add', '.gitmodules');
      const commits = ['d', 'e'].map((digit) => {
        outer.git('update-index', '--add', '--cacheinfo', `160000,${digit.repeat(40)},sub`);
        outer.git('commit', '-q', '--no-verify', '--allow-empty', '-m', digit);
        return outer.git('rev-parse', 'HEAD');
      });
      const git = gitIn(outer.path, outer.env);
      const changes = (await all(listChanges(git, await listAncestry(git, ['HEAD']), undefined))).flat();
      expect(changes.filter(({ path }) => path === 'sub').map(({ commit }) => commit)).toEqual(commits);
    }));

  test.each([
    ['a change of no commit', `printf ':100644 100644 ${'a'.repeat(40)} ${'b'.repeat(40)} M\\0a\\0'`],
    ['an end in the middle', `printf '${'a'.repeat(40)}'`],
    ['a failure', 'cat >/dev/null; exit 1'],
  ])('%s: an error', async (_, script) => {
    await expect(all(listChanges(doing(script), [], undefined))).rejects.toThrow(GitError);
  });
});

describe('the files of a commit', () => {
  async function inCommit<T>(
    commit: string | undefined,
    use: (files: CommitFiles) => Promise<T>,
  ): Promise<T> {
    const objects = openObjects(real);
    try {
      return await use(commitFiles(real, objects, commit && oid(commit)));
    } finally {
      await objects.close().catch(() => undefined);
    }
  }
  const text = async (commit: string | undefined, path: string): Promise<string | undefined> => {
    const bytes = await inCommit(commit, ({ read }) => read(path));
    return bytes && Buffer.from(bytes).toString();
  };

  test('are read by their paths, as they were then', async () => {
    expect(await text('first', 'a')).toBe('one');
    expect(await text('second', 'a')).toBe('three');
    expect(await text('second', 'folder/b')).toBe('two');
    expect(await text('second', 'c')).toBeUndefined();
    expect(await text('second', 'folder')).toBeUndefined();
    expect(await text(undefined, 'a')).toBeUndefined();
  });

  test('and a link is none', async () => {
    await expect(text('second', 'link')).rejects.toThrow(UsageError);
  });

  test('are known by their content, whatever they are called', async () => {
    await inCommit('second', async ({ holds }) => {
      expect(await holds(oid('first:folder/b'))).toBe(true);
      expect(await holds(oid('first:a'))).toBe(false);
    });
    expect(await inCommit(undefined, ({ holds }) => holds(oid('first:a')))).toBe(false);
  });

  test('that git lists and does not have are an error', async () => {
    const nowhere = `printf '100644 blob ${'e'.repeat(40)}\\ta\\0'`;
    const objects = openObjects(real);
    await expect(commitFiles(doing(nowhere), objects, oid('first')).read('a')).rejects.toThrow(/is missing/);
    await objects.close().catch(() => undefined);
  });
});

describe('the listing of a tree', () => {
  const oid = 'a'.repeat(40);

  test.each([
    ['an empty entry', '\0'],
    ['no end', `100644 blob ${oid}\ta`],
    ['no path', `100644 blob ${oid}\t\0`],
    ['a short id', `100644 blob ${oid.slice(1)}\ta\0`],
    ['an unknown mode', `040000 tree ${oid}\ta\0`],
    ['another format', `100644 blob ${oid}       4\ta\0`],
  ])('with %s is refused', (_, text) => {
    expect(() => parseTreeList(Buffer.from(text))).toThrow('not what it should be');
  });

  test('gives mode, id and path', () => {
    const entries = [`100755 blob ${oid}\ta\tb\n`, `120000 blob ${oid}\tl`, `160000 commit ${oid}\tm`, ''];
    expect(parseTreeList(Buffer.from(entries.join('\0')))).toEqual([
      { mode: 'file', oid, path: 'a\tb\n' },
      { mode: 'symlink', oid, path: 'l' },
      { mode: 'gitlink', oid, path: 'm' },
    ]);
    expect(parseTreeList(Buffer.alloc(0))).toEqual([]);
  });
});
