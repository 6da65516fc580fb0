// Where a repository begins, found without asking git.

import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder from `folder` upwards that git would take for the top of a repository. Absolute. */
export function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isTop(at)) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** A file leads to the repository; a folder without a HEAD is none, and git looks further up. */
function isTop(folder: string): boolean {
  const path = join(folder, '.git');
  try {
    return statSync(path).isFile() || existsSync(join(path, 'HEAD'));
  } catch {
    return false;
  }
}
