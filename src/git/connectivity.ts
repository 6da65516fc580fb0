// What a repository needs and does not have, as far as references, records of them and the index lead there (git-fsck(1)).

import { type Git, startGit } from './process.ts';

/** Ids of missing objects, in order. Slow: for when there is a reason to ask. Throws GitError. */
export async function listMissing(git: Git): Promise<string[]> {
  const child = startGit(git, ['fsck', '--connectivity-only', '--no-dangling', '--no-progress']);
  child.stdin.end();
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  await child.ended.catch((error: unknown) => {
    // What is wrong is said in bits; 128 is a git that could not look.
    if (!(error instanceof Error) || !/ended with [1-9]\d?\b/.test(error.message)) throw error;
  });
  const said = Buffer.concat(chunks).toString('latin1');
  const ids = [...said.matchAll(/^missing \w+ ([0-9a-f]{40,64})$/gm)].map(([, oid = '']) => oid);
  return [...new Set(ids)].sort();
}
