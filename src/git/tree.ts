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
  const isTree = eachName(bytes, idLength, (from, to, mode) => {
    const isSubmodule = bytes.toString('latin1', mode, from - 1) === '160000';
    entries.push({ name: bytes.toString('latin1', from, to), isSubmodule });
  });
  return isTree ? entries : undefined;
}

/** Says of every entry where its name and its mode stand. False when it is no tree, once what came before was said. */
export function eachName(
  bytes: Uint8Array,
  idLength: number,
  visit: (from: number, to: number, mode: number) => void,
): boolean {
  for (let at = 0; at < bytes.length; ) {
    const to = endOfName(bytes, at, idLength);
    if (to < 0) return false;
    visit(endOfMode(bytes, at) + 1, to, at);
    at = to + 1 + idLength;
  }
  return true;
}

/** Where the name of the entry ends that begins at `mode`; an id follows a NUL there. -1 when there is no whole entry. */
export function endOfName(bytes: Uint8Array, mode: number, idLength: number): number {
  const from = endOfMode(bytes, mode) + 1;
  let to = from;
  while (to < bytes.length && bytes[to] !== 0) to += 1;
  return from === 0 || to === from || to + 1 + idLength > bytes.length ? -1 : to;
}

/** Of an entry whose mode begins at `mode`: 160000, where others have 100644, 120000 and the like, and folders 40000. */
export const isGitlink = (bytes: Uint8Array, mode: number): boolean => bytes[mode + 1] === SIX;
const SIX = 0x36;

/** Where the space after five or six octal digits is; -1 where there is none. */
function endOfMode(bytes: Uint8Array, at: number): number {
  let end = at;
  while (((bytes[end] ?? 0) & 0xf8) === 0x30) end += 1;
  return bytes[end] === 0x20 && (end === at + 5 || end === at + 6) ? end : -1;
}
