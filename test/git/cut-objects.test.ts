// Objects out of what git cat-file prints: to the byte whatever pieces it comes in, and nothing else is taken for one.

import fc from 'fast-check';
import { GitError } from '../../src/errors.ts';
import { cutObjects, LARGEST_WHOLE, type Read } from '../../src/git/cut-objects.ts';
import { readWhole } from '../../src/git/objects.ts';

const id = (number: number): string => number.toString(16).padStart(40, '0');

async function* inPieces(output: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0, n = 0; at < output.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    yield Buffer.from(output.subarray(at, at + size));
    at += size;
  }
}

/** What is read of it until something is wrong, which comes last. */
async function cut(output: Buffer, ids: readonly string[], sizes: readonly number[]): Promise<string[]> {
  const waiting = [...ids];
  const fail = async (how: string): Promise<never> => {
    throw new GitError(how);
  };
  const said = async ([oid, object]: Read): Promise<string> =>
    typeof object === 'string'
      ? `${oid} ${object}`
      : `${oid} ${object.type} ${Buffer.from(await readWhole(object.content)).toString('latin1')}`;
  const read: string[] = [];
  try {
    for await (const reads of cutObjects(inPieces(output, sizes), () => waiting.shift(), fail))
      for (const each of reads) read.push(await said(each));
  } catch (error) {
    read.push(`${error}`);
  }
  return read;
}

const answer = (oid: string, content: string): string => `${oid} blob ${content.length}\n${content}\n`;

const contents = fc.array(
  fc.oneof(fc.constant(undefined), fc.string({ maxLength: 80, unit: fc.constantFrom('\n', '\0', 'x') })),
  { minLength: 1, maxLength: 12 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 });

test('the same from whatever pieces', async () => {
  await fc.assert(
    fc.asyncProperty(contents, sizes, async (each, pieces) => {
      const output = each.map((content, n) =>
        content === undefined ? `${id(n)} missing\n` : answer(id(n), content),
      );
      expect(
        await cut(
          Buffer.from(output.join('')),
          each.map((_, n) => id(n)),
          pieces,
        ),
      ).toEqual(
        each.map((content, n) => (content === undefined ? `${id(n)} missing` : `${id(n)} blob ${content}`)),
      );
    }),
  );
});

test('what breaks off anywhere is never whole', async () => {
  const output = Buffer.from(`${answer(id(1), 'one\n')}${answer(id(2), 'two')}`);
  const whole = [`${id(1)} blob one\n`, `${id(2)} blob two`];
  for (let end = 0; end < output.length; end += 1) {
    const read = await cut(output.subarray(0, end), [id(1), id(2)], [7]);
    expect(whole).not.toEqual(read);
    const isBetween = end === 0 || end === answer(id(1), 'one\n').length;
    expect(read.filter((each) => /broke off/.test(each))).toHaveLength(isBetween ? 0 : 1);
  }
});

test.each([
  ['another id', answer(id(3), 'x')],
  ['an answer nobody asked for', `${answer(id(1), 'x')}${answer(id(2), 'y')}`],
  ['a longer content', answer(id(1), 'x').replace(' 1\n', ' 0\n')],
  ['a shorter content', `${answer(id(1), 'x').replace(' 1\n', ' 2\n')}z`],
  ['words', `fatal: what is this?${' '.repeat(200)}`],
  ['a line of words', 'fatal: what is this?\n'],
  ['a line of words that nobody asked for', `${answer(id(1), 'x')}hello\n`],
  ['another that is missing', `${id(3)} missing\n`],
  ['one that is missing and nobody asked for', `${answer(id(1), 'x')} missing\n`],
  ['one without an id that is missing', `${answer(id(1), 'x')}undefined missing\n`],
  ['an empty line', `\n${answer(id(1), 'x')}`],
])('%s is refused', async (_, output) => {
  for (const size of [1, 9, 1000])
    expect((await cut(Buffer.from(output), [id(1)], [size])).at(-1)).toMatch(/Error: (?:gave|broke off)/);
});

test.each([LARGEST_WHOLE - 1, LARGEST_WHOLE, LARGEST_WHOLE + 1])(
  '%d bytes, and what follows',
  async (size) => {
    const content = 'abc'.repeat(size).slice(0, size);
    const output = Buffer.from(`${answer(id(1), content)}${answer(id(2), 'end')}`);
    expect(await cut(output, [id(1), id(2)], [65_536])).toEqual([
      `${id(1)} blob ${content}`,
      `${id(2)} blob end`,
    ]);
  },
);

test('what is left of a large one is read over', async () => {
  const output = Buffer.from(`${answer(id(1), 'x'.repeat(LARGEST_WHOLE + 1))}${answer(id(2), 'end')}`);
  const waiting = [id(1), id(2)];
  const ids: string[] = [];
  for await (const reads of cutObjects(
    inPieces(output, [65_536]),
    () => waiting.shift(),
    async (how) => Promise.reject(new GitError(how)),
  ))
    ids.push(...reads.map(([oid]) => oid));
  expect(ids).toEqual([id(1), id(2)]);
});

test('an empty line is an answer, not the beginning of one', async () => {
  expect(await cut(Buffer.from('\n'), [id(1)], [9])).toEqual(['UsageError: gave an unexpected answer']);
});

test('what is no answer is not waited for', async () => {
  async function* endless(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) yield Buffer.from('no line ends here');
  }
  const fail = async (how: string): Promise<never> => {
    throw new GitError(how);
  };
  await expect(cutObjects(endless(), () => id(1), fail).next()).rejects.toThrow('unexpected answer');
});

test.each([
  [LARGEST_WHOLE, 9_000, true],
  [LARGEST_WHOLE + 1, 9_000, false],
  // It is there as a whole anyway.
  [LARGEST_WHOLE + 1, 1 << 22, true],
])('%d bytes in pieces of %d come whole: %s', async (size, pieces, isWhole) => {
  const output = Buffer.from(answer(id(1), 'x'.repeat(size)));
  const fail = async (how: string): Promise<never> => {
    throw new GitError(how);
  };
  const { value } = await cutObjects(inPieces(output, [pieces]), () => id(1), fail).next();
  const [[, object] = []] = value ?? [];
  expect(typeof object === 'object' && object.content instanceof Uint8Array).toBe(isWhole);
});
