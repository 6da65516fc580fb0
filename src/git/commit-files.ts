// The files of one commit, by their paths.

import { GitError, UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { type ObjectReader, readWhole } from './objects.ts';
import type { Git } from './process.ts';
import { listTree, type TreeFile } from './tree-list.ts';

export interface CommitFiles {
  /** Undefined when there is no file at that path. Throws UsageError for a link, GitError when it cannot be read. */
  read(path: RawPath): Promise<Uint8Array | undefined>;
  /** Whether a file with this content is there, whatever it is called; by its object id. */
  holds(oid: string): Promise<boolean>;
}

/** Asks git for the list when first needed. `commit`: an object id; undefined: there is no file at all. */
export function commitFiles(git: Git, objects: ObjectReader, commit: string | undefined): CommitFiles {
  let listing: Promise<Listing> | undefined;
  const list = (): Promise<Listing> => {
    listing ??= commit === undefined ? Promise.resolve(NOTHING) : listed(git, commit);
    return listing;
  };

  return {
    read: async (path) => {
      const file = (await list()).byPath.get(path);
      if (file === undefined) return undefined;
      if (file.mode !== 'file') throw new UsageError(`${path} is no file in commit ${commit?.slice(0, 12)}`);
      for await (const [, object] of objects.read([file.oid]))
        if (object?.type === 'blob') return await readWhole(object.content);
      throw new GitError(`git object ${file.oid} is missing`);
    },
    holds: async (oid) => (await list()).oids.has(oid),
  };
}

interface Listing {
  readonly byPath: ReadonlyMap<RawPath, TreeFile>;
  readonly oids: ReadonlySet<string>;
}

const NOTHING: Listing = { byPath: new Map(), oids: new Set() };

async function listed(git: Git, commit: string): Promise<Listing> {
  const files = await listTree(git, commit);
  return {
    byPath: new Map(files.map((file) => [file.path, file])),
    oids: new Set(files.map(({ oid }) => oid)),
  };
}
