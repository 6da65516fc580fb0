// Where packs are looked for: in the repository's own store and those it borrows from, and what is none is left out.

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { indexedPacks } from '../../src/git/packs/open-pack.ts';
import { findPacks } from '../../src/git/packs/store.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let objects: string;
beforeEach(() => {
  repository = scratchRepository();
  objects = join(repository.path, '.git/objects');
});
afterEach(() => repository.remove());

/** Paths from the folder that holds everything, with sizes. */
const found = async (): Promise<string[]> =>
  (await findPacks(objects)).map(({ path, size }) => `${path.slice(repository.root.length + 1)} ${size}`);
const name = (digit: string): string => `pack-${digit.repeat(40)}.pack`;

/** A file that is no pack, of this many bytes. */
function place(store: string, file: string, size: number): void {
  mkdirSync(join(store, 'pack'), { recursive: true });
  writeFileSync(join(store, 'pack', file), 'x'.repeat(size));
}
/** Lines of the file that says which stores one borrows from. */
function borrow(store: string, ...lines: readonly string[]): void {
  mkdirSync(join(store, 'info'), { recursive: true });
  appendFileSync(join(store, 'info/alternates'), lines.map((line) => `${line}\n`).join(''));
}

test('none, in a repository that has none, or no folder for them', async () => {
  expect(await found()).toEqual([]);
  rmSync(join(objects, 'pack'), { recursive: true });
  expect(await found()).toEqual([]);
});

test('the largest first, else by name; what is not called like a pack, or is a folder, is none', async () => {
  for (const [digit, size] of [
    ['b', 5],
    ['a', 5],
    ['c', 9],
  ] as const)
    place(objects, name(digit), size);
  for (const other of ['pack-a.idx', 'tmp_pack_1', 'pack-xyz.pack', 'pack-a.pack.old'])
    place(objects, other, 20);
  mkdirSync(join(objects, 'pack', name('d')));
  const folder = 'repository/.git/objects/pack';
  expect(await found()).toEqual([
    `${folder}/${name('c')} 9`,
    `${folder}/${name('a')} 5`,
    `${folder}/${name('b')} 5`,
  ]);
});

test('no more than 64 of them: git is quicker then', async () => {
  for (let n = 0; n < 70; n += 1) place(objects, `pack-${n.toString(16).padStart(40, '0')}.pack`, n + 1);
  const sizes = (await found()).map((each) => Number(each.split(' ')[1]));
  expect(sizes).toEqual(Array.from({ length: 64 }, (_, n) => 70 - n));
});

test('stores that it borrows from, and those that they do, each once', async () => {
  const [one, two] = ['one', 'two'].map((each) => join(repository.root, each)) as [string, string];
  place(one, name('1'), 1);
  place(two, name('2'), 2);
  // Comments and quoted paths are left to git; a path may be relative to the store it stands in.
  borrow(objects, '# a comment', one, '"/quoted"', '', one);
  borrow(one, '../two', objects);
  expect(await found()).toEqual([`two/pack/${name('2')} 2`, `one/pack/${name('1')} 1`]);
});

test('no more than 32 stores, however they borrow from each other', async () => {
  for (let n = 0; n < 40; n += 1) {
    const store = join(repository.root, `store-${n}`);
    place(store, name('a'), 1);
    borrow(store, `../store-${n + 1}`);
  }
  borrow(objects, join(repository.root, 'store-0'));
  expect(await found()).toHaveLength(31);
});

test('only those are read that are packs with an index', async () => {
  repository.write('a', 'one');
  repository.commit();
  repository.git('repack', '-q', '-a', '-d');
  const [{ path = '', index } = { index: undefined }] = await indexedPacks(objects);
  expect(dirname(path)).toBe(join(objects, 'pack'));
  expect(index?.count).toBe(3);
  place(objects, name('a'), 100);
  writeFileSync(join(objects, 'pack', name('a').replace('.pack', '.idx')), 'x'.repeat(2000));
  place(objects, name('b'), 100);
  expect((await indexedPacks(objects)).map((each) => each.path)).toEqual([path]);
});
