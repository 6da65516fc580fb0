// What the staged source lists: every object the next commit would record, once, with the versions it replaces.

import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GitError, UsageError } from '../../src/errors.ts';
import { readWhole } from '../../src/git/objects.ts';
import { gitIn } from '../../src/git/process.ts';
import { openStaged } from '../../src/sources/staged.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

/** One line per item: its kind, its paths and its content or reason. */
async function listed(tree: WorkTree = repository, env: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const { source, objects } = await openStaged(gitIn(tree.path, { ...tree.env, ...env }));
  const lines: string[] = [];
  for await (const item of source.items()) {
    if (item.kind === 'cleared') throw new Error('what is staged is scanned one by one');
    lines.push(
      item.kind === 'blob'
        ? `blob ${item.places.map(({ path }) => path).join(' ')}: ${Buffer.from(await readWhole(item.content))}`
        : `${item.kind} ${item.path}: ${item.reason}`,
    );
  }
  expect(source.expected()).toBe(lines.length);
  await objects.close();
  return lines;
}

/** The contents of the previous versions of each path. */
async function previous(
  tree: WorkTree = repository,
  env: NodeJS.ProcessEnv = {},
): Promise<Record<string, string[]>> {
  const { source, objects } = await openStaged(gitIn(tree.path, { ...tree.env, ...env }));
  const all: Record<string, string[]> = {};
  for await (const item of source.items()) {
    if (item.kind !== 'blob') continue;
    await readWhole(item.content);
    for (const place of item.places)
      all[place.path] = place.previous.map((oid) => tree.git('cat-file', 'blob', oid));
  }
  await objects.close();
  return all;
}

const add = (name: string, content: string): void => {
  repository.write(name, content);
  repository.git('add', name);
};

/** Puts an entry into the index whatever it names. */
function enter(mode: string, oid: string, path: string): void {
  expect(
    repository.tryGit(['update-index', '--index-info'], { input: `${mode} ${oid}\t${path}\n` }).status,
  ).toBe(0);
}

describe('items', () => {
  test('nothing staged', async () => {
    expect(await listed()).toEqual([]);
    repository.commit();
    expect(await listed()).toEqual([]);
  });

  test('the first commit holds the whole index', async () => {
    add('a', 'one');
    add('b/c', 'two');
    expect(await listed()).toEqual(['blob a: one', 'blob b/c: two']);
  });

  test('the index counts, not the work tree', async () => {
    add('a', 'staged');
    repository.write('a', 'changed since');
    add('b', 'staged, gone since');
    unlinkSync(join(repository.path, 'b'));
    expect(await listed()).toEqual(['blob a: staged', 'blob b: staged, gone since']);
  });

  test('equal contents are read once and keep all their places', async () => {
    add('a', 'same');
    add('b', 'other');
    add('c', 'same');
    symlinkSync('same', join(repository.path, 'd'));
    repository.git('add', 'd');
    expect(await listed()).toEqual(['blob a c d: same', 'blob b: other']);
  });

  test('changes of every kind; what is deleted or unchanged is not recorded', async () => {
    for (const name of ['deleted', 'unchanged', 'changed', 'mode', 'renamed']) add(name, name);
    add('kind', 'kind');
    repository.commit();
    repository.git('rm', '--quiet', 'deleted');
    add('changed', 'anew');
    chmodSync(join(repository.path, 'mode'), 0o755);
    repository.git('mv', 'renamed', 'to');
    unlinkSync(join(repository.path, 'kind'));
    symlinkSync('target', join(repository.path, 'kind'));
    repository.git('add', '--all');
    expect(await listed()).toEqual([
      'blob changed: anew',
      'blob kind: target',
      'blob mode: mode',
      'blob to: renamed',
    ]);
  });

  test('a submodule is counted, its commit is not asked for', async () => {
    repository.submodule('inner');
    const lines = await listed();
    expect(lines.filter((line) => line.startsWith('skipped'))).toEqual([
      'skipped inner: submodule, not scanned',
    ]);
    expect(lines).toHaveLength(2);
  });

  test('an intention to add is an empty blob, stored or not', async () => {
    repository.commit();
    repository.write('later', 'not staged');
    repository.git('add', '--intent-to-add', 'later');
    rmSync(join(repository.path, '.git/objects/e6/9de29bb2d1d6434b8b29ae775ad8c2e48c5391'), { force: true });
    expect(await listed()).toEqual(['blob later: ']);
  });

  test('SHA-256', async () => {
    const other = scratchRepository({ objectFormat: 'sha256' });
    try {
      other.write('a', 'one');
      other.write('empty', '');
      other.git('add', '.');
      expect(await listed(other)).toEqual(['blob empty: ', 'blob a: one']);
      other.commit();
      other.write('a', 'two');
      other.git('add', '.');
      expect(await previous(other)).toEqual({ a: ['one'] });
    } finally {
      other.remove();
    }
  });

  test('an object that is missing, or is no blob, is a problem; the others are read all the same', async () => {
    add('a', 'one');
    add('gone', 'two');
    add('z', 'three');
    const oid = repository.git('rev-parse', ':gone');
    rmSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    const tree = repository.git('hash-object', '-t', 'tree', '-w', '--stdin');
    enter('100644', tree, 'tree');
    expect(await listed()).toEqual([
      'blob a: one',
      `problem gone: git object ${oid} is missing`,
      `problem tree: git object ${tree} is a tree`,
      'blob z: three',
    ]);
  });
});

