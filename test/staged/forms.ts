// Every form of making a commit in reference/git-and-hooks.md table 1.3 that runs a hook keyscan stands in.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkTree } from '../support/repository.ts';
import type { Attempt } from './proof.ts';

export interface Form {
  readonly name: string;
  /** From a tree with one clean commit to the point where the command would record the key. */
  readonly prepare: (tree: WorkTree, key: string) => void;
  readonly attempt: Pick<Attempt, 'command' | 'input' | 'undo'>;
}

const line = (key: string): string => `OPENAI_API_KEY=${key}\n`;
const M = ['--quiet', '-m', 'x'];

function stage(tree: WorkTree, name: string, content: string): void {
  tree.write(name, content);
  tree.git('add', name);
}

/** A branch off HEAD with these files changed; the tree is back on its own branch afterwards. */
function branch(tree: WorkTree, name: string, files: Readonly<Record<string, string>>): void {
  const own = tree.git('rev-parse', '--abbrev-ref', 'HEAD');
  tree.git('checkout', '--quiet', '-b', name);
  for (const [path, content] of Object.entries(files)) tree.write(path, content);
  tree.commit(name);
  tree.git('checkout', '--quiet', own);
}

/** Two branches that have changed the same file; the key is in how that is resolved. */
function conflict(tree: WorkTree, key: string, start: 'merge' | 'cherry-pick'): void {
  branch(tree, 'side', { 'shared.txt': 'theirs\n' });
  tree.write('shared.txt', 'ours\n');
  tree.commit();
  tree.tryGit([start, 'side']);
  tree.git('rev-parse', '--verify', start === 'merge' ? 'MERGE_HEAD' : 'CHERRY_PICK_HEAD');
  stage(tree, 'shared.txt', line(key));
}

function diverge(tree: WorkTree): void {
  branch(tree, 'side', { 'side.txt': 'clean\n' });
  tree.write('own.txt', 'clean\n');
  tree.commit();
}

/** A driver that puts the key into what git merges by itself: the only way a merge nobody stops can hold a new one. */
function leakInMerge(tree: WorkTree, key: string): void {
  const secret = join(tree.path, tree.git('rev-parse', '--show-cdup'), '..', 'secret');
  writeFileSync(secret, line(key));
  tree.git('config', 'merge.leak.driver', `cat '${secret}' > %A`);
  tree.write('.gitattributes', 'shared.txt merge=leak\n');
  tree.write('shared.txt', 'base\n');
  tree.commit();
  branch(tree, 'side', { 'shared.txt': 'theirs\n' });
  tree.write('shared.txt', 'ours\n');
  tree.commit();
}

export const FORMS: readonly Form[] = [
  {
    name: 'commit',
    prepare: (tree, key) => stage(tree, 'a.env', line(key)),
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'commit --amend',
    prepare: (tree, key) => stage(tree, 'a.env', line(key)),
    attempt: { command: ['commit', '--amend', ...M] },
  },
  {
    name: 'commit -a',
    prepare: (tree, key) => tree.write('README', line(key)),
    attempt: { command: ['commit', '-a', ...M] },
  },
  {
    name: 'commit -p',
    prepare: (tree, key) => tree.write('README', `clean\n${line(key)}`),
    attempt: { command: ['commit', '-p', ...M], input: 'y\n' },
  },
  {
    name: 'commit -i path',
    prepare: (tree, key) => {
      stage(tree, 'other.txt', 'clean\n');
      tree.write('README', line(key));
    },
    attempt: { command: ['commit', ...M, '-i', 'README'] },
  },
  {
    name: 'commit -- path',
    prepare: (tree, key) => {
      stage(tree, 'other.txt', 'clean\n');
      tree.write('README', line(key));
    },
    attempt: { command: ['commit', ...M, '--no-edit', 'README'] },
  },
  {
    name: 'commit --only path in a new folder',
    prepare: (tree, key) => {
      stage(tree, 'other/a.txt', 'clean\n');
      stage(tree, 'new/folder/b.txt', 'clean\n');
      tree.write('new/folder/b.txt', line(key));
    },
    attempt: { command: ['commit', ...M, '--only', 'new/folder/b.txt'] },
  },
  {
    name: 'the first commit of a branch',
    prepare: (tree, key) => {
      tree.git('checkout', '--quiet', '--orphan', 'fresh');
      stage(tree, 'a.env', line(key));
    },
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'merge without conflict',
    prepare: leakInMerge,
    attempt: { command: ['merge', '--quiet', '--no-edit', 'side'], undo: ['merge', '--abort'] },
  },
  {
    name: 'merge with a conflict, then commit',
    prepare: (tree, key) => conflict(tree, key, 'merge'),
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'merge --squash, then commit',
    prepare: (tree, key) => {
      branch(tree, 'side', { 'a.env': line(key) });
      // Squashed, the other branch is no parent, and what it holds is new.
      tree.git('merge', '--squash', '--quiet', 'side');
    },
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'merge --no-commit, a file added (evil merge)',
    prepare: (tree, key) => {
      diverge(tree);
      tree.git('merge', '--no-commit', '--quiet', 'side');
      stage(tree, 'a.env', line(key));
    },
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'merge of two branches at once, --no-commit, a file changed',
    prepare: (tree, key) => {
      diverge(tree);
      branch(tree, 'third', { 'third.txt': 'clean\n' });
      tree.write('own.txt', 'clean again\n');
      tree.commit();
      tree.git('merge', '--no-commit', '--quiet', 'side', 'third');
      stage(tree, 'third.txt', line(key));
    },
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'cherry-pick with a conflict, then commit',
    prepare: (tree, key) => conflict(tree, key, 'cherry-pick'),
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'revert with a conflict, then commit',
    prepare: (tree, key) => {
      for (const content of ['one\n', 'two\n', 'three\n']) {
        tree.write('shared.txt', content);
        tree.commit();
      }
      tree.tryGit(['revert', 'HEAD~1']);
      tree.git('rev-parse', '--verify', 'REVERT_HEAD');
      stage(tree, 'shared.txt', line(key));
    },
    attempt: { command: ['commit', ...M] },
  },
  {
    name: 'rebase, stopped to edit, commit --amend',
    prepare: (tree, key) => {
      tree.write('own.txt', 'clean\n');
      tree.commit();
      tree.tryGit(['rebase', '--quiet', '--interactive', 'HEAD~1'], {
        env: { GIT_SEQUENCE_EDITOR: 'sed -i.bak s/^pick/edit/' },
      });
      tree.git('rev-parse', '--verify', 'REBASE_HEAD');
      stage(tree, 'a.env', line(key));
    },
    attempt: { command: ['commit', '--amend', ...M] },
  },
];
