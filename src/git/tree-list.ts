// Everything that stands in a tree, whatever folder it is in: `git ls-tree -r -z`.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { askGit, type Git } from './process.ts';

export interface TreeFile {
  readonly oid: string;
  /** From the top. */
  readonly path: RawPath;
  /** `gitlink`: a commit of another repository. */
  readonly mode: 'file' | 'symlink' | 'gitlink';
}

/** `tree`: an object id, of a commit or a tree. Throws GitError when git fails or says anything else. */
export async function listTree(git: Git, tree: string): Promise<TreeFile[]> {
  return parseTreeList(await askGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]));
}

/** Reads `<mode> <type> <oid>TAB<path>NUL`…; whatever else it meets is a GitError, never left out. */
export function parseTreeList(output: Buffer): TreeFile[] {
  const entries = output.toString('latin1').split('\0');
  if (entries.pop() !== '') throw unreadable();
  return entries.map((entry) => {
    const [, mode = '', oid, path] = ENTRY.exec(entry) ?? [];
    if (oid === undefined || path === undefined) throw unreadable();
    return { oid, path, mode: MODES[mode] ?? 'file' };
  });
}

/** Any other mode is a file's: 100644, 100755, and 100664, which early versions of git wrote. */
const MODES: Readonly<Record<string, TreeFile['mode']>> = { 120000: 'symlink', 160000: 'gitlink' };

const ENTRY = /^(100[0-7]{3}|120000|160000) (?:blob|commit) ([0-9a-f]{40}|[0-9a-f]{64})\t([\s\S]+)$/;

const unreadable = (): GitError => new GitError('the output of git ls-tree is not what it should be');
