// Whether everything is there that a repository needs: what has been read says what it refers to.

import { listMissing } from '../git/connectivity.ts';
import { listEvery } from '../git/every-object.ts';
import type { Git } from '../git/process.ts';
import type { Ref } from '../git/refs.ts';
import type { Problem } from '../model.ts';
import { openIdSet } from './id-set.ts';

export interface Needs {
  /** What trees refer to: the id that begins in `bytes` at `at`. */
  object(bytes: Uint8Array, at: number): void;
  /** The content of a commit or tag. */
  header(content: Uint8Array): void;
  refs(refs: readonly Ref[]): void;
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
    header: (content) => {
      const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
      for (let at = 0; at < bytes.length; ) {
        const end = bytes.indexOf(10, at);
        // git-commit-tree(1), git-mktag(1): these lines come first.
        const [, oid] =
          REFERS.exec(bytes.toString('latin1', at, Math.min(Math.max(end, at), at + LONGEST))) ?? [];
        if (oid === undefined) return;
        needed.add(oid);
        at = end + 1;
      }
    },
    refs: (refs) => {
      named = refs;
      for (const { oid } of refs) needed.add(oid);
    },
    missing: async (reason, isInDoubt) => {
      if (needed.size() === 0 && !isInDoubt) return [];
      // Not noted while reading: objects are read while they are still being listed.
      for await (const listed of listEvery(git)) for (const oid of listed) needed.delete(oid);
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

const REFERS = /^(?:tree|parent|object) ([0-9a-f]{40}|[0-9a-f]{64})$/;
/** `object` and a SHA-256 id. */
const LONGEST = 72;
