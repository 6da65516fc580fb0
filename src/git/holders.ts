// What leads to commits and objects: references, stashes, records of where references were, heads and indexes of work trees.

import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { type ObjectReader, readWhole } from './objects.ts';
import { askGit, askGitIfAny, type Git } from './process.ts';
import { listRefs, type Ref } from './refs.ts';

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
  const refs = await listRefs(git);
  const [targets, heads, records] = await Promise.all([
    tagTargets(
      objects,
      refs.map(({ oid }) => oid),
    ),
    listHeads(git),
    listRecords(git),
  ]);
  return [...refs.map((ref) => tipOf(ref, targets)), ...heads, ...records];
}

function tipOf({ name, oid: start }: Ref, targets: ReadonlyMap<string, string>): Tip {
  const tags: string[] = [];
  let oid = start;
  for (let next = targets.get(oid); next !== undefined; next = targets.get(oid)) {
    tags.push(oid);
    oid = next;
  }
  return { name, kind: 'ref', oid, tags: tags.length === 0 ? NO_TAGS : tags };
}

/** Of nearly all references: one for ten thousands of them. */
const NO_TAGS: readonly string[] = [];

/**
 * What each of these stands for that is a tag, and what that stands for where it is one, and so on. All are asked for at
 * once: to wait for one after the other takes seconds where there are ten thousand. git-mktag(1): a tag begins with it.
 */
async function tagTargets(
  objects: ObjectReader,
  oids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  const looked = new Set<string>();
  let asked = new Set(oids);
  while (asked.size > 0) {
    for (const oid of asked) looked.add(oid);
    const next = new Set<string>();
    for await (const [oid, object] of objects.read([...asked])) {
      if (object?.type !== 'tag') continue;
      // A part of a text would keep the whole of it.
      const text = Buffer.from(await readWhole(object.content)).toString('latin1', 0, MOST_TARGET);
      const [, target] = /^object ([0-9a-f]{40,64})\n/.exec(text) ?? [];
      if (target === undefined) continue;
      targets.set(oid, target);
      if (!looked.has(target)) next.add(target);
    }
    asked = next;
  }
  return targets;
}

/** `object `, an id of SHA-256, and the end of the line. */
const MOST_TARGET = 7 + 64 + 1;

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
