// Which commits of a range brought an object to a path: `git rev-list` into `git diff-tree --stdin`, raw and streamed.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { type Range, startRevisions } from './object-list.ts';
import { type Git, type GitProcess, startGit } from './process.ts';

/** Compared with one parent: a merge commit has as many of them for a path as it has parents that differ there. */
export interface Introduction {
  readonly commit: string;
  readonly oid: string;
  readonly path: RawPath;
  /** The path was not there before. */
  readonly isNew: boolean;
}

/**
 * From the newest commit to the oldest, children before their parents. `oids` are the objects to look for; when left
 * out, everything is given. Throws GitError when git fails or says anything else.
 */
export async function* listIntroductions(
  git: Git,
  range: Range,
  oids: readonly string[] | undefined,
): AsyncGenerator<Introduction, void, undefined> {
  const commits = startRevisions(git, range, ['--topo-order']);
  const format = ['--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const changes = startGit(git, [
    'diff-tree',
    ...['--stdin', '-r', '-m', '--root', '--ignore-submodules=none', ...format],
    ...(oids ?? []).map((oid) => `--find-object=${oid}`),
  ]);
  const passed = passOn(commits, changes);
  passed.catch(() => undefined);
  try {
    yield* parseIntroductions(changes.stdout);
    await changes.ended;
    await passed;
    await commits.ended;
  } finally {
    changes.kill();
    commits.kill();
  }
}

async function passOn({ stdout }: GitProcess, { stdin }: GitProcess): Promise<void> {
  for await (const chunk of stdout) stdin.write(chunk.toString('latin1'));
  stdin.end();
}

/** Reads `<commit>NUL` and then `:<mode> <mode> <oid> <oid> <status>NUL<path>NUL`…; throws GitError on anything else. */
export async function* parseIntroductions(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Introduction, void, undefined> {
  let rest = '';
  let commit: string | undefined;
  let change: RegExpExecArray | undefined;
  for await (const chunk of chunks) {
    const words = (rest + chunk.toString('latin1')).split('\0');
    rest = words.pop() ?? '';
    for (const word of words) {
      if (change) {
        const [, before = '', oid = '', status = ''] = change;
        if (commit === undefined || word === '') throw unreadable();
        // A change of the mode alone brings nothing.
        if (status !== 'D' && oid !== before) yield { commit, oid, path: word, isNew: status === 'A' };
        change = undefined;
      } else if (OID.test(word)) commit = word;
      else change = CHANGE.exec(word) ?? fail();
    }
  }
  if (rest !== '' || change) throw unreadable();
}

function fail(): never {
  throw unreadable();
}

const unreadable = (): GitError => new GitError('the output of git diff-tree is not what it should be');

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const CHANGE = /^:[0-7]{6} [0-7]{6} ([0-9a-f]{40}|[0-9a-f]{64}) ([0-9a-f]{40}|[0-9a-f]{64}) ([ADMT])$/;
