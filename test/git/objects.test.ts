// The object reader: every object to the byte whatever pieces they arrive in, and never silence when one does not.

import { createHash, randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import { GitError } from '../../src/errors.ts';
import {
  type ObjectReader,
  objectReader,
  openObjects,
  readObject,
  readWhole,
} from '../../src/git/objects.ts';
import { type GitProcess, gitIn } from '../../src/git/process.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

/** A `cat-file --batch` that says what it is told to say, in pieces of these sizes, over and over. */
function saying(output: Uint8Array, sizes: readonly number[] = [1 << 16], end?: Error): GitProcess {
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < output.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    pieces.push(Buffer.from(output.subarray(at, at + size)));
    at += size;
  }
  const ended = end ? Promise.reject(end) : Promise.resolve();
  ended.catch(() => undefined);
  return {
    stdin: new Writable({ write: (_chunk, _encoding, done) => done() }),
    stdout: Readable.from(pieces, { objectMode: false }),
    ended,
    kill: () => undefined,
  };
}

async function readAll(objects: ObjectReader, names: readonly string[]): Promise<(Buffer | undefined)[]> {
  const contents: (Buffer | undefined)[] = [];
  for await (const [, object] of objects.read(names))
    contents.push(object && Buffer.from(await readWhole(object.content)));
  await objects.close();
  return contents;
}

