// A path as people should see it.

import { relative } from 'node:path';
import { display } from '../report/display.ts';

/** From `cwd` where that is shorter, and safe to print. */
export function shown(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return display(way !== '' && way.length < path.length ? way : path);
}
