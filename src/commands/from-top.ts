// Paths as the reader of a report file needs them: a CI service knows the repository, not the folder keyscan was started in.

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { repositoryAround } from '../git/around.ts';
import type { Report } from '../model.ts';
import { withPaths } from '../triage/moved.ts';

/** The same report with the paths of files as they are from the top of the repository around `cwd`, where they are below it. */
export function fromTop(report: Report, cwd: string): Report {
  const top = report.mode === 'files' ? repositoryAround(cwd) : undefined;
  if (top === undefined) return report;
  return withPaths(report, (path) => pathFrom(top, cwd, path));
}

function pathFrom(top: string, cwd: string, path: string): string {
  if (path === '') return path;
  const below = relative(top, resolve(cwd, path));
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/');
}
