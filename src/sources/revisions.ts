// Which part of the history the words of the command line mean.

import { isDay } from '../day.ts';
import { UsageError } from '../errors.ts';
import { listAncestry } from '../git/lineage.ts';
import type { Range } from '../git/object-list.ts';
import { askGit, type Git } from '../git/process.ts';

/**
 * `words`: revisions and ranges as gitrevisions(7) has them, none: everything that references lead to; `since`: a date as
 * git reads it, of a day alone its first minute. `shown` is for the report, `after` what git made of the date. Throws UsageError
 * for what git does not know, and for a date that is none or not past.
 */
export async function revisionRange(
  git: Git,
  words: readonly string[],
  since: string | undefined,
): Promise<{ readonly shown: string; readonly range: Range; readonly after?: Date }> {
  const from: string[] = [];
  const without: string[] = [];
  for (const word of words)
    for (const line of await resolved(git, word)) {
      if (line.startsWith('^')) without.push(line.slice(1));
      else from.push(line);
    }
  const all = words.length === 0 ? ['--all'] : [];
  const shown = [...words, ...(since === undefined ? [] : [`--since=${since}`])].join(' ');
  if (since === undefined) return { shown, range: { from, without } };
  // git would take the time of day that it is now (date.c, approxidate), and leave out what was committed before.
  const seconds = await secondsOf(git, isDay(since) ? `${since} 00:00` : since);
  const input = [...from, ...without.map((oid) => `^${oid}`)].map((line) => `${line}\n`).join('');
  const commits = await listAncestry(git, all, input);
  // By their dates, commits may be older than their parents. git, given the date, would not look behind such a one.
  const recent = new Set<string>();
  for (const { commit, parents, time } of commits)
    if (time >= seconds || parents.some((parent) => recent.has(parent))) recent.add(commit);
  const older = commits.flatMap(({ commit, parents }) =>
    recent.has(commit) ? parents.filter((parent) => !recent.has(parent)) : [],
  );
  const range = { from: [...recent], without: [...new Set([...without, ...older])] };
  return { shown, range, after: new Date(seconds * 1000) };
}

/** What git cannot read as a date is the present to it (date.c, approxidate), and nothing would be looked at. */
async function secondsOf(git: Git, since: string): Promise<number> {
  const present = Math.floor(Date.now() / 1000);
  const said = await askGit(git, ['rev-parse', `--since=${since}`]);
  const seconds = Number(/^--max-age=(\d+)\n$/.exec(said.toString('latin1'))?.[1] ?? present);
  if (seconds >= present)
    throw new UsageError(
      `--since=${since} is no date in the past to git`,
      'keyscan history --since=2026-01-31, or: --since="2 weeks ago"',
    );
  return seconds;
}

/** Object ids, with `^` before those to leave out. */
async function resolved(git: Git, word: string): Promise<readonly string[]> {
  const unknown = new UsageError(
    `git knows no revision ${word}`,
    'keyscan history A..B, or: keyscan history main',
  );
  // It could be an option.
  if (word.startsWith('-')) throw unknown;
  const said = await askGit(git, ['rev-parse', '--revs-only', word]).catch(() => {
    throw unknown;
  });
  const lines = said.toString('latin1').split('\n').slice(0, -1);
  if (lines.length === 0 || !lines.every((line) => /^\^?[0-9a-f]{40,64}$/.test(line))) throw unknown;
  return lines;
}
