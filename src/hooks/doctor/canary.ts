// A key that no one was ever given, staged and committed where nobody else sees it: in an index and an object directory of
// its own, in a temporary folder. The repository gains no object, no reference and no file.

import { randomBytes, randomInt } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Environment } from '../../git/environment.ts';
import { askGit, type Git } from '../../git/process.ts';
import { expandForm, parseForm, TEST_KEY } from '../../rules/form.ts';

/** `kept` is the key in an index that says not to look for its file: it stays where a hook does `git add --all`. */
export type Bait = 'key' | 'kept' | 'clean';

export interface Canary {
  /** Variables that make git and a hook find the commits below. */
  readonly objects: Environment;
  /** Variables that make git and a hook see what is staged now, and the test key beside it; a fresh index each time. */
  staged(bait: Bait): Environment;
  /** Whether the key is in that index still. */
  isStillIn(staged: Environment): Promise<boolean>;
  /** What git would say on stdin of pre-push and reference-transaction of a commit with or without the key. */
  pushed(bait: Bait): Input;
  updated(bait: Bait): Input;
  /** Whether a report of keyscan speaks of the key. */
  isNamedIn(output: string): boolean;
  /** Takes out of the work tree what a hook has checked out of that index. */
  tidy(): void;
}

interface Input {
  readonly text: string;
  readonly path: string;
}

/** `git` asks at the top of the work tree. Throws GitError. */
export async function withCanary<T>(git: Git, use: (canary: Canary) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'keyscan-doctor-'));
  try {
    return await use(await makeCanary(git, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeCanary(git: Git, folder: string): Promise<Canary> {
  const name = `keyscan-doctor-${randomBytes(4).toString('hex')}`;
  const key = expandForm(parseForm(TEST_KEY), () => randomInt(2 ** 32) / 2 ** 32);
  const objects = await ownObjects(git, folder);
  const inOurs = { ...git, env: { ...git.env, ...objects } };
  // As UTF-16: other scanners, which would refuse it first and hide whether keyscan does, do not see it, and programs
  // that mend text files leave it alone.
  const write = (text: string) =>
    line(inOurs, ['hash-object', '-w', '--stdin'], Buffer.from(`\ufefftoken = ${text}\n`, 'utf16le'));
  const blobs = { key: await write(key), clean: await write('none') };

  const indexes = { key: join(folder, 'key'), kept: join(folder, 'kept'), clean: join(folder, 'clean') };
  await copyIndex(inOurs, indexes.clean, []);
  await copyIndex(inOurs, indexes.key, ['--add', '--cacheinfo', `100644,${blobs.key},${name}`]);
  copyFileSync(indexes.key, indexes.kept);
  await askGit(withIndex(inOurs, indexes.kept), ['update-index', '--assume-unchanged', name]);

  const commit = async (blob: string): Promise<string> => {
    const tree = await line(inOurs, ['mktree'], `100644 blob ${blob}\t${name}\n`);
    return line({ ...inOurs, env: { ...inOurs.env, ...NOBODY } }, [
      'commit-tree',
      tree,
      '-m',
      'keyscan doctor',
    ]);
  };
  const commits = { key: await commit(blobs.key), clean: await commit(blobs.clean) };
  const idOf = (bait: Bait): string => commits[bait === 'clean' ? 'clean' : 'key'];
  const zeros = '0'.repeat(commits.key.length);
  const input = (file: string, text: string): Input => {
    const path = join(folder, file);
    writeFileSync(path, text);
    return { text, path };
  };
  const ref = `refs/heads/${name}`;
  return {
    objects,
    staged: (bait) => {
      const index = join(folder, `index-${randomBytes(4).toString('hex')}`);
      copyFileSync(indexes[bait], index);
      return { ...objects, GIT_INDEX_FILE: index };
    },
    isStillIn: async ({ GIT_INDEX_FILE = '' }) =>
      (await askGit(withIndex(inOurs, GIT_INDEX_FILE), ['ls-files', '--', name])).length > 0,
    // As `git push REMOTE ID:BRANCH` has it: there is no branch of ours that a program could look up.
    pushed: (bait) => input('pushed', `${idOf(bait)} ${idOf(bait)} ${ref} ${zeros}\n`),
    updated: (bait) => input('updated', `${zeros} ${idOf(bait)} ${ref}\n`),
    // The path and the preview (CONTRACT §4).
    isNamedIn: (output) => output.includes(name) && output.includes(`…${key.slice(-4)}`),
    tidy: () => rmSync(join(git.cwd, name), { force: true }),
  };
}

const NOBODY = {
  GIT_AUTHOR_NAME: 'keyscan',
  GIT_AUTHOR_EMAIL: 'keyscan',
  GIT_COMMITTER_NAME: 'keyscan',
  GIT_COMMITTER_EMAIL: 'keyscan',
};

/** git(1): what is written goes into a directory of ours, what is there is found in the repository's. */
async function ownObjects(git: Git, folder: string): Promise<Environment> {
  const objects = join(folder, 'objects');
  mkdirSync(objects);
  const theirs = resolve(git.cwd, await line(git, ['rev-parse', '--git-path', 'objects']));
  const quoted = `"${theirs.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  const others = git.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  return {
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: others ? `${quoted}${delimiter}${others}` : quoted,
  };
}

/**
 * What is staged now, changed by git update-index. In a merge that is not resolved yet nothing can be committed: what is
 * checked out instead. A split index would put a part of the copy into the git directory (git-update-index(1)).
 */
async function copyIndex(git: Git, path: string, change: readonly string[]): Promise<void> {
  const index = resolve(git.cwd, await line(git, ['rev-parse', '--git-path', 'index']));
  const copying = withIndex(git, path);
  if (!existsSync(index)) await askGit(copying, ['read-tree', '--empty']);
  else if ((await askGit(git, ['ls-files', '--unmerged', '-z'])).length > 0)
    await askGit(copying, ['read-tree', 'HEAD']);
  else copyFileSync(index, path);
  await askGit(copying, ['-c', 'core.splitIndex=false', 'update-index', '--no-split-index', ...change]);
}

const withIndex = (git: Git, path: string): Git => ({ ...git, env: { ...git.env, GIT_INDEX_FILE: path } });

async function line(git: Git, args: readonly string[], input: string | Uint8Array = ''): Promise<string> {
  return (await askGit(git, args, input)).toString('utf8').replace(/\n$/, '');
}
