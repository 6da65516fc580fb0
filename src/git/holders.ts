// What leads to commits and objects: references, stashes, records of where references were, heads of work trees.

import { basename } from 'node:path';
import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { type ObjectReader, readWhole } from './objects.ts';
import { askGit, askGitIfAny, type Git } from './process.ts';
import { listRefs } from './refs.ts';

export interface Tip {
  /** In full; of a record `refs/heads/main@{1}`, of a work tree's own head `worktrees/NAME/HEAD`. */
  readonly name: RawPath;
  /** `record`: of a reflog; `head`: of a work tree, `branch head` when that is a branch. */
  readonly kind: 'ref' | 'record' | 'head' | 'branch head';
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
  const said = (await askGit(git, ['worktree', 'list', '--porcelain'])).toString('latin1');
  return said.split('\n\n').flatMap((entry, at): Tip[] => {
    const [, path = ''] = /^worktree (.*)$/m.exec(entry) ?? [];
    const [, oid] = /^HEAD ([0-9a-f]{40,64})$/m.exec(entry) ?? [];
    if (oid === undefined || /^0+$/.test(oid)) return [];
    const isAttached = /^branch /m.test(entry);
    return [
      {
        name: at === 0 ? 'HEAD' : `worktrees/${basename(path)}/HEAD`,
        kind: isAttached ? 'branch head' : 'head',
        oid,
        tags: [],
      },
    ];
  });
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

/** Paths of the index, by what they hold. Throws GitError. */
export async function listIndex(git: Git): Promise<{ readonly oid: string; readonly path: RawPath }[]> {
  const entries = (await askGit(git, ['ls-files', '-s', '-z', '--full-name', ':/']))
    .toString('latin1')
    .split('\0');
  return entries.slice(0, -1).map((entry) => {
    const [, oid, path] = /^[0-7]{6} ([0-9a-f]{40,64}) [0-3]\t([\s\S]+)$/.exec(entry) ?? [];
    if (oid === undefined || path === undefined) throw new GitError('git ls-files gave an unexpected answer');
    return { oid, path };
  });
}
