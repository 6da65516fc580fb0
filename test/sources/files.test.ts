// What the source of files lists in a repository: git's own list, each file once, and everything left out with a reason.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError, UsageError } from '../../src/errors.ts';
import { openFiles } from '../../src/sources/files.ts';
import { type Asked, listed as listedIn } from '../support/listed.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

const write = (path: string, content = path): void => repository.write(path, content);
const inside = (path: string): string => join(repository.path, path);
const listed = (asked?: Asked, cwd = '.'): Promise<string[]> =>
  listedIn({ path: inside(cwd), env: repository.env }, { top: repository.path, ...asked });

describe('below a folder', () => {
  test('what is tracked and what is not ignored, in the order of names; what is ignored is said', async () => {
    write('.gitignore', '*.log\n/build/\n');
    write('tracked');
    write('src/deep/a.ts');
    write('a.log');
    write('build/b/c.js');
    write('build/d.js');
    repository.git('add', 'tracked');
    repository.git('add', '-f', 'build/d.js');
    write('é');
    expect(await listed()).toEqual([
      'skipped a.log: ignored by git; --include-ignored scans it',
      'skipped build/b/: ignored by git; --include-ignored scans it',
      'blob .gitignore: *.log\n/build/\n',
      'blob build/d.js: build/d.js',
      'blob src/deep/a.ts: src/deep/a.ts',
      'blob tracked: tracked',
      `blob ${Buffer.from('é').toString('latin1')}: é`,
    ]);
  });

  test('ignored files are like all others when asked for', async () => {
    write('.gitignore', '*.log\n');
    write('a.log');
    expect(await listed({ includeIgnored: true })).toEqual(['blob .gitignore: *.log\n', 'blob a.log: a.log']);
  });

  test('only that folder, called as it was given; policy paths are meant from the top', async () => {
    write('a/b/c');
    write('a/d');
    write('e');
    for (const given of ['a', 'a/', './a', './/a//'])
      expect(await listed({ paths: [given] })).toEqual(['blob a/b/c: a/b/c', 'blob a/d: a/d']);
    expect(await listed({}, 'a')).toEqual(['blob b/c: a/b/c', 'blob d: a/d']);
    expect(await listed({ paths: ['../a/b'] }, 'a')).toEqual(['blob ../a/b/c: a/b/c']);
    expect(await listed({ paths: [inside('a/b')] })).toEqual([`blob ${inside('a/b/c')}: a/b/c`]);
    const request = { cwd: inside('a'), env: repository.env, includeIgnored: false, top: repository.path };
    const other = join(repository.root, 'other');
    writeFileSync(other, '');
    const { source } = await openFiles({ ...request, paths: ['.', '../e', '../../other'] }, 1);
    const places = [];
    for await (const item of source.items()) places.push(...(item.kind === 'blob' ? item.places : []));
    expect(places.map(({ path, inTree }) => [path, inTree])).toEqual([
      ['b/c', 'a/b/c'],
      ['d', 'a/d'],
      ['../e', 'e'],
      ['../../other', other],
    ]);
  });

  test('a file that is tracked and deleted is said; one with conflicts is listed once', async () => {
    write('gone');
    write('both', 'base');
    repository.commit();
    repository.git('checkout', '-qb', 'other');
    write('both', 'theirs');
    repository.commit();
    repository.git('checkout', '-q', 'main');
    write('both', 'ours');
    repository.commit();
    expect(repository.tryGit(['merge', 'other']).status).toBe(1);
    unlinkSync(inside('gone'));
    const [both, ...others] = await listed();
    expect(both).toMatch(/^blob both: <<<<<<< HEAD\nours/);
    expect(others).toEqual(['skipped gone: tracked, but deleted in the work tree']);
  });

  test('a sparse checkout says how many files it has not; one that is there anyway is scanned', async () => {
    for (const name of ['in/a', 'out/b', 'out/c', 'out/d']) write(name);
    repository.commit();
    repository.git('update-index', '--skip-worktree', 'out/b', 'out/c', 'out/d');
    unlinkSync(inside('out/b'));
    unlinkSync(inside('out/c'));
    expect(await listed()).toEqual([
      'blob in/a: in/a',
      'blob out/d: out/d',
      'skipped .: tracked files outside the sparse checkout: 2',
    ]);
  });

  test('a tracked file that is a folder now, and a tracked folder that is a link now', async () => {
    write('a');
    write('b/c');
    repository.commit();
    rmSync(inside('a'));
    rmSync(inside('b'), { recursive: true });
    write('a/inner');
    symlinkSync('a', inside('b'));
    expect(await listed()).toEqual([
      'skipped a: tracked as a file, a folder in the work tree; what is in it counts by itself',
      'blob a/inner: a/inner',
      'blob b: a',
      'skipped b/c: tracked, but deleted in the work tree',
    ]);
  });

  test('a link is the text it holds, and never followed', async () => {
    symlinkSync('..', inside('up'));
    symlinkSync('self', inside('self'));
    symlinkSync('/etc/passwd', inside('tracked'));
    repository.git('add', 'tracked');
    expect(await listed()).toEqual(['blob self: self', 'blob tracked: /etc/passwd', 'blob up: ..']);
  });

  test('git settings and variables of the caller change nothing', async () => {
    write('a');
    write('b');
    repository.git('add', 'a');
    const env = {
      ...repository.env,
      GIT_DIR: '/nonexistent',
      GIT_INDEX_FILE: '/nonexistent',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_WORK_TREE: '/',
    };
    expect(await listedIn({ path: repository.path, env })).toEqual(['blob a: a', 'blob b: b']);
  });
});

