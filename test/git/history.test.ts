// What is read of git's listings, trees and signatures: whole in whatever pieces it comes, and nothing else is taken for it.

import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { GitError } from '../../src/errors.ts';
import { parseHeader } from '../../src/git/header.ts';
import { type Introduction, parseIntroductions } from '../../src/git/introductions.ts';
import { type ListedObject, listObjects, MOST_ARGUMENTS, type Range } from '../../src/git/object-list.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { parseTree } from '../../src/git/tree.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const ZERO = '0'.repeat(40);
const HALF = `${'0'.repeat(19)}ab${'0'.repeat(19)}`;
const LONG = 'c'.repeat(64);

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('introductions', () => {
  const TEXT = [
    `${A}\0`,
    `:000000 100644 ${ZERO} ${B} A\0a b\nc\0`,
    // A path can look like anything.
    `:100644 100755 ${ZERO} ${B} M\0${A}\0`,
    `:100644 000000 ${B} ${ZERO} D\0gone\0`,
    // Another mode, and nothing else.
    `:100644 100755 ${A} ${A} M\0same\0`,
    `${B}\0`,
    `:000000 120000 ${ZERO} ${A} A\0:x\0`,
    // An id may begin and end with zeros.
    `:120000 100644 ${A} ${HALF} T\0y\0`,
    `${LONG}\0`,
    `:000000 100644 ${'0'.repeat(64)} ${LONG} A\0z\0`,
  ].join('');
  const READ: Introduction[] = [
    { commit: A, oid: B, path: 'a b\nc', isNew: true },
    { commit: A, oid: B, path: A, isNew: false },
    { commit: B, oid: A, path: ':x', isNew: true },
    { commit: B, oid: HALF, path: 'y', isNew: false },
    { commit: LONG, oid: LONG, path: 'z', isNew: true },
  ];

  test('the same from whatever pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: TEXT.length }), async (size) => {
        expect(await all(parseIntroductions(inPieces(TEXT, size)))).toEqual(READ);
      }),
    );
  });

  test.each([
    ['a change of no commit', TEXT.slice(41)],
    ['a change without a path', TEXT.slice(0, -3)],
    ['an end in the middle', TEXT.slice(0, -1)],
    ['a status nobody has asked for', TEXT.replace(' A\0', ' R100\0')],
    ['words', `${TEXT}x\0`],
    ['words without an end', `${TEXT}x`],
    ['an empty path', TEXT.replace('gone\0', '\0')],
    ['a word before a change', TEXT.replace(':100644', 'x:100644')],
    ['a word behind a change', TEXT.replace(' D\0', ' D x\0')],
    ['a short id', TEXT.replace(`${B} ${ZERO}`, `${B.slice(1)} ${ZERO}`)],
  ])('%s is refused', async (_, text) => {
    const read = all(parseIntroductions(inPieces(text, 50)));
    await expect(read).rejects.toThrow('git diff-tree is not what it should be');
  });
});

describe('trees', () => {
  const id = (length: number) => '\0\x01 \n'.repeat(length).slice(0, length);
  const read = (text: string, idLength = 20) => parseTree(Buffer.from(text, 'latin1'), idLength);

  test.each([20, 32])('with ids of %i bytes', (length) => {
    const text = `100644 a b\n\xff\0${id(length)}40000 dir\0${id(length)}160000 sub\0${id(length)}`;
    expect(read(text, length)).toEqual([
      { name: 'a b\n\xff', isSubmodule: false },
      { name: 'dir', isSubmodule: false },
      { name: 'sub', isSubmodule: true },
    ]);
  });

  test.each([
    ['', []],
    [`100644 a\0${id(19)}`, undefined],
    ['100644 a', undefined],
    [`100644\0${id(20)}`, undefined],
    [`rw a\0${id(20)}`, undefined],
    [`100644 a\0${id(20)}x`, undefined],
    [`100644 a\0${id(20)}100644`, undefined],
    [`1006 a\0${id(20)}`, undefined],
    [`1006444 a\0${id(20)}`, undefined],
  ])('%j', (text, entries) => {
    expect(read(text)).toEqual(entries);
  });
});

