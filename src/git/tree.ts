// Reads a tree object: the names in one folder, byte for byte (git cat-file gives `<mode> <name>NUL<id>`…).

import type { RawPath } from '../model.ts';

export interface TreeEntry {
  readonly name: RawPath;
  /** A commit of another repository stands there. */
  readonly isSubmodule: boolean;
}

/** `idLength`: bytes of an object id, 20 or 32. Undefined when it is no tree. */
export function parseTree(content: Uint8Array, idLength: number): TreeEntry[] | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const nul = bytes.indexOf(0, at);
    const end = nul + 1 + idLength;
    const [, mode, name] = ENTRY.exec(bytes.toString('latin1', at, Math.max(nul, at))) ?? [];
    if (nul < 0 || end > bytes.length || mode === undefined || name === undefined) return undefined;
    entries.push({ name, isSubmodule: mode === '160000' });
    at = end;
  }
  return entries;
}

const ENTRY = /^([0-7]{5,6}) ([\s\S]+)$/;
