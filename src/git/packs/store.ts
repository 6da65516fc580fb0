// Where the packs of a repository lie (gitrepository-layout(5)): its own, and those of stores it borrows from.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Absolute, with their sizes in bytes, the largest first. What cannot be looked at, and many small ones, are left out. `own`: the
 * repository's own store, absolute.
 */
export async function findPacks(
  own: string,
): Promise<readonly { readonly path: string; readonly size: number }[]> {
  const packs = [];
  for (const folder of await storesFrom(own)) {
    const names = await readdir(join(folder, 'pack')).catch(() => []);
    for (const name of names.filter((each) => /^pack-[0-9a-f]+\.pack$/.test(each))) {
      const path = join(folder, 'pack', name);
      const status = await stat(path).catch(() => undefined);
      if (status?.isFile()) packs.push({ path, size: status.size });
    }
  }
  return packs.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1)).slice(0, MOST_PACKS);
}

/** A store and those it borrows from. Unusual ways to write them down are git's own business: it reads what is not found here. */
async function storesFrom(own: string): Promise<readonly string[]> {
  const stores = [own];
  // It grows while it is read.
  for (const store of stores) {
    const listed = await readFile(join(store, 'info', 'alternates'), 'utf8').catch(() => '');
    const others = listed.split('\n').filter((line) => line !== '' && !/^[#"]/.test(line));
    for (const other of others.map((line) => resolve(store, line)))
      if (!stores.includes(other) && stores.length < MOST_STORES) stores.push(other);
  }
  return stores;
}

const MOST_STORES = 32;
/** Each object is looked for in all of them. git puts them together when there are more than 50 (git-config(1), gc.autoPackLimit). */
const MOST_PACKS = 64;
