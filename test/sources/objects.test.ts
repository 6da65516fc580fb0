// A range of history as a source: every object of it is read, by whatever way a key got in, and finds have their story.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode } from '../../src/errors.ts';
import type { Range } from '../../src/git/object-list.ts';
import { gitIn } from '../../src/git/process.ts';
import type { Occurrence, Report } from '../../src/model.ts';
import { exitCodeOf, scan } from '../../src/scan.ts';
import { openRange, type RangeOptions } from '../../src/sources/objects.ts';
import { freshKey } from '../support/keys.ts';
import {
  appendToGitDir,
  type ScratchOptions,
  type ScratchRepository,
  type WorkTree,
  withScratch,
} from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

interface Look extends Partial<RangeOptions> {
  readonly from?: readonly string[];
  readonly without?: readonly string[];
}

async function look(
  tree: WorkTree,
  { from = ['HEAD'], without = [], ...options }: Look = {},
): Promise<Report> {
  const oid = (name: string) => tree.git('rev-parse', name);
  const range: Range = { from: from.map(oid), without: without.map(oid) };
  const git = gitIn(tree.path, tree.env);
  const { source, close } = openRange(git, {
    mode: 'push',
    shown: null,
    allowShallow: false,
    range,
    ...options,
  });
  return scan({ source, detector, finish: close });
}

const code = (report: Report): ExitCode => exitCodeOf(report, { failOn: 'likely', exitZero: false });

/** The places of the only credential there is. */
function places(report: Report): readonly Occurrence[] {
  expect(report.coverage.problems).toEqual([]);
  expect(report.findings).toHaveLength(1);
  return report.findings[0]?.occurrences ?? [];
}

const brief = ({ path, line, origin: { kind, commit } }: Occurrence) => ({ path, line, kind, commit });

/** Commits everything and gives the id. */
function commit(tree: WorkTree, message?: string): string {
  tree.commit(message);
  return tree.git('rev-parse', 'HEAD');
}

const inRepository = (use: (repository: ScratchRepository) => Promise<void>, options?: ScratchOptions) =>
  withScratch(async (repository) => {
    repository.write('first', 'clean\n');
    commit(repository, 'first');
    await use(repository);
  }, options);

describe.each(['sha1', 'sha256'] as const)('%s', (objectFormat) => {
  test('a key that came and went: where, since which commit, by whom and when', () =>
    inRepository(
      async (repository) => {
        repository.write('a/key.txt', `x\nkey = ${freshKey()}\n`);
        repository.git('add', '--all');
        const about = ['--author=Zoë <z@example.com>', '--date=2024-05-06T07:08:09+0230'];
        repository.git('commit', '-q', '-m', 'key', ...about);
        const guilty = repository.git('rev-parse', 'HEAD');
        repository.git('rm', '-q', 'a/key.txt');
        commit(repository, 'gone');
        const report = await look(repository);
        expect(places(report)).toMatchObject([
          {
            path: 'a/key.txt',
            line: 2,
            origin: { kind: 'commit', commit: guilty, author: 'Zoë', date: '2024-05-06T07:08:09+02:30' },
          },
        ]);
        expect(code(report)).toBe(ExitCode.findings);
        // Three commits, two tops of trees and a folder, two files.
        expect(report.coverage).toMatchObject({ complete: true, objects: 8, skipped: [] });
      },
      { objectFormat },
    ));
});

test('what another commit has already is left out', () =>
  inRepository(async (repository) => {
    repository.write('key', freshKey());
    commit(repository);
    repository.write('more', 'clean\n');
    commit(repository);
    expect((await look(repository, { without: ['HEAD^'] })).findings).toEqual([]);
    expect((await look(repository)).findings).toHaveLength(1);
  }));

test('a clean range is clean', () =>
  inRepository(async (repository) => {
    const report = await look(repository);
    expect(code(report)).toBe(ExitCode.clean);
    expect(report.coverage).toMatchObject({ complete: true, objects: 3 });
  }));

test('nothing asked for, nothing started: no reader, no findings', () =>
  inRepository(async (repository) => {
    const report = await look(repository, { from: [] });
    expect(report.coverage).toMatchObject({ complete: true, objects: 0 });
  }));

describe('the same content', () => {
  test('at several paths and in several commits is one credential with all its places', () =>
    inRepository(async (repository) => {
      const text = `key = ${freshKey()}\n`;
      repository.write('a/one', text);
      repository.write('b\nb/tab\there', text);
      const first = commit(repository);
      repository.write('later', text);
      const second = commit(repository);
      expect(places(await look(repository)).map(brief)).toEqual([
        { path: 'a/one', line: 1, kind: 'commit', commit: first },
        { path: 'b\nb/tab\there', line: 1, kind: 'commit', commit: first },
        { path: 'later', line: 1, kind: 'commit', commit: second },
      ]);
    }));

  test('of more finds than fit into a command line is attributed all the same', () =>
    inRepository(async (repository) => {
      const key = freshKey();
      for (let n = 0; n < 410; n += 1) repository.write(`many/${n}`, `${n}\n${key}\n`);
      const guilty = commit(repository);
      const found = places(await look(repository));
      expect(found).toHaveLength(410);
      expect(new Set(found.map(({ origin }) => origin.commit))).toEqual(new Set([guilty]));
    }));
});

