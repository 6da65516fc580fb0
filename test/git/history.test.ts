// What is read of git's listings, trees and signatures: whole in whatever pieces it comes, and nothing else is taken for it.

import fc from 'fast-check';
import { GitError } from '../../src/errors.ts';
import { parseHeader } from '../../src/git/header.ts';
import { type Introduction, parseIntroductions } from '../../src/git/introductions.ts';
import { type ListedObject, listObjects, type Range } from '../../src/git/object-list.ts';
import { gitIn } from '../../src/git/process.ts';
import { parseTree } from '../../src/git/tree.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const ZERO = '0'.repeat(40);

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
    `${B}\0`,
    `:000000 120000 ${ZERO} ${A} A\0:x\0`,
  ].join('');
  const READ: Introduction[] = [
    { commit: A, oid: B, path: 'a b\nc', isNew: true },
    { commit: A, oid: B, path: A, isNew: false },
    { commit: B, oid: A, path: ':x', isNew: true },
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
  ])('%s is refused', async (_, text) => {
    await expect(all(parseIntroductions(inPieces(text, 50)))).rejects.toThrow(GitError);
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
  ])('%j', (signature, author, date) => {
    expect(read(signature)).toEqual({ author, date, parents: 2 });
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
});
