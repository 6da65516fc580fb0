// What leads to commits and objects: references, stashes, records of where references were, heads and indexes of work trees.

import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { type ObjectReader, readWhole } from './objects.ts';
import { askGit, askGitIfAny, type Git } from './process.ts';
import { listRefs } from './refs.ts';

export interface Tip {
  /** In full; of a record `refs/heads/main@{1}`, of another work tree's own head `worktrees/NAME/HEAD`. */
  readonly name: RawPath;
  /** `record`: of a reflog; `head`: of a work tree, `branch head` when that is on a branch. */
  readonly kind: 'ref' | 'record' | 'head' | 'branch head';
  /** Of a `branch head`, the branch, in full. */
  readonly branch?: RawPath;
  /** The commit, tree or blob it comes to, tags followed. */
  readonly oid: string;
  /** Tag objects on the way. */
  readonly tags: readonly string[];
}

/** Throws GitError. Broken references are not among them. */
export async function listTips(git: Git, objects: ObjectReader): Promise<Tip[]> {
  const tips: Tip[] = [];
  for (const { name, oid } of await listRefs(git))
    tips.push({ name, kind: 'ref', ...(await followed(objects, oid)) });
  return [...tips, ...(await listHeads(git)), ...(await listRecords(git))];
}

/** git-mktag(1): a tag begins with what it stands for. */
async function followed(objects: ObjectReader, start: string): Promise<Pick<Tip, 'oid' | 'tags'>> {
  const tags: string[] = [];
  let oid = start;
  for (let isTag = true; isTag && tags.length < MOST_TAGS; ) {
    isTag = false;
    for await (const [, object] of objects.read([oid]))
      if (object?.type === 'tag') {
        const [, next] =
          /^object ([0-9a-f]{40,64})\n/.exec(
            Buffer.from(await readWhole(object.content)).toString('latin1'),
          ) ?? [];
        if (next === undefined) continue;
        tags.push(oid);
        oid = next;
        isTag = true;
      }
  }
  return { oid, tags };
}

const MOST_TAGS = 100;

async function listHeads(git: Git): Promise<Tip[]> {
  const others = await otherWorkTrees(git);
  const tips: Tip[] = [];
  for (const name of ['HEAD', ...others.map((other) => `${other.name}/HEAD`)]) {
    // Nothing for a branch without commits.
    const oid = textOf(await askGitIfAny(git, ['rev-parse', '--quiet', '--verify', name]));
    if (!OID.test(oid)) continue;
    const branch = textOf(await askGitIfAny(git, ['symbolic-ref', '--quiet', name]));
    const kind = branch === '' ? 'head' : 'branch head';
    tips.push({ name, kind, oid, tags: [], ...(branch !== '' && { branch }) });
  }
  return tips;
}

const OID = /^[0-9a-f]{40,64}$/;
const textOf = (said: Buffer | undefined): string => (said?.toString('latin1') ?? '').replace(/\n$/, '');

/** Every work tree but this one, as git calls them (gitrevisions(7), worktrees/…), and their git directories. */
async function otherWorkTrees(git: Git): Promise<{ readonly name: string; readonly gitDir: string }[]> {
  const said = await askGit(git, ['rev-parse', '--absolute-git-dir', '--git-common-dir']);
  const [own = '', common = ''] = said
    .toString('utf8')
    .split('\n')
    .map((path) => resolve(git.cwd, path));
  const linked = await readdir(join(common, 'worktrees')).catch(() => []);
  const isLinked = own !== common;
  return [
    ...(isLinked ? [{ name: 'main-worktree', gitDir: common }] : []),
    ...linked
      .filter((id) => !isLinked || id !== basename(own))
      .sort()
      .map((id) => ({ name: `worktrees/${id}`, gitDir: join(common, 'worktrees', id) })),
  ];
}

/** What reflogs record, the newest first. */
async function listRecords(git: Git): Promise<Tip[]> {
  const said = await askGitIfAny(git, [
    ...['-c', 'log.showSignature=false', 'log', '-g', '--all', '--no-show-signature', '--no-color'],
    ...['--no-notes', '-s', '-z', '--format=%H %gD'],
  ]);
  return (said?.toString('latin1') ?? '').split('\0').flatMap((entry): Tip[] => {
    const [, oid, name] = /^([0-9a-f]{40,64}) ([\s\S]*@\{\d+\})$/.exec(entry) ?? [];
    return oid === undefined || name === undefined ? [] : [{ name, kind: 'record', oid, tags: [] }];
  });
}

export interface IndexEntry {
  readonly oid: string;
  readonly path: RawPath;
}

/** What the index has. Throws GitError. */
export async function listIndex(git: Git): Promise<IndexEntry[]> {
  const entries = (await askGit(git, ['ls-files', '-s', '-z', '--full-name', ':/']))
    .toString('latin1')
    .split('\0');
  return entries.slice(0, -1).map((entry) => {
    const [, oid, path] = /^[0-7]{6} ([0-9a-f]{40,64}) [0-3]\t([\s\S]+)$/.exec(entry) ?? [];
    if (oid === undefined || path === undefined) throw new GitError('git ls-files gave an unexpected answer');
    return { oid, path };
  });
}

/** The indexes of all other work trees, by names such as `worktrees/NAME/index`. Throws GitError. */
export async function listOtherIndexes(git: Git): Promise<ReadonlyMap<RawPath, readonly IndexEntry[]>> {
  const indexes = new Map<RawPath, readonly IndexEntry[]>();
  for (const { name, gitDir } of await otherWorkTrees(git)) {
    const { GIT_INDEX_FILE: _, GIT_WORK_TREE: __, ...env } = git.env;
    const there = { path: git.path, cwd: gitDir, env: { ...env, GIT_DIR: gitDir } };
    indexes.set(`${name}/index`, await listIndex(there));
  }
  return indexes;
}