describe('signatures', () => {
  const read = (signature: string, body = 'text') =>
    parseHeader(Buffer.from(`tree ${A}\nparent ${A}\nparent ${B}\n${signature}\n\n${body}`, 'latin1'));

  test.each([
    ['author Ada L. <a@x> 1700000000 +0000', 'Ada L.', '2023-11-14T22:13:20Z'],
    ['author Ada <a@x> 1700000000 -0330', 'Ada', '2023-11-14T18:43:20-03:30'],
    ['tagger Zo\xc3\xab <> 0 +0530', 'Zo\xc3\xab', '1970-01-01T05:30:00+05:30'],
    ['author  <a@x> 1 +0000', undefined, '1970-01-01T00:00:01Z'],
    ['author A <a@x> 1 +9999', 'A', '1970-01-01T00:00:01Z'],
    ['author A <a@x> -1 +0000', 'A', '1969-12-31T23:59:59Z'],
    ['author A <a@x> 99999999999999 +0000', 'A', undefined],
    ['author A <a@x> soon', 'A', undefined],
    ['committer C <c@x> 1 +0000', undefined, undefined],
    ['author A <a@x> 1 +0000 more', 'A', undefined],
    ['author A <a@x> 1 0000', 'A', undefined],
    ['author A <a@x>', 'A', undefined],
    ['author parent <parent of a@x> 1 +0000', 'parent', '1970-01-01T00:00:01Z'],
    ['gpgsig author Eve <e@x> 1 +0000', undefined, undefined],
    // What is no time zone counts as none: hours to 23, minutes to 59.
    ['author A <a@x> 1 +2359', 'A', '1970-01-01T23:59:01+23:59'],
    ['author A <a@x> 1 +2400', 'A', '1970-01-01T00:00:01Z'],
    ['author A <a@x> 1 +0060', 'A', '1970-01-01T00:00:01Z'],
    // ISO 8601 has four digits for a year.
    ['author A <a@x> 253402300799 +0000', 'A', '9999-12-31T23:59:59Z'],
    ['author A <a@x> 253402300800 +0000', 'A', undefined],
    ['author A <a@x> -62167219200 +0000', 'A', '0000-01-01T00:00:00Z'],
    ['author A <a@x> -62167219201 +0000', 'A', undefined],
  ])('%j', (signature, author, date) => {
    expect(read(signature)).toEqual({ author, date, parents: 2 });
  });

  test('a first commit, also one without a message', () => {
    const signature = 'author A <a@x> 1 +0000\n';
    for (const text of [`tree ${A}\n${signature}`, `tree ${A}\n${signature}\ntext`])
      expect(parseHeader(Buffer.from(text))).toEqual({
        author: 'A',
        date: '1970-01-01T00:00:01Z',
        parents: 0,
      });
    expect(parseHeader(Buffer.from(''))).toEqual({ author: undefined, date: undefined, parents: 0 });
  });

  test('what a message says is not believed', () => {
    expect(read('x', `\nauthor Eve <e@x> 1 +0000\nparent ${A}\n`)).toEqual({
      author: undefined,
      date: undefined,
      parents: 2,
    });
  });
});

