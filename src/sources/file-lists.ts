// What the paths a user gave come to: one list for each of them.

import type { FileStanding } from '../git/work-tree.ts';
import type { Place, Problem, RawPath, Skipped } from '../model.ts';
import { type Listing, listFolder } from './folder.ts';
import { type Root, rawPath, rootAt, slashed } from './roots.ts';
import type { LeftOut } from './walk.ts';

export interface FilesRequest extends Listing {
  /** Absolute; what relative paths start from. */
  readonly cwd: string;
  /** As the user gave them: literal, never patterns. */
  readonly paths: readonly RawPath[];
  /** Absolute: the folder from which the policy's paths are meant. */
  readonly top: string;
}

export interface FileList {
  readonly root: Root;
  readonly leftOut: readonly (Skipped | Problem)[];
  readonly files: readonly FileToRead[];
  /** Whether there must be something to scan: not where all of it stands in another list. */
  readonly isDue: boolean;
}

export interface FileToRead {
  /** Absolute. */
  readonly path: RawPath;
  readonly place: Place;
  readonly standing: FileStanding;
}

/**
 * In the order of the paths given, then of names; whatever is there twice is listed once. Throws UsageError, and GitError
 * where git has no list of a work tree.
 */
export async function listFiles({ paths, cwd, top, ...listing }: FilesRequest): Promise<FileList[]> {
  const roots = new Map<RawPath, Root>();
  for (const path of paths) {
    const root = rootAt(path, cwd);
    if (!roots.has(root.file)) roots.set(root.file, root);
  }
  const listed = new Set(roots.keys());
  /** Whether it has not been listed yet. */
  const isNew = (path: RawPath): boolean => roots.size === 1 || (!listed.has(path) && !!listed.add(path));
  const placed = placing(top);
  const lists: FileList[] = [];
  for (const root of roots.values()) {
    const { shown, file: path } = root;
    if (root.kind === 'folder') lists.push(await listOf(root, listing, placed, isNew));
    else if (root.kind === 'file')
      lists.push({
        root,
        leftOut: [],
        files: [{ path, place: placed(shown, path), standing: 'file' }],
        isDue: true,
      });
    else
      lists.push({
        root,
        leftOut: [{ kind: 'problem', path: shown, reason: root.reason }],
        files: [],
        isDue: false,
      });
  }
  return lists;
}

async function listOf(
  root: Root,
  listing: Listing,
  placed: (shown: RawPath, path: RawPath) => Place,
  isNew: (path: RawPath) => boolean,
): Promise<FileList> {
  const { files, skipped, problems } = await listFolder(root.file, listing);
  const base = root.file.replace(/\/?$/, '/');
  const leftOut =
    (kind: 'skipped' | 'problem') =>
    ({ path, reason }: LeftOut) => ({
      kind,
      path: path === '' ? root.shown : root.prefix + path,
      reason,
    });
  const fresh = files.filter(({ path }) => isNew(base + path));
  return {
    root,
    leftOut: [
      ...skipped.filter(({ path }) => isNew(base + path)).map(leftOut('skipped')),
      ...problems.map(leftOut('problem')),
    ],
    files: fresh.map(({ path, standing }) => ({
      path: base + path,
      place: placed(root.prefix + path, base + path),
      standing,
    })),
    isDue: fresh.length > 0 || files.length === 0,
  };
}

function placing(top: string): (shown: RawPath, path: RawPath) => Place {
  const base = slashed(rawPath(top)).replace(/\/?$/, '/');
  return (shown, path) => {
    const place: Place = { path: shown, origin: { kind: 'file' }, previous: [] };
    const inTree = path.startsWith(base) ? path.slice(base.length) : path;
    return inTree === shown ? place : { ...place, inTree };
  };
}