describe('repositories within', () => {
  test('submodules and other repositories are scanned by their own lists', async () => {
    const sub = repository.submodule('sub');
    sub.write('.gitignore', '*.tmp');
    sub.write('new', 'new');
    sub.write('x.tmp', 'x');
    repository.git('init', '-q', 'in/nested');
    write('in/nested/file');
    const deeper = 'in/nested/deeper';
    repository.git('init', '-q', deeper);
    write(`${deeper}/file`);
    const lines = await listed();
    expect(lines).toContain('skipped sub/x.tmp: ignored by git; --include-ignored scans it');
    expect(lines).toEqual(
      expect.arrayContaining(['blob sub/new: new', 'blob in/nested/file: in/nested/file']),
    );
    expect(lines).toContain(`blob ${deeper}/file: ${deeper}/file`);
    expect(await listed({ paths: ['sub'] })).toContain('blob sub/new: new');
    expect(await listed({ includeIgnored: true })).toContain('blob sub/x.tmp: x');
  });

  test('a submodule that is not checked out is said; what lies in its folder is scanned', async () => {
    repository.submodule('sub');
    repository.submodule('other');
    repository.submodule('gone');
    repository.git('submodule', '-q', 'deinit', '--all', '--force');
    rmSync(inside('gone'), { recursive: true });
    write('other/stray');
    expect((await listed()).filter((line) => !line.includes('.gitmodules'))).toEqual([
      'skipped gone/: submodule, not checked out',
      'skipped sub/: submodule, not checked out',
      'blob other/stray: other/stray',
    ]);
    expect(await listed({ paths: ['sub'] })).toEqual([
      'skipped sub: submodule, not checked out',
      expect.stringMatching(/^problem sub: there is no file to scan here/),
    ]);
  });

  test.each(['a file that leads nowhere', 'a folder without objects'])(
    'of a submodule whose repository is %s, everything',
    async (broken) => {
      repository.submodule('sub');
      rmSync(inside('sub/.git'));
      if (broken.startsWith('a file')) write('sub/.git', 'gitdir: /nonexistent\n');
      else write('sub/.git/HEAD', 'ref: refs/heads/main\n');
      write('sub/.gitignore', '*');
      write('sub/secret');
      expect(await listed()).toContain('blob sub/secret: sub/secret');
      if (!broken.startsWith('a file'))
        expect(await listed({ paths: ['sub'] })).toContain('blob sub/secret: sub/secret');
    },
  );
});

