// Repositories as people make them, at random: everything that can be done to a history, with fresh keys in all of it.

import { rmSync } from 'node:fs';
import { freshKey } from '../support/keys.ts';
import type { WorkTree } from '../support/repository.ts';

/** Does so many things to a repository; the keys it has put somewhere. */
export function generate(repo: WorkTree, random: () => number, actions: number): string[] {
  const keys: string[] = [];
  let made = 0;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const key = (): string => {
    if (keys.length > 0 && random() < 0.4) return pick(keys);
    const fresh = freshKey('F11', random);
    keys.push(fresh);
    return fresh;
  };
  const line = (): string => `key = "${key()}"\n`;
  const content = (): string => {
    made += 1;
    const body = random() < 0.6 ? line() : '';
    return `${made % 3 === 0 ? `line ${made}\n` : ''}common\n${body}end\n${made % 5 === 0 ? `${made}\n` : ''}`;
  };
  const PATHS = ['a', 'b', 'd/a', 'd/e/f', 'x y', 'ä'];
  const git = (...args: string[]): boolean => repo.tryGit(args).status === 0;
  const said = (...args: string[]): string[] =>
    repo
      .git(...args)
      .split('\n')
      .filter(Boolean);
  const branches = (): string[] => said('for-each-ref', '--format=%(refname:short)', 'refs/heads');
  const commit = (message = `commit ${made}`): void => {
    repo.env.GIT_COMMITTER_DATE = `${1_700_000_000 + made * 100} +0000`;
    repo.env.GIT_AUTHOR_DATE = repo.env.GIT_COMMITTER_DATE;
    repo.commit(message);
  };
  const write = (): void => repo.write(pick(PATHS), content());
  const blob = (text: string): string => repo.bytes(['hash-object', '-w', '--stdin'], text).toString().trim();
  const treeOf = (text: string): string =>
    repo
      .bytes(['mktree'], `100644 blob ${blob(text)}\tfile\n`)
      .toString()
      .trim();
  /** Whatever conflicts is committed as it lies there. */
  const settle = (): void => {
    if (!git('add', '--all') || !git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'settled'))
      abort();
  };
  const abort = (): void => {
    for (const what of ['merge', 'rebase', 'cherry-pick', 'revert']) git(what, '--abort');
    git('reset', '-q', '--hard');
  };
  const changed = (): void => {
    write();
    commit();
  };

  const ACTIONS: readonly (() => unknown)[] = [
    changed,
    changed,
    changed,
    () => {
      rmSync(`${repo.path}/${pick(PATHS)}`, { force: true, recursive: true });
      commit();
    },
    () => git('mv', '-f', pick(PATHS), pick(PATHS)) && commit('rename'),
    () => git('checkout', '-q', '-f', '-b', `b${made}`, pick(branches())),
    () => git('checkout', '-q', '-f', pick(branches())),
    () => git('branch', '-D', pick(branches())),
    ...[1, 2, 3].map(() => () => git('checkout', '-q', '-f', '-B', `side${made % 4}`) && changed()),
    ...[1, 2, 3].map(() => () => git('merge', '-q', '--no-ff', '-m', 'merge', `side${made % 4}`) || settle()),
    () => git('merge', '-q', '--no-ff', '-m', 'merge', pick(branches())) || settle(),
    () => git('merge', '-q', '--no-ff', '-s', 'ours', '-m', 'ours', pick(branches())),
    () => git('merge', '-q', '--no-ff', '-m', 'octopus', pick(branches()), pick(branches())) || abort(),
    () => {
      git('merge', '-q', '--no-ff', '--no-commit', pick(branches()));
      write();
      settle();
    },
    () => {
      write();
      git('add', '--all');
      git('commit', '-q', '--amend', '--no-verify', '-m', 'amended');
    },
    () => git('rebase', '-q', pick(branches())) || abort(),
    () => git('cherry-pick', '--allow-empty', pick(branches())) || abort(),
    () => git('revert', '--no-edit', 'HEAD') || abort(),
    () => git('reset', '-q', '--hard', 'HEAD~'),
    () => {
      write();
      repo.write(`untracked${made}`, content());
      git('stash', '-q', '-u');
    },
    () => git('tag', '-a', `t${made}`, '-m', random() < 0.5 ? line() : 'tag', pick(branches())),
    () => git('tag', `l${made}`, random() < 0.5 ? blob(line()) : treeOf(line())),
    () => git('notes', 'add', '-f', '-m', line(), 'HEAD'),
    () => blob(line()),
    () => repo.git('commit-tree', treeOf(line()), '-p', 'HEAD', '-m', 'loose'),
    () => git('update-ref', `refs/odd/r${made}`, repo.git('commit-tree', treeOf(line()), '-m', 'odd')),
    () => git('update-ref', `refs/remotes/origin/r${made}`, pick(branches())),
    () => git('checkout', '-q', '--detach'),
    () => commit(`message ${key()}`),
    () => git('-c', `user.name=${key()}`, 'commit', '-q', '--allow-empty', '--no-verify', '-m', 'named'),
    () => git('replace', '-f', blob(line()), blob('clean\n')),
    () => random() < 0.3 && git('reflog', 'expire', '--expire=now', '--all'),
    () => random() < 0.3 && git('repack', '-q', '-d'),
  ];
  changed();
  for (let n = 0; n < actions; n += 1) {
    made += 1;
    pick(ACTIONS)();
  }
  write();
  git('add', '--all');
  return keys;
}