describe('previous versions', () => {
  const commitOn = (branch: string, files: Readonly<Record<string, string>>): void => {
    repository.git('checkout', '--quiet', '-B', branch, 'base');
    for (const [name, content] of Object.entries(files)) repository.write(name, content);
    repository.commit(branch);
  };

  test('those of HEAD; none for what is new there', async () => {
    add('a', 'one');
    repository.commit();
    add('a', 'two');
    add('b', 'two');
    expect(await previous()).toEqual({ a: ['one'], b: [] });
  });

  test('none of a submodule that became a file', async () => {
    repository.commit();
    enter('160000', repository.git('rev-parse', 'HEAD'), 'a');
    repository.git('commit', '--quiet', '-m', 'submodule');
    repository.git('rm', '--cached', '--quiet', 'a');
    add('a', 'now a file');
    expect(await previous()).toEqual({ a: [] });
  });

  describe('in a merge', () => {
    beforeEach(() => {
      repository.write('both', '1\n2\n3\n4\n5\n6\n7\n');
      repository.commit();
      repository.git('tag', 'base');
      commitOn('one', { 'from-one': 'one', both: 'one\n2\n3\n4\n5\n6\n7\n' });
      commitOn('two', { 'from-two': 'two', both: '1\n2\n3\n4\n5\n6\ntwo\n' });
      repository.git('checkout', '--quiet', '-B', 'main', 'base');
      repository.write('here', 'main');
      repository.commit();
    });
    const oneParent = {
      'from-one': ['one'],
      both: ['1\n2\n3\n4\n5\n6\n7', 'one\n2\n3\n4\n5\n6\n7'],
    };
    const twoParents = {
      both: [...oneParent.both, '1\n2\n3\n4\n5\n6\ntwo'],
      'from-one': ['one'],
      'from-two': ['two'],
    };

    test('that stopped before the commit: those of its parent', async () => {
      repository.git('merge', '--no-commit', '--no-ff', 'one');
      expect(await previous()).toEqual(oneParent);
    });

    test('of two branches at once: those of all parents', async () => {
      repository.git('merge', '--no-commit', 'one', 'two');
      expect(await previous()).toEqual(twoParents);
    });

    test('still running: the parents git names in the environment; unknown ones are none', async () => {
      repository.git('merge', '--no-commit', 'one', 'two');
      unlinkSync(join(repository.path, '.git/MERGE_HEAD'));
      const env = Object.fromEntries(
        [repository.git('rev-parse', 'one'), repository.git('rev-parse', 'two'), 'f'.repeat(40)].map(
          (oid) => [`GITHEAD_${oid}`, 'a branch'],
        ),
      );
      expect(await previous(repository, env)).toEqual(twoParents);
      expect(await previous(repository, { GITHEAD_: 'x', GITHEAD_nonsense: 'x' })).toEqual({
        both: ['1\n2\n3\n4\n5\n6\n7'],
        'from-one': [],
        'from-two': [],
      });
    });

    test('squashed: there are no other parents', async () => {
      repository.git('merge', '--squash', '--quiet', 'one');
      expect(await previous()).toEqual({ both: ['1\n2\n3\n4\n5\n6\n7'], 'from-one': [] });
    });

    test('a branch called MERGE_HEAD is no merge', async () => {
      repository.git('branch', 'MERGE_HEAD', 'one');
      repository.git('checkout', 'one', '--', 'from-one');
      expect(await previous()).toEqual({ 'from-one': [] });
    });

    test('an unreadable MERGE_HEAD is an error', async () => {
      repository.git('merge', '--no-commit', '--no-ff', 'one');
      const head = readFileSync(join(repository.path, '.git/MERGE_HEAD'), 'latin1');
      writeFileSync(join(repository.path, '.git/MERGE_HEAD'), `${head}nonsense\n`);
      await expect(listed()).rejects.toThrow(/MERGE_HEAD/);
    });
  });
});

describe('LFS', () => {
  const oid = 'ab'.repeat(32);
  const store = (): string => join(repository.path, '.git/lfs/objects/ab/ab', oid);
  beforeEach(() => {
    add(
      'big.bin',
      `version https://git-lfs.github.com/spec/v1\next-0-x sha256:${oid}\noid sha256:${oid}\nsize 4\n`,
    );
  });

  test('the content is read where it is', async () => {
    mkdirSync(dirname(store()), { recursive: true });
    writeFileSync(store(), 'text');
    expect((await listed()).slice(1)).toEqual(['blob big.bin: text']);
    mkdirSync(join(repository.path, 'sub'));
    expect((await listed({ ...repository, path: join(repository.path, 'sub') })).slice(1)).toEqual([
      'blob big.bin: text',
    ]);
  });

  test('else it is said to be skipped; a link is not followed', async () => {
    const said = ['skipped big.bin: LFS object not scanned: not in this clone'];
    expect((await listed()).slice(1)).toEqual(said);
    mkdirSync(dirname(store()), { recursive: true });
    writeFileSync(join(repository.path, 'other'), 'text');
    symlinkSync(join(repository.path, 'other'), store());
    expect((await listed()).slice(1)).toEqual(said);
  });

  test('other text is no pointer', async () => {
    add('big.bin', `see https://git-lfs.github.com/spec/v1\noid sha256:${oid}\n`);
    expect(await listed()).toHaveLength(1);
  });
});

