// What is told of the packs of a repository: what their objects refer to beyond them, and what git does not list of them.

import { join } from 'node:path';
import { builtinDetector } from '../../src/detect/detector.ts';
import { indexedPacks } from '../../src/git/packs/open-pack.ts';
import { testKey } from '../../src/scan.ts';
import { openPacks, type Packs } from '../../src/sources/sieve/packs.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let packs: Packs;
/** What is needed besides, as the first eight bytes of ids. */
let needed: string[];
const oid = (name: string): string => repository.git('rev-parse', name);
const ids = (each: (visit: (ids: Buffer, at: number) => void) => void): string[] => {
  const said: string[] = [];
  each((bytes, at) => said.push(bytes.toString('hex', at, at + 20)));
  return said.sort();
};

beforeAll(async () => {
  repository = scratchRepository();
  repository.write('old', 'old\n');
  repository.commit();
  repository.write('folder/file', 'words\n');
  repository.commit();
  const packed = ['HEAD', 'HEAD^{tree}', 'HEAD:folder'].map(oid);
  repository.bytes(['pack-objects', '-q', '.git/objects/pack/pack'], `${packed.join('\n')}\n`);
  packs = openPacks(
    () => indexedPacks(join(repository.path, '.git/objects')),
    builtinDetector(),
    testKey(),
    undefined,
  );
  needed = [];
  await packs.open(() => 'asked');
  const need = (words: Uint32Array): void => {
    for (let at = 0; at < words.length; at += 2)
      needed.push([...words.subarray(at, at + 2)].map((word) => word.toString(16).padStart(8, '0')).join(''));
  };
  for await (const _ of packs.read(need));
});
afterAll(() => repository.remove());

test('what is in the same pack is not told as needed, all else is', () =>
  expect(needed.sort()).toEqual(
    ['HEAD~', 'HEAD:old', 'HEAD:folder/file'].map((name) => oid(name).slice(0, 16)).sort(),
  ));

test('what git does not list is told, and nothing when the packs are let go of', () => {
  for (const name of ['HEAD', 'HEAD:folder', 'HEAD:old']) packs.meet(Buffer.from(oid(name), 'hex'), 0);
  expect(ids(packs.eachMet)).toEqual(['HEAD', 'HEAD:folder'].map(oid).sort());
  expect(ids(packs.eachUnmet)).toEqual([oid('HEAD^{tree}')]);
  packs.forget();
  expect([...ids(packs.eachMet), ...ids(packs.eachUnmet)]).toEqual([]);
});