describe('listings', () => {
  let repository: ScratchRepository;
  beforeAll(() => {
    repository = scratchRepository();
    repository.write('a b/c', 'x\n');
    repository.commit();
  });
  afterAll(() => repository.remove());

  const list = async (range: Range): Promise<ListedObject[]> =>
    (await all(listObjects(gitIn(repository.path, repository.env), range))).flat();

  test('every object once, with a path where there is one', async () => {
    const oid = (name: string) => repository.git('rev-parse', name);
    expect(await list({ from: [oid('HEAD')], without: [] })).toEqual([
      { oid: oid('HEAD'), path: '', isMissing: false },
      { oid: oid('HEAD^{tree}'), path: '', isMissing: false },
      { oid: oid('HEAD:a b'), path: 'a b', isMissing: false },
      { oid: oid('HEAD:a b/c'), path: 'a b/c', isMissing: false },
    ]);
    expect(await list({ from: [oid('HEAD')], without: [oid('HEAD')] })).toEqual([]);
    expect(await list({ from: [oid('HEAD')], without: [], also: ['--not', '--all'] })).toEqual([]);
    expect(await list({ from: [], without: [], also: ['--all'] })).toHaveLength(4);
  });

  test.each(['--all', 'HEAD', '', `${A}\n--all`, A.slice(1)])('%j is no object id', async (name) => {
    await expect(list({ from: [name], without: [] })).rejects.toThrow('not an object id');
    await expect(list({ from: [A], without: [name] })).rejects.toThrow('not an object id');
  });

  test('something refers to it, and it is not there', async () => {
    const oid = repository.git('rev-parse', 'HEAD:a b/c');
    const path = join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
    const away = join(repository.root, 'away');
    renameSync(path, away);
    expect(await list({ from: [repository.git('rev-parse', 'HEAD')], without: [] })).toContainEqual({
      oid,
      path: '',
      isMissing: true,
    });
    renameSync(away, path);
  });

  /** A git that does this, whatever it is asked. */
  const doing = (script: string): Git => {
    const path = join(repository.root, 'doing-git');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { path, cwd: repository.path, env: repository.env };
  };
  const listBy = async (git: Git, range: Range = { from: [A], without: [] }): Promise<ListedObject[]> =>
    (await all(listObjects(git, range))).flat();

  test('for nothing no git is started', async () => {
    expect(await listBy(doing('exit 1'), { from: [], without: [A] })).toEqual([]);
  });

  test('more than a command line holds is written to it, and nothing is left out or said twice', async () => {
    const ids = Array.from({ length: MOST_ARGUMENTS + 2 }, (_, n) => n.toString(16).padStart(40, '0'));
    const said = join(repository.root, 'said');
    const git = doing(
      `for each; do echo "$each"; done >'${said}'; echo -- >>'${said}'; cat >>'${said}'; echo ${A}`,
    );
    expect(await listBy(git, { from: ids, without: [B], also: ['--all'] })).toEqual([
      { oid: A, path: '', isMissing: false },
    ]);
    const [words = '', input] = readFileSync(said, 'latin1').split('--\n');
    expect(words.split('\n').slice(words.split('\n').indexOf('--objects'))).toEqual([
      ...['--objects', '--missing=print', ...ids.slice(0, MOST_ARGUMENTS), '--stdin', '--all', ''],
    ]);
    expect(input?.split('\n')).toEqual([...ids.slice(MOST_ARGUMENTS), `^${B}`, '']);
  });

  test.each([
    ['words', 'echo hello', 'not what it should be'],
    ['a short id', `echo ${A.slice(1)} x`, 'not what it should be'],
    ['an end in the middle', `printf '${A} x'`, 'not what it should be'],
    ['a path that does not end', `head -c 3000000 /dev/zero | tr '\\0' x`, 'not what it should be'],
    ['a failure', `echo ${A}; echo 'fatal: because' >&2; exit 1`, 'ended with 1: because'],
    [
      'nothing, when it counts some',
      'case "$*" in *--count*) echo 3 ;; esac',
      'lists nothing, although there is something',
    ],
    ['nothing, and no count', 'exit 0', 'lists nothing, although there is something'],
  ])('%s: an error that says so', async (_, script, message) => {
    await expect(listBy(doing(script))).rejects.toThrow(message);
    await expect(listBy(doing(script))).rejects.toThrow(GitError);
  });

  test('nothing, when git counts none', async () => {
    expect(await listBy(doing('case "$*" in *--count*) echo 0 ;; esac'))).toEqual([]);
  });

  test('whoever stops reading leaves no git behind', async () => {
    const pid = join(repository.root, 'pid');
    const git = doing(`echo $$ >'${pid}'; echo ${A}; exec sleep 1000`);
    for await (const _ of listObjects(git, { from: [A], without: [] })) break;
    const isRunning = (): boolean => {
      try {
        return process.kill(Number(readFileSync(pid, 'latin1')), 0);
      } catch {
        return false;
      }
    };
    while (isRunning()) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