describe('what was named', () => {
  test('a file is scanned though git ignores it, or it is in .git; twice is once', async () => {
    write('.gitignore', '.env\n');
    write('.env');
    write('a');
    expect(await listed({ paths: ['.env', '.', './.env', 'a'] })).toEqual([
      'blob .env: .env',
      'blob .gitignore: .env\n',
      'blob a: a',
    ]);
    expect(await listed({ paths: ['.git/HEAD'] })).toEqual(['blob .git/HEAD: ref: refs/heads/main\n']);
  });

  test('.git itself: all of it but the objects', async () => {
    write('a');
    repository.commit();
    const lines = await listed({ paths: ['.git'] });
    expect(lines[0]).toBe('skipped .git/objects: compressed git objects; keyscan history reads them');
    expect(lines).toContain('blob .git/HEAD: ref: refs/heads/main\n');
    expect(lines.filter((line) => line.startsWith('blob .git/objects'))).toEqual([]);
    expect(await listed({}, '.git')).toContain('blob HEAD: ref: refs/heads/main\n');
  });

  test('is literal, never a pattern', async () => {
    for (const name of ['[id].tsx', '{a,b}', '*', '!x', '-q', '~', '$HOME', 'i', 'a']) write(name);
    expect(await listed({ paths: ['[id].tsx', '{a,b}', '*', '!x', '-q', '~', '$HOME'] })).toHaveLength(7);
    expect(await listed({ paths: ['?'] })).toEqual([
      expect.stringMatching(/^problem \?: there is no such file/),
    ]);
  });

  test('a link is followed', async () => {
    write('file');
    write('folder/inner');
    symlinkSync('file', inside('to-file'));
    symlinkSync('folder', inside('to-folder'));
    symlinkSync('nowhere', inside('to-nothing'));
    symlinkSync('round', inside('round'));
    expect(await listed({ paths: ['to-file', 'to-folder', 'to-nothing', 'round'] })).toEqual([
      'blob to-file: file',
      'blob to-folder/inner: folder/inner',
      'problem to-nothing: is a link that leads nowhere',
      'problem round: cannot be read (ELOOP)',
    ]);
  });

  test('a link to a folder leads into a repository, out of one, into .git', async () => {
    write('.gitignore', 'no');
    write('folder/no');
    write('folder/yes');
    const plain = join(repository.root, 'plain');
    mkdirSync(plain);
    writeFileSync(join(plain, 'no'), 'no');
    symlinkSync(plain, inside('out'));
    symlinkSync('.git/info', inside('info'));
    symlinkSync(inside('folder'), join(plain, 'in'));
    expect(await listed({ paths: ['out'] })).toEqual([`blob out/in: ${inside('folder')}`, 'blob out/no: no']);
    repository.write('.git/info/no', 'no');
    expect(await listed({ paths: ['info'] })).toEqual(['blob info/no: no']);
    expect(await listedIn({ path: plain, env: repository.env }, { paths: ['in'] })).toEqual([
      'skipped in/no: ignored by git; --include-ignored scans it',
      'blob in/yes: folder/yes',
    ]);
  });

  test('what is not there is a problem, and the rest is scanned', async () => {
    write('a');
    expect(await listed({ paths: ['b', 'a', 'a/b', 'x'.repeat(300)] })).toEqual([
      expect.stringMatching(/^problem b: there is no such file or folder/),
      'blob a: a',
      expect.stringMatching(/^problem a\/b: there is no such file or folder/),
      `problem ${'x'.repeat(300)}: cannot be read (ENAMETOOLONG)`,
    ]);
  });

  test('an empty path, or one with a NUL, is nothing to start from', async () => {
    await expect(listed({ paths: [''] })).rejects.toThrow(UsageError);
    await expect(listed({ paths: ['a\0b'] })).rejects.toThrow(UsageError);
  });

  test('a folder of another repository has the list of that one', async () => {
    const other = scratchRepository();
    try {
      other.write('.gitignore', 'no');
      other.write('no', 'no');
      other.write('yes', 'yes');
      expect(await listed({ paths: [other.path] })).toEqual([
        `skipped ${other.path}/no: ignored by git; --include-ignored scans it`,
        `blob ${other.path}/.gitignore: no`,
        `blob ${other.path}/yes: yes`,
      ]);
    } finally {
      other.remove();
    }
  });
});