describe('a merge', () => {
  const merged = (repository: ScratchRepository): void => {
    repository.git('switch', '-q', '-c', 'side');
    repository.write('side', 'clean too\n');
    commit(repository, 'side');
    repository.git('switch', '-q', 'main');
    repository.write('main', 'clean three\n');
    commit(repository, 'main');
    repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  };

  test('that makes a key neither side has is what is named', () =>
    inRepository(async (repository) => {
      merged(repository);
      repository.write('evil', freshKey());
      const evil = commit(repository, 'merge');
      expect(places(await look(repository)).map(brief)).toMatchObject([{ path: 'evil', commit: evil }]);
    }));

  test('is not named for what a side brings', () =>
    inRepository(async (repository) => {
      repository.git('switch', '-q', '-c', 'side');
      repository.write('key', freshKey());
      const guilty = commit(repository, 'side');
      repository.git('switch', '-q', 'main');
      repository.write('main', 'clean\n');
      commit(repository, 'main');
      repository.git('merge', '-q', '--no-edit', 'side');
      expect(places(await look(repository)).map(brief)).toMatchObject([{ path: 'key', commit: guilty }]);
    }));
});

describe('not in a file', () => {
  test('a message, and the line in the raw commit', () =>
    inRepository(async (repository) => {
      const guilty = commit(repository, `subject\n\nsee ${freshKey()}`);
      expect(places(await look(repository))).toMatchObject([
        {
          path: `commit/${guilty}`,
          line: 8,
          origin: { kind: 'message', commit: guilty, author: 'Test Person', date: expect.any(String) },
        },
      ]);
    }));

  test('the name of an author is masked where it says who it was', () =>
    inRepository(async (repository) => {
      const key = freshKey();
      repository.git('commit', '-q', '--allow-empty', '-m', 'x', `--author=${key} <a@example.com>`);
      const report = await look(repository);
      const [place] = places(report);
      expect(place?.origin).toMatchObject({ kind: 'message', author: expect.stringMatching(/^sk-proj-…/u) });
      expect(JSON.stringify(report)).not.toContain(key.slice(8, 30));
    }));

  test('a file name: the path and its first commit, also when the content is known', () =>
    inRepository(async (repository) => {
      const key = freshKey();
      repository.write(`x/${key}.txt`, 'clean\n');
      const guilty = commit(repository);
      repository.write(`x/${key}.txt`, 'changed\n');
      commit(repository);
      const [first, ...more] = places(await look(repository, { without: ['HEAD^^'] })).map(brief);
      expect(first).toMatchObject({
        path: expect.stringMatching(/^x\/sk-proj-…\S{4}\.txt$/u),
        commit: guilty,
      });
      expect(more).toEqual([]);
    }));

  test('the name of a folder, of a submodule, of a symbolic link and its target', () =>
    inRepository(async (repository) => {
      const keys = [freshKey(), freshKey(), freshKey(), freshKey()] as const;
      repository.write(`${keys[0]}/x`, 'clean\n');
      repository.git('add', '--all');
      const head = repository.git('rev-parse', 'HEAD');
      repository.git('update-index', '--add', '--cacheinfo', `160000,${head},${keys[1]}`);
      const target = repository.bytes(['hash-object', '-w', '--stdin'], keys[3]).toString().trim();
      repository.git('update-index', '--add', '--cacheinfo', `120000,${target},${keys[2]}`);
      repository.git('commit', '-q', '-m', 'odd names');
      const report = await look(repository);
      expect(report.findings).toHaveLength(4);
      expect(report.coverage.skipped).toEqual([
        { path: expect.stringContaining('…'), reason: 'submodule, not scanned' },
      ]);
    }));

  test('the message of a tag, a tagged blob, a tagged tree, the name of a reference', () =>
    inRepository(async (repository) => {
      const [inTag, inBlob, inTree, inName] = [freshKey(), freshKey(), freshKey(), freshKey()];
      repository.git('tag', '-a', '-m', `note ${inTag}`, 'noted');
      const blob = repository.bytes(['hash-object', '-w', '--stdin'], inBlob).toString().trim();
      const other = repository.bytes(['hash-object', '-w', '--stdin'], inTree).toString().trim();
      const tree = repository.bytes(['mktree'], `100644 blob ${other}\tdeep\n`).toString().trim();
      const refs = [
        { oid: repository.git('rev-parse', 'noted'), name: 'refs/tags/noted' },
        { oid: blob, name: 'refs/tags/blob' },
        { oid: tree, name: 'refs/tags/tree' },
        { oid: repository.git('rev-parse', 'HEAD'), name: `refs/heads/${inName}` },
      ];
      const report = await look(repository, { from: refs.map(({ oid }) => oid), refs });
      expect(
        report.findings.map(({ occurrences: [place] }) => place && [place.path, place.origin.kind]),
      ).toEqual([
        ['deep', 'commit'],
        [expect.stringMatching(/^refs\/heads\/sk-proj-…\S{4}$/u), 'name'],
        ['refs/tags/blob', 'commit'],
        ['refs/tags/noted', 'tag'],
      ]);
    }));
});

