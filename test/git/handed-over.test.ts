// What the hook's script hands over is used as far as it is sound, and everything else is asked again.

import fc from 'fast-check';
import { FIRST_ASKED, type HandedOver, readHandedOver } from '../../src/git/handed-over.ts';
import { readWhole } from '../../src/git/objects.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { INDEX_LISTING, listIndexChanges } from '../../src/git/raw-diff.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let real: Git;
let listing: string;
let objects: Buffer;
/** None that could answer: who asks it fails. */
let none: Git;
beforeAll(() => {
  repository = scratchRepository();
  repository.write('old', 'was there');
  repository.commit();
  repository.write('a b', 'one\n');
  repository.write('line\nend', '');
  repository.write('x\ty', 'two');
  repository.git('rm', '-q', 'old');
  repository.git('add', '--all');
  real = gitIn(repository.path, repository.env);
  none = { path: '/nonexistent/git', cwd: real.cwd, env: real.env };
  listing = repository.bytes([...INDEX_LISTING, 'HEAD', '--']).toString('latin1');
  const ids = [...listing.matchAll(/^:\d+ \d+ \w+ (\w+)/gm)].map(([, oid]) => oid);
  objects = repository.bytes(['cat-file', '--batch'], `${[...FIRST_ASKED, ...ids].join('\n')}\n`);
});
afterAll(() => repository.remove());

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

const read = (
  git: Git,
  listed = listing,
  code = '0',
  said: Buffer = objects,
  size = 9,
): Promise<HandedOver | undefined> =>
  readHandedOver(git, inPieces(Buffer.concat([Buffer.from(`${listed}\n${code}\n`, 'latin1'), said]), size));

/** What is read under these names; the types of commits, as they have a date. */
async function contents({ objects }: HandedOver, ...names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const [, object] of objects.read(names)) {
    const text = object && Buffer.from(await readWhole(object.content)).toString();
    found.push(object === undefined ? 'missing' : object.type === 'commit' ? 'a commit' : `${text}`);
  }
  return found;
}

const staged = (): string[] =>
  ['a b', 'line\nend', 'x\ty'].map((path) => repository.git('rev-parse', `:${path}`));

test('no git is needed where all is there, whatever pieces it comes in', async () => {
  for (const size of [1, 7, 1 << 16]) {
    const handed = await read(none, listing, '0', objects, size);
    expect(handed?.changes).toEqual(await listIndexChanges(real, 'HEAD'));
    if (handed)
      expect(await contents(handed, ...FIRST_ASKED, ...staged())).toEqual([
        'a commit',
        'missing',
        'one\n',
        '',
        'two',
      ]);
    await handed?.objects.close();
  }
});

test('what nobody asks for is passed over', async () => {
  const handed = await read(none);
  const [, , last = ''] = staged();
  expect(handed && (await contents(handed, last))).toEqual(['two']);
});

test.each<[name: string, asked: () => string[], expected: string[]]>([
  ['another name', () => ['HEAD^{tree}'], []],
  ['one that was asked already', () => [staged()[0] ?? '', staged()[0] ?? ''], ['one\n', 'one\n']],
  ['one that was passed over', () => [staged()[2] ?? '', staged()[0] ?? ''], ['two', 'one\n']],
])('%s is asked of git', async (_, asked, expected) => {
  const handed = await read(real);
  const found = handed && (await contents(handed, ...asked()));
  if (expected.length > 0) expect(found).toEqual(expected);
  expect(found).toHaveLength(asked().length);
  // From then on git is asked.
  expect(handed && (await contents(handed, staged()[2] ?? ''))).toEqual(['two']);
  await handed?.objects.close();
  const alone = await read(none);
  await expect(alone && contents(alone, ...asked())).rejects.toThrow();
});

test('answers that break off anywhere are asked again, and are the same then', async () => {
  const names = [...FIRST_ASKED, ...staged()];
  const end = objects.indexOf(' missing\n') + ' missing\n'.length;
  for (const length of [0, 1, 30, end - 1, end, end + 30]) {
    const handed = await read(real, listing, '0', objects.subarray(0, length));
    expect(handed && (await contents(handed, ...names))).toEqual(['a commit', 'missing', 'one\n', '', 'two']);
    await handed?.objects.close();
  }
});

test('of an object that breaks off within its content, whoever reads it is told', async () => {
  const handed = await read(real, listing, '0', objects.subarray(0, 80));
  await expect(handed && contents(handed, ...FIRST_ASKED)).rejects.toThrow(/broke off/);
});

test('no bytes make anything of it but what git would say, or an error', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(objects.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
      const changed = Buffer.from(objects);
      changed[at] = byte;
      const handed = await read(none, listing, '0', changed, 1 << 16);
      const found = handed && (await contents(handed, ...staged()).catch(() => undefined));
      if (found) expect(found.map(({ length }) => length)).toEqual([4, 0, 3]);
    }),
  ));

test.each<[name: string, listed: (whole: string) => string, code?: string]>([
  ['git failed', (whole) => whole, '128'],
  ['no code was said', (whole) => whole, ''],
  ['more than a code was said', (whole) => whole, '0000'],
  ['the listing breaks off', (whole) => whole.slice(0, -3)],
  ['an entry has no path', () => ':100644 100644\n'],
  ['an entry has an empty path', () => ':100644 100644\t\n'],
  ['the quotes of a path do not end', () => ':100644 100644\t"a\n'],
])('where %s, all is asked again', async (_, listed, code = '0') => {
  expect(await read(none, listed(listing), code)).toBeUndefined();
});

test('nothing at all', async () => {
  expect(await readHandedOver(none, inPieces(Buffer.alloc(0), 1))).toBeUndefined();
});
