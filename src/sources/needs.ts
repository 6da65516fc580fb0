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
  /** Many of them, as `IdSet.words` gives them. */
  foundWords(words: Uint32Array): void;
  /**
   * What was not read, after everything that git has listed was: it is missing, or git has left it out. `isInDoubt`:
   * something else says that there could be more than what was read refers to. Throws GitError.
   */
  missing(reason: (oid: string) => Promise<string>, isInDoubt: boolean): Promise<readonly Problem[]>;
  /** Lets go of everything. */
  forget(): void;
}

export function openNeeds(git: Git): Needs {
  const needed = openIdSet();
  let named: readonly Ref[] = [];

  /** What is needed and there, although the list that was read from did not have it; it is no longer needed then. */
  async function late(): Promise<string[]> {
    const found: string[] = [];
    for await (const { bytes, length } of listEvery(git))
      for (let at = 0; at < bytes.length; at += length)
        if (needed.deleteFrom(bytes, at)) found.push(bytes.toString('hex', at, at + length));

    return found;
  }

  return {
    object: (bytes, at) => needed.addFrom(bytes, at),
    objects: needed.addWords,
    header: (content) => eachLink(content, needed.add),
    refs: (refs) => {
      named = refs;
      for (const { oid } of refs) needed.add(oid);
    },
    found: needed.deleteFrom,
    foundWords: needed.deleteWords,
    missing: async (reason, isInDoubt) => {
      if (needed.size() === 0 && !isInDoubt) return [];
      const problems: Problem[] = [];
      for (const oid of await late()) problems.push({ kind: 'problem', path: `object/${oid}`, reason: LATE });
      if (needed.size() === 0 && !isInDoubt) return problems;
      const lost = named.filter(({ oid }) => needed.has(oid));
      for (const { name, oid } of lost)
        problems.push({ kind: 'problem', path: name, reason: await reason(oid) });
      // What nothing leads to may refer to what is gone.
      for (const oid of await listMissing(git))
        problems.push({ kind: 'problem', path: `object/${oid}`, reason: await reason(oid) });
      return problems;
    },
    forget: () => {
      needed.clear();
      named = [];
    },
  };
}

const LATE = 'it has come since git listed its objects, and was not read: run keyscan again';
