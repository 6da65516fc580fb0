// What there is to scan below a folder: by git's own list inside a repository, everything outside of one.

import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { GitError } from '../errors.ts';
import { repositoryAround } from '../git/around.ts';
import type { Environment } from '../git/environment.ts';
import { type Git, gitIn, requireGit } from '../git/process.ts';
import { type FileStanding, listWorkTree } from '../git/work-tree.ts';
import type { RawPath } from '../model.ts';
import { type LeftOut, type Walked, walk } from './walk.ts';

export interface Entries {
  readonly files: ListedFile[];
  readonly skipped: LeftOut[];
  readonly problems: LeftOut[];
}

export interface ListedFile {
  /** From the folder. */
  readonly path: RawPath;
  readonly standing: FileStanding;
}

export interface Listing {
  readonly env: Environment;
  readonly includeIgnored: boolean;
}

/** `folder` is absolute and exists. Throws GitError when it is in a repository of which git gives no list. */
export async function listFolder(folder: RawPath, listing: Listing): Promise<Entries> {
  const entries: Entries = { files: [], skipped: [], problems: [] };
  const cwd = asText(realPath(folder));
  const isTracked =
    cwd !== undefined && !cwd.split(sep).includes('.git') && repositoryAround(cwd) !== undefined;
  if (isTracked) {
    const git = gitIn(cwd, listing.env, 'foreign');
    await Promise.all([addRepository(entries, '', folder, git, listing), requireGit(git)]);
  } else addWalked(entries, '', await walk(folder));
  for (const list of Object.values(entries)) list.sort(byPath);
  return entries;
}

async function addRepository(
  entries: Entries,
  prefix: RawPath,
  folder: RawPath,
  git: Git,
  listing: Listing,
): Promise<void> {
  const { entries: listed, unlisted } = await listWorkTree(git, listing.includeIgnored);
  for (const folder of [...unlisted].sort())
    entries.problems.push({ path: prefix, reason: `git cannot look into the folder ${folder}` });
  for (const { path, standing } of listed) {
    const inside = path === ITSELF ? prefix : prefix + path;
    if (standing === 'ignored')
      entries.skipped.push({ path: inside, reason: 'ignored by git; --include-ignored scans it' });
    else if (standing !== 'repository') entries.files.push({ path: inside, standing });
    else if (path === ITSELF) await addSubmodule(entries, prefix, folder);
    else await addNested(entries, inside.replace(/\/?$/, '/'), `${folder}/${path}`, git, listing);
  }
}

/** What git calls the folder it is run in, when all of it is ignored or a submodule without a repository. */
const ITSELF = './';

/** Another repository: its files are below this folder like any others. */
async function addNested(
  entries: Entries,
  prefix: RawPath,
  folder: RawPath,
  outer: Git,
  listing: Listing,
): Promise<void> {
  const cwd = asText(folder);
  if (cwd === undefined || !existsSync(`${cwd}/.git`)) return addSubmodule(entries, prefix, folder);
  try {
    // Without the ceiling, git would list the outer repository again where the inner one is broken.
    const env = { ...outer.env, GIT_CEILING_DIRECTORIES: outer.cwd };
    await addRepository(entries, prefix, folder, { ...outer, cwd, env }, listing);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    // Everything below it is more than git would have listed.
    addWalked(entries, prefix, await walk(folder));
  }
}

/** Without a repository of its own there should be nothing in it; whatever is there is scanned. */
async function addSubmodule(entries: Entries, prefix: RawPath, folder: RawPath): Promise<void> {
  const walked = isFolder(folder) ? await walk(folder) : undefined;
  if (walked && Object.values(walked).some((list) => list.length > 0)) addWalked(entries, prefix, walked);
  else entries.skipped.push({ path: prefix, reason: 'submodule, not checked out' });
}

function addWalked(entries: Entries, prefix: RawPath, { files, skipped, problems }: Walked): void {
  const below = ({ path, reason }: LeftOut): LeftOut => ({ path: prefix + path, reason });
  entries.files.push(...files.map((path) => ({ path: prefix + path, standing: 'file' as const })));
  entries.skipped.push(...skipped.map(below));
  entries.problems.push(...problems.map(below));
}

/** Where git would find itself: a link may lead into a repository, or out of one. */
function realPath(folder: RawPath): RawPath {
  try {
    return realpathSync.native(Buffer.from(folder, 'latin1'), { encoding: 'latin1' });
  } catch {
    return folder;
  }
}

function isFolder(path: RawPath): boolean {
  try {
    return lstatSync(Buffer.from(path, 'latin1')).isDirectory();
  } catch {
    return false;
  }
}

/** Node starts programs in folders with UTF-8 names only. */
function asText(path: RawPath): string | undefined {
  const text = Buffer.from(path, 'latin1').toString('utf8');
  return Buffer.from(text, 'utf8').toString('latin1') === path ? text : undefined;
}

const byPath = (a: { readonly path: RawPath }, b: { readonly path: RawPath }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
