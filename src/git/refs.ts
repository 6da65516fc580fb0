// References and remotes as git resolves them, by exact names: never by a pattern, which a name could contain.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { askGit, doesGit, type Git } from './process.ts';

export interface Ref {
  /** In full: `refs/heads/main`. */
  readonly name: RawPath;
  readonly oid: string;
  /** The reference it stands for, empty when it stands for itself. */
  readonly target: RawPath;
}

/** Every reference below one of the prefixes, such as `refs/heads`, without those git finds broken. Throws GitError. */
export async function listRefs(git: Git, ...prefixes: readonly string[]): Promise<Ref[]> {
  const format = '%(objectname) %(refname) %(symref)';
  const said = (await askGit(git, ['for-each-ref', `--format=${format}`, ...prefixes])).toString('latin1');
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [oid = '', name = '', target = ''] = line.split(' ');
      if (!/^[0-9a-f]{40,64}$/.test(oid) || name === '')
        throw new GitError('git for-each-ref gave an unexpected answer');
      return { oid, name, target };
    });
}

/** Where a remote's branches are kept: `refs/remotes/origin/` of `+refs/heads/*:refs/remotes/origin/*`. */
export interface Tracking {
  readonly remote: string;
  readonly prefix: RawPath;
}

/** One for each fetch line of the configuration that ends in a pattern. Throws GitError. */
export async function listTracking(git: Git): Promise<Tracking[]> {
  const question = ['config', '--null', '--get-regexp', '^remote\\..*\\.fetch$'];
  if (!(await doesGit(git, question))) return [];
  const entries = (await askGit(git, question)).toString('latin1').split('\0');
  return entries.flatMap((entry) => {
    const [, remote, prefix] = /^remote\.([^\n]*)\.fetch\n\+?[^:]*:([^*]+)\*/.exec(entry) ?? [];
    return remote === undefined || prefix === undefined ? [] : [{ remote, prefix }];
  });
}

/** The address a remote is fetched from, as git would rewrite it; for what is no remote, the same. Throws GitError. */
export async function fetchAddress(git: Git, remote: string): Promise<string> {
  return (await askGit(git, ['ls-remote', '--get-url', '--', remote]))
    .toString('latin1')
    .replace(/\r?\n$/, '');
}
