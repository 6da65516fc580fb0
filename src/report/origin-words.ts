// Where in a repository's history something stands, in words.

import type { Occurrence, Origin } from '../model.ts';
import { display } from './display.ts';

/** Long enough to be the only one in any repository, short enough to read. */
const ID = 12;

export const shortId = (commit: string): string => commit.slice(0, ID);

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
