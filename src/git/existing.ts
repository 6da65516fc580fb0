// Which objects are here, without reading them.

import { GitError } from '../errors.ts';
import { askGit, type Git } from './process.ts';

/** Those of the object ids that git has. Throws GitError. */
export async function existing(git: Git, oids: readonly string[]): Promise<Set<string>> {
  const asked = [...new Set(oids)];
  if (asked.length === 0) return new Set();
  const said = await askGit(git, ['cat-file', '--batch-check'], asked.map((oid) => `${oid}\n`).join(''));
  const answers = said.toString('latin1').split('\n');
  const isSound =
    answers.length === asked.length + 1 && asked.every((oid, at) => answers[at]?.startsWith(`${oid} `));
  if (!isSound) throw new GitError('git cat-file gave an unexpected answer');
  return new Set(asked.filter((oid, at) => answers[at] !== `${oid} missing`));
}
