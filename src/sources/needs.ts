// Whether everything is there that a repository needs: what has been read says what it refers to.

import { listMissing } from '../git/connectivity.ts';
import { listEvery } from '../git/every-id.ts';
import type { Git } from '../git/process.ts';
import type { Ref } from '../git/refs.ts';
import type { Problem } from '../model.ts';
import { openIdSet } from './id-set.ts';
import { eachLink } from './links.ts';

export interface Needs {
  /** What trees refer to: the id that begins in `bytes` at `at`. */
  object(bytes: Uint8Array, at: number): void;
  /** Many of them, as `IdSet.words` gives them. */
  objects(words: Uint32Array): void;
  /** The content of a commit or tag. */
  header(content: Uint8Array): void;
  refs(refs: readonly Ref[]): void;
  /** The object whose id begins in `bytes` at `at` is there; nothing is needed after that. */
  found(bytes: Uint8Array, at: number): void;
  /**
   * What is missing, after everything was read. `isInDoubt`: something else says that there could be more than what was read
   * refers to. Throws GitError.
   */
  missing(reason: (oid: string) => Promise<string>, isInDoubt: boolean): Promise<readonly Problem[]>;
}

export function openNeeds(git: Git): Needs {
  const needed = openIdSet();
  let named: readonly Ref[] = [];

  return {
    object: (bytes, at) => needed.addFrom(bytes, at),
    objects: needed.addWords,
    header: (content) => eachLink(content, needed.add),
    refs: (refs) => {
      named = refs;
      for (const { oid } of refs) needed.add(oid);
    },
    found: needed.deleteFrom,
    missing: async (reason, isInDoubt) => {
      if (needed.size() === 0 && !isInDoubt) return [];
      // Not noted while reading: objects are read while they are still being listed.
      for await (const { bytes, length } of listEvery(git))
        for (let at = 0; at < bytes.length; at += length) needed.deleteFrom(bytes, at);
      if (needed.size() === 0 && !isInDoubt) return [];
      const lost = named.filter(({ oid }) => needed.has(oid));
      const problems: Problem[] = [];
      for (const { name, oid } of lost)
        problems.push({ kind: 'problem', path: name, reason: await reason(oid) });
      // What nothing leads to may refer to what is gone.
      for (const oid of await listMissing(git))
        problems.push({ kind: 'problem', path: `object/${oid}`, reason: await reason(oid) });
      return problems;
    },
  };
}