describe('nothing to scan where something should be', () => {
  const nothing = expect.stringMatching(/^problem [^:]+: there is no file to scan here/);

  test('an empty repository, an empty folder, one that is ignored', async () => {
    expect(await listed()).toEqual([nothing]);
    mkdirSync(inside('empty'));
    write('.gitignore', 'dist/\n');
    write('dist/a');
    expect(await listed({ paths: ['empty'] })).toEqual([nothing]);
    expect(await listed({ paths: ['dist'] })).toEqual([
      'skipped dist: ignored by git; --include-ignored scans it',
      nothing,
    ]);
    expect(await listed({ paths: ['dist'], includeIgnored: true })).toEqual(['blob dist/a: dist/a']);
  });

  test('a folder below one that is ignored', async () => {
    write('.gitignore', 'dist/\n');
    write('dist/b/c/d');
    for (const path of ['dist/b', 'dist/b/c']) {
      const skipped = `skipped ${path}: ignored by git; --include-ignored scans it`;
      expect(await listed({ paths: [path] })).toEqual([skipped, nothing]);
      expect(await listed({}, path)).toEqual([skipped.replace(path, '.'), nothing]);
      expect(await listed({ paths: [path, '.gitignore'] })).toContain('blob .gitignore: dist/\n');
    }
    repository.git('add', '-f', 'dist/b/c/d');
    expect(await listed({ paths: ['dist/b'] })).toContain('blob dist/b/c/d: dist/b/c/d');
  });

  test('all of it is deleted, or outside the sparse checkout', async () => {
    write('a');
    repository.commit();
    unlinkSync(inside('a'));
    expect(await listed()).toEqual(['skipped a: tracked, but deleted in the work tree', nothing]);
    repository.git('update-index', '--skip-worktree', 'a');
    expect(await listed()).toEqual(['skipped .: tracked files outside the sparse checkout: 1', nothing]);
  });
});

test('a repository of which git has no list is an error', async () => {
  write('a');
  writeFileSync(inside('.git/index'), 'DIRCxxxx');
  await expect(listed()).rejects.toThrow(GitError);
});

test.each([
  ['gives half of the list and dies', 'head -c 40; kill -KILL $$'],
  ['gives nothing and fails', 'exit 1'],
  ['ends in the middle of an entry', 'head -c 40'],
  ['begins with something else', 'echo garbage; cat'],
  ['gives something else', 'tr ? X'],
])('a git that %s is an error', async (_, script) => {
  for (const name of ['tracked-1', 'tracked-2', 'untracked-1', 'untracked-2']) write(name);
  repository.git('add', 'tracked-1', 'tracked-2');
  await expect(listedIn({ path: repository.path, env: gitThat('cat') })).resolves.toHaveLength(4);
  await expect(listedIn({ path: repository.path, env: gitThat(script) })).rejects.toThrow(GitError);
});

/** An environment with a git that pipes its answer through a script. */
function gitThat(script: string): NodeJS.ProcessEnv {
  const bin = join(repository.root, 'bin');
  mkdirSync(bin, { recursive: true });
  const answer = `PATH='${process.env.PATH}' git "$@" > "${bin}/$$" || exit`;
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${answer}\ncat "${bin}/$$" | { ${script}\n}\n`);
  chmodSync(join(bin, 'git'), 0o755);
  return { ...repository.env, PATH: `${bin}:${process.env.PATH}` };
}

test('several at a time give the same', async () => {
  for (let i = 0; i < 100; i++) write(`${i}`);
  symlinkSync('nowhere', inside('link'));
  const one = await listed();
  expect(one).toHaveLength(101);
  for (const jobs of [2, 7, 1000]) expect(await listed({ jobs })).toEqual(one);
});

test('outside of a repository git is not needed', async () => {
  const folder = mkdtempSync(join(repository.root, 'plain-'));
  writeFileSync(join(folder, 'a'), 'x');
  expect(await listedIn({ path: folder, env: { PATH: '' } })).toEqual(['blob a: x']);
});
