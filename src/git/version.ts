// The oldest git whose answers keyscan knows how to read.

import { GitError } from '../errors.ts';

const FLOOR = [2, 25] as const;

/** Takes what `git version` prints; gives the version. Throws GitError below the floor, or when it is no version. */
export function checkVersion(answer: string): string {
  const version = /^git version (\d+\.\d+\S*)/.exec(answer)?.[1];
  if (version === undefined) throw new GitError('git version gave no version', answer);
  if (!isAtLeast(version, ...FLOOR)) throw new GitTooOld(version);
  return version;
}

export class GitTooOld extends GitError {
  constructor(version: string) {
    super(`git ${version} is too old`, '', `keyscan needs git ${FLOOR.join('.')} or later`);
  }
}

/** `version` as `checkVersion` gives it. */
export function isAtLeast(version: string, major: number, minor: number): boolean {
  const first = Number.parseInt(version, 10);
  const second = Number.parseInt(version.slice(version.indexOf('.') + 1), 10);
  return first > major || (first === major && second >= minor);
}
