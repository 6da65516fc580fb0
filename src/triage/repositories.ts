// Reports of whole runs, each of another repository: told apart by the names of their files.

import type { Report } from '../model.ts';
import { withPaths } from './moved.ts';

/** What tells the files apart: `out/web.json`, `out/api.json` are `web`, `api`; `web/r.json`, `api/r.json` are, too. */
export function namesOf(files: readonly string[]): string[] {
  const split = files.map((file) => file.replace(/\.json$/, '').split(/[\\/]/));
  const shortest = Math.min(...split.map(({ length }) => length));
  const isShared = (at: number): boolean => new Set(split.map((parts) => parts.at(at))).size === 1;
  let start = 0;
  while (start < shortest - 1 && isShared(start)) start += 1;
  let end = 0;
  while (end < shortest - 1 - start && isShared(-1 - end)) end += 1;
  return split.map((parts) => parts.slice(start, parts.length - end).join('/'));
}

/** The report with every path and every reference below the name of its repository. */
export function within(name: string, report: Report): Report {
  const below = (path: string): string => (path === '' ? name : `${name}/${path}`);
  const moved = <T extends { readonly path: string }>(entry: T): T => ({ ...entry, path: below(entry.path) });
  const inside = withPaths(report, below);
  return {
    ...inside,
    findings: inside.findings.map(({ exposure, ...finding }) => ({
      ...finding,
      ...(exposure && {
        exposure: {
          ...exposure,
          introduced: exposure.introduced && moved(exposure.introduced),
          removed: exposure.removed && moved(exposure.removed),
          moves: exposure.moves.map(moved),
          refs: exposure.refs.map((holder) => ({ ...holder, name: below(holder.name) })),
          remotes: exposure.remotes.map(below),
          steps: exposure.steps.map(({ text, commands }) => ({ text: `${name}: ${text}`, commands })),
        },
      }),
    })),
  };
}