test('replaced objects and grafts are seen through', () =>
  inRepository(async (repository) => {
    repository.write('key', freshKey());
    const guilty = commit(repository);
    repository.git('replace', guilty, 'HEAD^');
    repository.write('more', 'clean\n');
    const last = commit(repository);
    appendToGitDir(repository, 'info/grafts', `${last}\n`);
    expect(repository.git('log', '--format=%H', last)).toBe(last);
    expect(places(await look(repository, { from: [last] })).map(brief)).toMatchObject([{ commit: guilty }]);
  }));

describe('what is not there', () => {
  const fileOf = (repository: ScratchRepository, oid: string): string =>
    join(repository.path, '.git', 'objects', oid.slice(0, 2), oid.slice(2));

  test.each([
    ['blob', 'HEAD:other/file'],
    ['folder', 'HEAD:other'],
    ['top of a tree', 'HEAD^{tree}'],
    ['commit', 'HEAD^'],
  ])('a missing %s is exit code 2', (_, name) =>
    inRepository(async (repository) => {
      repository.write('key', freshKey());
      commit(repository);
      repository.write('other/file', 'clean\n');
      commit(repository);
      rmSync(fileOf(repository, repository.git('rev-parse', name)));
      const report = await look(repository);
      expect(code(report)).toBe(ExitCode.incomplete);
      expect(report.coverage.problems).not.toEqual([]);
    }),
  );

  test('the rest is scanned and every missing object listed', () =>
    inRepository(async (repository) => {
      repository.write('key', freshKey());
      repository.write('lost', 'this goes\n');
      const guilty = commit(repository);
      const lost = repository.git('rev-parse', 'HEAD:lost');
      rmSync(fileOf(repository, lost));
      const report = await look(repository);
      expect(report.coverage.problems).toEqual([
        { path: `object/${lost}`, reason: `git object ${lost} is missing` },
      ]);
      expect(report.findings[0]?.occurrences.map(brief)).toMatchObject([{ path: 'key', commit: guilty }]);
    }));

  test('a shallow clone is exit code 2 with the cure, unless that is enough', () =>
    inRepository(async (repository) => {
      repository.write('key', freshKey());
      commit(repository);
      const clone = cloneOf(repository, '--depth=1');
      const report = await look(clone);
      expect(code(report)).toBe(ExitCode.incomplete);
      expect(report.coverage.problems[0]?.reason).toMatch(/git fetch --unshallow .*fetch-depth: 0/);
      expect(report.findings).toHaveLength(1);
      expect(code(await look(clone, { allowShallow: true }))).toBe(ExitCode.findings);
    }));

  test('a partial clone is exit code 2 with the cure, and nothing is fetched', () =>
    inRepository(async (repository) => {
      repository.git('config', 'uploadpack.allowFilter', 'true');
      const clone = cloneOf(repository, '--filter=blob:none', '--no-checkout');
      const missing = () =>
        clone.git('rev-list', '--objects', '--missing=print', 'HEAD').match(/^\?/gm)?.length;
      expect(missing()).toBe(1);
      const report = await look(clone);
      expect(code(report)).toBe(ExitCode.incomplete);
      expect(report.coverage.problems[0]?.reason).toMatch(/partial clone.*git fetch --refetch/);
      expect(missing()).toBe(1);
    }));
});

test('the content of an LFS pointer is scanned where it is, else listed', () =>
  inRepository(async (repository) => {
    const content = `key = ${freshKey()}\n`;
    const id = createHash('sha256').update(content).digest('hex');
    repository.write(
      'big.bin',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize ${content.length}\n`,
    );
    const guilty = commit(repository);
    const away = await look(repository);
    expect(away.coverage.skipped).toEqual([{ path: 'big.bin', reason: expect.stringContaining('LFS') }]);
    appendToGitDir(repository, `lfs/objects/${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`, content);
    expect(places(await look(repository)).map(brief)).toMatchObject([{ path: 'big.bin', commit: guilty }]);
  }));

/** A clone beside it, over the transport that heeds depth and filter. */
function cloneOf(repository: ScratchRepository, ...options: string[]): WorkTree {
  const path = join(repository.root, 'clone');
  repository.git('clone', '-q', ...options, `file://${repository.path}`, path);
  const git = (...args: string[]) => repository.git('-C', path, ...args);
  return { ...repository, path, git };
}