describe('where there is no next commit to scan', () => {
  test('unmerged files', async () => {
    for (const [branch, content] of [
      ['one', '1'],
      ['two', '2'],
    ] as const) {
      repository.git('checkout', '--quiet', '--orphan', branch);
      add('a', content);
      repository.commit();
    }
    repository.tryGit(['merge', '--allow-unrelated-histories', 'one']);
    await expect(listed()).rejects.toThrow(/conflicts/);
  });

  test('a bare repository', async () => {
    const bare = scratchRepository({ bare: true });
    try {
      await expect(listed(bare)).rejects.toThrow(/bare repository/);
    } finally {
      bare.remove();
    }
  });

  test('no repository', async () => {
    await expect(listed({ ...repository, path: repository.root })).rejects.toThrow(
      /git finds no repository here/,
    );
  });

  test('an index that is gone; git takes it for an empty one', async () => {
    add('a', 'one');
    repository.commit();
    const missing = { GIT_INDEX_FILE: join(repository.path, '.git/nowhere') };
    await expect(listed(repository, missing)).rejects.toThrow(UsageError);
    unlinkSync(join(repository.path, '.git/index'));
    await expect(listed()).rejects.toThrow(/index file is missing/);
  });

  test('an index that is gone before the first commit, when it was named', async () => {
    await expect(listed(repository, { GIT_INDEX_FILE: '.git/nowhere' })).rejects.toThrow(
      /index file is missing/,
    );
  });

  test('everything deleted is fine when the index says so', async () => {
    add('a', 'one');
    repository.commit();
    repository.git('rm', '--quiet', '--cached', 'a');
    expect(await listed()).toEqual([]);
  });

  test('an index of garbage', async () => {
    writeFileSync(join(repository.path, '.git/index'), 'DIRCxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
    await expect(listed()).rejects.toThrow(GitError);
  });

  const head = (): string => join(repository.path, '.git/refs/heads/main');
  test.each([
    [
      'a commit that is missing',
      () => writeFileSync(head(), `${'12'.repeat(20)}\n`),
      /commit that is missing/,
    ],
    ['garbage', () => writeFileSync(head(), 'garbage\n'), /HEAD/],
    [
      'a missing commit, detached',
      () => writeFileSync(join(repository.path, '.git/HEAD'), `${'12'.repeat(20)}\n`),
      /missing/,
    ],
  ])('HEAD is %s', async (_, damage, message) => {
    add('a', 'one');
    repository.commit();
    add('a', 'two');
    damage();
    await expect(listed()).rejects.toThrow(message);
  });

  test('a git too old for the questions', async () => {
    add('a', 'one');
    const path = join(repository.root, 'old-git');
    writeFileSync(path, '#!/bin/sh\ncase "$*" in *version*) echo git version 2.19.0;; *) exit 129;; esac\n');
    chmodSync(path, 0o755);
    await expect(openStaged({ ...gitIn(repository.path, repository.env), path })).rejects.toThrow(/too old/);
  });
});

test('two git children, and nothing written', async () => {
  repository.commit();
  add('a', 'one');
  add('b', 'two');
  const log = join(repository.root, 'log');
  const path = join(repository.root, 'counting-git');
  writeFileSync(path, `#!/bin/sh\necho "$7" >> '${log}'\nexec git "$@"\n`);
  chmodSync(path, 0o755);
  const before = repository.tryGit(['ls-files', '--stage', '--debug']).stdout;
  const { source, objects } = await openStaged({ ...gitIn(repository.path, repository.env), path });
  for await (const item of source.items()) if (item.kind === 'blob') await readWhole(item.content);
  await objects.close();
  expect(readFileSync(log, 'utf8').trim().split('\n').sort()).toEqual(['cat-file', 'diff-index']);
  expect(repository.tryGit(['ls-files', '--stage', '--debug']).stdout).toBe(before);
});

test('what is known to hold nothing is counted and not read; everything else is', async () => {
  repository.commit();
  add('a', 'one');
  add('b', 'two');
  add('c', 'one');
  const cleared = new Map([[repository.git('rev-parse', ':a'), 3]]);
  const { source, objects } = await openStaged(gitIn(repository.path, repository.env), { cleared });
  const items: unknown[] = [];
  for await (const item of source.items())
    items.push(item.kind === 'blob' ? Buffer.from(await readWhole(item.content)).toString() : item);
  await objects.close();
  expect(items).toEqual([{ kind: 'cleared', objects: 1, bytes: 3 }, 'two']);
  expect(source.expected()).toBe(2);
});
