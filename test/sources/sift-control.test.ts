// A search that finds nothing must not be what calls a pack clear.

import { join } from 'node:path';
import { builtinDetector } from '../../src/detect/detector.ts';
import { indexedPacks } from '../../src/git/packs/open-pack.ts';
import type { Detector } from '../../src/model.ts';
import { testKey } from '../../src/scan.ts';
import { openPacks } from '../../src/sources/sieve/packs.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
beforeAll(() => {
  repository = scratchRepository();
  repository.write('file', 'words\n');
  repository.commit();
  repository.git('repack', '-adq');
});
afterAll(() => repository.remove());

/** How many objects are cleared. */
async function cleared(detector: Detector): Promise<number> {
  const packs = openPacks(
    () => indexedPacks(join(repository.path, '.git/objects')),
    detector,
    testKey(),
    undefined,
  );
  await packs.open(() => 'asked');
  let count = 0;
  for await (const { objects } of packs.read(() => undefined)) count += objects;
  return count;
}

const sound = builtinDetector();
const { sieve } = sound;

test('with a sound detector all three objects are clear', async () => expect(await cleared(sound)).toBe(3));

test.each<[what: string, detector: Detector]>([
  ['a search', { ...sound, sieve: { ...sieve, holdsContent: () => false } }],
  ['a scan', { ...sound, sieve, open: () => ({ ...sound.open(), isEmpty: () => true }) }],
])('with %s that finds nothing, none', (_, detector) =>
  expect(cleared(detector)).rejects.toThrow('positive control failed'),
);
