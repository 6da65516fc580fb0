// What a clone leaves out: older commits (shallow), or objects that git would fetch when it needs them (partial).

import { askGit, doesGit, type Git } from './process.ts';

export async function isShallow(git: Git): Promise<boolean> {
  return (await askGit(git, ['rev-parse', '--is-shallow-repository'])).toString('latin1').trim() === 'true';
}

/** git is told not to fetch (environment.ts): a scan is not the moment to use the network. */
export function isPartial(git: Git): Promise<boolean> {
  return doesGit(git, ['config', '--get-regexp', PROMISOR]);
}

const PROMISOR = '^(remote\\..*\\.promisor|extensions\\.partialclone)$';
