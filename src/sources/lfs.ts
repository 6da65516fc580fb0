// Git LFS: the blob is a pointer, the content lies beside the object store and is uploaded elsewhere (R18).

import { createReadStream, promises } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GitObject } from '../git/batch-answers.ts';
import { readWhole } from '../git/objects.ts';
import { askGit, type Git } from '../git/process.ts';
import type { Item, Place } from '../model.ts';
import { lfsPointer, MAX_POINTER } from './lfs-pointer.ts';

export interface LfsObjects {
  /** The content itself where this clone has it, else said to be skipped. */
  read(oid: string, places: readonly Place[]): Promise<Item>;
  /** A blob and, where it is a pointer, what it points to; `more` is called before that one, which nobody has expected. */
  items(
    blob: Pick<GitObject, 'size' | 'content'>,
    places: readonly Place[],
    more: () => void,
  ): AsyncGenerator<Item, void, undefined>;
}

/** Asks git where they are when the first one is read. */
export function lfsObjects(git: Git): LfsObjects {
  let folder: Promise<string> | undefined;
  const lfs: LfsObjects = {
    read: async (oid, places) => {
      folder ??= folderOf(git);
      const file = join(await folder, oid.slice(0, 2), oid.slice(2, 4), oid);
      const isThere = await promises.lstat(file).then(
        (stats) => stats.isFile(),
        () => false,
      );
      // Its previous versions are the contents of other pointers: whatever is found in it counts as new.
      if (isThere)
        return {
          kind: 'blob',
          places: places.map((place) => ({ ...place, previous: [] })),
          content: createReadStream(file),
        };
      return {
        kind: 'skipped',
        path: places[0]?.path ?? '',
        reason: 'LFS object not scanned: not in this clone',
      };
    },
    items: async function* ({ size, content }, places, more) {
      if (size > MAX_POINTER) {
        yield { kind: 'blob', places, content };
        return;
      }
      const whole = await readWhole(content);
      yield { kind: 'blob', places, content: whole };
      const pointer = lfsPointer(whole);
      if (pointer === undefined) return;
      more();
      yield await lfs.read(pointer, places);
    },
  };
  return lfs;
}

async function folderOf(git: Git): Promise<string> {
  const commonDir = (await askGit(git, ['rev-parse', '--git-common-dir'])).toString('utf8');
  return resolve(git.cwd, join(commonDir.replace(/\r?\n$/, ''), 'lfs', 'objects'));
}
