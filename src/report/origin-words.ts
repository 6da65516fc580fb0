// Where in a repository's history something stands, in words.

import type { Occurrence, Origin } from '../model.ts';
import { display } from './display.ts';

/** Long enough to be the only one in any repository, short enough to read. */
const ID = 12;

export const shortId = (commit: string): string => commit.slice(0, ID);

/** An occurrence that stands for those of later commits at the same path. */
export interface Folded {
  readonly occurrence: Occurrence;
  readonly later: number;
}

/** Every change of a file is another commit with the same credential: of those, people need the first, by its date. */
export function foldCommits(occurrences: readonly Occurrence[]): Folded[] {
  const firsts = new Map<string, { occurrence: Occurrence; later: number }>();
  return occurrences.flatMap((occurrence) => {
    const { path, origin } = occurrence;
    if (origin.kind !== 'commit' || origin.commit === undefined) return { occurrence, later: 0 };
    const first = firsts.get(path);
    if (!first) {
      const fresh = { occurrence, later: 0 };
      firsts.set(path, fresh);
      return fresh;
    }
    if (timeOf(occurrence) < timeOf(first.occurrence)) first.occurrence = occurrence;
    first.later += 1;
    return [];
  });
}

/** Milliseconds; 0 when it is not known. */
export const timeOf = ({ origin: { date = '' } }: Occurrence): number => Date.parse(date) || 0;

/** What it is and who made it: `commit 1a2b3c4d5e6f, 2024-05-06, Ada`; empty for what is in no history. */
export function originWords({ path, origin }: Pick<Occurrence, 'path' | 'origin'>): string {
  return [whatItIs(path, origin), made(origin)].filter(Boolean).join(', ');
}

function whatItIs(path: string, { kind, commit }: Origin): string {
  const inCommit = commit === undefined ? '' : `commit ${display(shortId(commit))}`;
  if (kind === 'name')
    return [`in the name of the ${path.startsWith('refs/') ? 'reference' : 'file'}`, inCommit]
      .filter(Boolean)
      .join(', ');
  if (kind === 'tag') return 'in the message of the tag';
  // Only where the files of a commit are scanned beside what is new.
  if (kind === 'file' && commit !== undefined) return 'older than this change';
  return kind === 'message' && commit !== undefined ? 'in its message or in a name' : inCommit;
}

function made({ author, date }: Origin): string {
  return [date?.slice(0, 10), author].flatMap((each) => (each ? [display(each)] : [])).join(', ');
}