const id = (n: number): string => n.toString(16).padStart(40, '0');
const answer = (n: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${id(n)} blob ${content.length}\n`), content, Buffer.from('\n')]);
const NAMES = [id(1), id(2), id(3)];
const CONTENTS = [Buffer.from('one\n'), Buffer.alloc(0), Buffer.from([0, 10, 255, 10])];
const OUTPUT = Buffer.concat(CONTENTS.map((content, n) => answer(n + 1, content)));

describe('from whatever pieces', () => {
  test('the same objects', async () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 });
    const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(contents, sizes, async (all, cuts) => {
        const output = Buffer.concat(all.map((content, n) => answer(n, content)));
        const read = await readAll(
          objectReader(saying(output, cuts)),
          all.map((_, n) => id(n)),
        );
        expect(read).toEqual(all.map((content) => Buffer.from(content)));
      }),
    );
  });

  test('also with ids of SHA-256', async () => {
    const name = 'c'.repeat(64);
    const output = Buffer.from(`${name} blob 3\none\n${id(1)} missing\n`);
    expect(await readAll(objectReader(saying(output)), [name, id(1)])).toEqual([
      Buffer.from('one'),
      undefined,
    ]);
  });

  test('an output that ends early is an error, wherever it ends', async () => {
    for (let length = 0; length < OUTPUT.length; length += 1) {
      const reader = objectReader(saying(OUTPUT.subarray(0, length), [7]));
      await expect(readAll(reader, NAMES)).rejects.toThrow(GitError);
    }
  });

  test('a changed byte is an error, or changes no more than the content it stands in', async () => {
    const anyByte = fc.integer({ min: 0, max: 255 });
    await fc.assert(
      fc.asyncProperty(fc.nat(OUTPUT.length - 1), anyByte, async (at, byte) => {
        const output = Buffer.from(OUTPUT);
        output[at] = byte;
        try {
          const read = await readAll(objectReader(saying(output)), NAMES);
          expect(read.map((content) => content?.length)).toEqual(CONTENTS.map(({ length }) => length));
        } catch (error) {
          expect(error).toBeInstanceOf(GitError);
        }
      }),
    );
  });
});

describe('an answer that is not to be trusted', () => {
  const [first, second, third] = CONTENTS.map((content, n) => answer(n + 1, content)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  it.each([
    ['nothing at all', Buffer.alloc(0)],
    ['garbage', Buffer.from('\0\x1b[31mhello\n')],
    ['a line longer than any answer', Buffer.from(`${'x'.repeat(200)}\n`)],
    ['garbage without an end', Buffer.alloc(10_000, 'x')],
    ['an object dropped', Buffer.concat([first, third])],
    ['an object twice', Buffer.concat([first, first, second, third])],
    ['the last object twice', Buffer.concat([first, second, third, third])],
    ['objects in another order', Buffer.concat([second, first, third])],
    ['an unknown type', Buffer.from(OUTPUT.toString('latin1').replace('blob', 'blub'), 'latin1')],
    ['a negative size', Buffer.from(OUTPUT.toString('latin1').replace('blob 4', 'blob -4'), 'latin1')],
    ['a smaller size', Buffer.from(OUTPUT.toString('latin1').replace('blob 4', 'blob 3'), 'latin1')],
    [
      'an endless size',
      Buffer.from(OUTPUT.toString('latin1').replace('blob 4', 'blob 999999999999'), 'latin1'),
    ],
    ['a word before an id', Buffer.from(`x${OUTPUT.toString('latin1')}`, 'latin1')],
    ['a word behind a size', Buffer.from(OUTPUT.toString('latin1').replace('blob 4', 'blob 4 x'), 'latin1')],
    ['an abbreviated id', Buffer.from(OUTPUT.toString('latin1').replace(id(1), '0000001'), 'latin1')],
    ['an ambiguous name', Buffer.from(`${id(1)} ambiguous\n`)],
    ['another name missing', Buffer.from(`${id(9)} missing\n`)],
    ['a word after the last answer', Buffer.concat([OUTPUT, Buffer.from('x')])],
  ])('%s', async (_, output) => {
    await expect(readAll(objectReader(saying(output)), NAMES)).rejects.toThrow(GitError);
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), 'ended or broke off early'],
    ['half an answer', first.subarray(0, 30), 'ended or broke off early'],
    ['half an object', first.subarray(0, -3), 'broke off in the middle of an object'],
    ['words', Buffer.from('hello\n'), 'gave an unexpected answer'],
    ['another object', second, 'gave an unexpected answer'],
    [
      'a longer object',
      Buffer.from(first.toString().replace('\n\n', '\nx\n')),
      'gave an object of another size than it said',
    ],
    ['more', Buffer.concat([OUTPUT, first]), 'said more than it was asked'],
  ])('of %s is said what is wrong with it', async (_, output, message) => {
    await expect(readAll(objectReader(saying(output)), NAMES)).rejects.toThrow(`git cat-file ${message}`);
  });

  test('all is there, but git ended badly', async () => {
    const reader = objectReader(saying(OUTPUT, [9], new GitError('git cat-file ended with SIGKILL')));
    await expect(readAll(reader, NAMES)).rejects.toThrow(/SIGKILL/);
  });

  test("git's own words are passed on", async () => {
    const died = new GitError('git cat-file ended with 128: loose object is corrupt', 'fatal: …');
    await expect(readAll(objectReader(saying(first, [9], died)), NAMES)).rejects.toBe(died);
  });

  test('once broken, always broken', async () => {
    const reader = objectReader(saying(Buffer.from('nonsense\n')));
    await expect(reader.read([id(1)]).next()).rejects.toThrow(GitError);
    await expect(reader.read([id(2)]).next()).rejects.toThrow(GitError);
    await expect(reader.close()).rejects.toThrow(GitError);
  });

  test('whoever stops reading has not read everything', async () => {
    const reader = objectReader(saying(OUTPUT));
    for await (const _ of reader.read(NAMES)) break;
    await expect(reader.close()).rejects.toThrow(/nobody read/);
  });

  test('content asked for too late holds nothing of the next object', async () => {
    const reader = objectReader(saying(OUTPUT));
    const kept: AsyncIterable<Uint8Array>[] = [];
    for await (const [, object] of reader.read(NAMES)) if (object) kept.push(object.content);
    for (const content of kept.slice(0, 2)) expect(await readWhole(content)).toHaveLength(0);
  });
});

describe('real git', () => {
  let repository: ScratchRepository;
  beforeAll(() => {
    repository = scratchRepository();
  });
  afterAll(() => repository.remove());

  const store = (content: Uint8Array): string =>
    repository.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
  const open = (): ObjectReader => openObjects(gitIn(repository.path, repository.env));

  test('objects of every size, in several rounds over one process', async () => {
    const contents = [0, 1, 4096, 65_536, 3_000_000].map((size) => randomBytes(size));
    const names = contents.map(store);
    const objects = open();
    for (let round = 0; round < 2; round += 1) {
      let n = 0;
      for await (const [name, object] of objects.read(names)) {
        expect(name).toBe(names[n]);
        expect(object).toMatchObject({ type: 'blob', oid: name, size: contents[n]?.length });
        const bytes = object && Buffer.from(await readWhole(object.content));
        expect(bytes?.equals(contents[n] ?? Buffer.alloc(0))).toBe(true);
        n += 1;
      }
      expect(n).toBe(names.length);
    }
    await objects.close();
  });

  test('many more names than a pipe holds, answered and skipped over', async () => {
    const name = store(Buffer.alloc(2000, 'x'));
    const objects = open();
    let answered = 0;
    for await (const _ of objects.read(Array.from({ length: 3000 }, () => name))) answered += 1;
    expect(answered).toBe(3000);
    await objects.close();
  });

  test('revisions and what is missing', async () => {
    repository.commit();
    const objects = open();
    const types: (string | undefined)[] = [];
    for await (const [, object] of objects.read([
      'HEAD^{commit}',
      'HEAD^{tree}',
      'MERGE_HEAD^{commit}',
      id(7),
    ]))
      types.push(object?.type);
    expect(types).toEqual(['commit', 'tree', undefined, undefined]);
    await expect(readWhole(readObject(objects, id(7)))).rejects.toThrow(/is missing/);
    // A missing object is an answer: the next question is still answered.
    expect(Buffer.from(await readWhole(readObject(objects, store(Buffer.from('here')))))).toEqual(
      Buffer.from('here'),
    );
    await objects.close();
  });

  test('an ambiguous name is an error', async () => {
    const seen = new Map<string, string>();
    for (let n = 0; ; n += 1) {
      const blob = `${n}`;
      const start = createHash('sha1').update(`blob ${blob.length}\0${blob}`).digest('hex').slice(0, 4);
      const other = seen.get(start);
      seen.set(start, blob);
      if (other === undefined) continue;
      for (const content of [blob, other]) store(Buffer.from(content));
      await expect(open().read([start]).next()).rejects.toThrow(GitError);
      return;
    }
  });

  test('no repository', async () => {
    const objects = openObjects(gitIn(repository.root, repository.env));
    await expect(objects.read(['HEAD']).next()).rejects.toThrow(/git finds no repository here/);
  });
});
