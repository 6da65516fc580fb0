// Whether git would run a file as a hook.

import { accessSync, constants, statSync } from 'node:fs';

/** A file, links followed, that may be executed: what is not, git leaves out with a hint at most. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
