// The oldest git whose answers keyscan knows how to read.

import { GitError } from '../errors.ts';

const FLOOR = [2, 25] as const;

/** Takes what `git version` prints; gives the version. Throws GitError below the floor, or when it is no version. */
export function checkVersion(answer: string): string {
  const match = /^git version ((\d+)\.(\d+)\S*)/.exec(answer);
  const [, version, major, minor] = match ?? [];
  if (version === undefined) throw new GitError('git version gave no version', answer);
  const isOld = Number(major) < FLOOR[0] || (Number(major) === FLOOR[0] && Number(minor) < FLOOR[1]);
  if (isOld)
    throw new GitError(`git ${version} is too old`, '', `keyscan needs git ${FLOOR.join('.')} or later`);
  return version;
}
