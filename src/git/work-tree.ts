// Which files a work tree has, by git's own list: those it tracks and those it would, and what it leaves out.

import { GitError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { askGit, explainFailure, type Git, hearGit } from './process.ts';

/**
 * `deleted`: tracked, and not there, or git could not see it. `sparse`: tracked, and not meant to be in the work tree
 * (git-sparse-checkout(1)).
 */
export type FileStanding = 'file' | 'deleted' | 'sparse';

export interface WorkTreeEntry {
  /** From the folder git was run in; a folder that git does not look into ends in a slash. */
  readonly path: RawPath;
  /** `repository`: a submodule, or a repository within this one. `ignored`: not tracked; a file or a whole folder. */
  readonly standing: FileStanding | 'repository' | 'ignored';
}

export interface WorkTree {
  /** Each path once. */
  readonly entries: readonly WorkTreeEntry[];
  /** Folders git could not look into, as it names them: from the top, unprintable bytes as `?`. */
  readonly unlisted: readonly string[];
}

/** With `includeIgnored`, ignored files are files like all others. Throws GitError. */
export async function listWorkTree(git: Git, includeIgnored: boolean): Promise<WorkTree> {
  const standard = includeIgnored ? [] : ['--exclude-standard'];
  const others = ['ls-files', '-z', '--others', ...standard];
  try {
    const [known, ignored] = await Promise.all([
      hearGit(git, [...others, '-t', '--stage', '--cached', '--deleted']),
      includeIgnored ? '' : listIgnored(git, others),
    ]);
    return {
      entries: [...parseKnown(known.stdout.toString('latin1')), ...parseIgnored(ignored)],
      unlisted: [...known.complaint.matchAll(UNLISTED)].map(([, folder = '']) => folder),
    };
  } catch (error) {
    throw await explainFailure(git, error);
  }
}

async function listIgnored(git: Git, others: readonly string[]): Promise<string> {
  try {
    return (await askGit(git, [...others, '--ignored', '--directory'])).toString('latin1');
  } catch (error) {
    // Of the ignored folder itself git says `./`; of one below it, it finds no name and dies (seen with 2.39.5).
    if (error instanceof GitError && error.message.includes(NAMELESS)) return './\0';
    throw error;
  }
}

const NAMELESS = 'directory entry not superset of prefix';

/** git lists the rest and exits with 0 (seen with 2.39.5); the text is the same since 2.18, in the C locale. */
const UNLISTED = /^warning: could not open directory '(.*)': .*$/gm;

/**
 * Reads `? <path>NUL` and `<tag> <mode> <oid> <stage>TAB<path>NUL` (git-ls-files(1)). A deleted file comes twice, one
 * with conflicts once for each side.
 */
function parseKnown(text: string): WorkTreeEntry[] {
  const standings = new Map<RawPath, WorkTreeEntry['standing']>();
  for (const record of records(text)) {
    if (record.startsWith('? ')) {
      const path = record.slice(2);
      standings.set(path, path.endsWith('/') ? 'repository' : 'file');
    } else {
      const [head = '', tag = '', mode] = TRACKED.exec(record) ?? [];
      if (mode === undefined) throw unexpected();
      const standing = tag === 'R' ? 'deleted' : tag === 'S' ? 'sparse' : 'file';
      standings.set(record.slice(head.length), mode === GITLINK ? 'repository' : standing);
    }
  }
  return [...standings].map(([path, standing]) => ({ path, standing }));
}

const TRACKED = /^([HSMR]) ([0-7]{6}) (?:[0-9a-f]{40}|[0-9a-f]{64}) [0-3]\t/;
const GITLINK = '160000';

/** git names some of the files in a folder that it has named as a whole. */
function* parseIgnored(text: string): Iterable<WorkTreeEntry> {
  let folder: RawPath | undefined;
  for (const path of [...records(text)].sort()) {
    if (folder !== undefined && path.startsWith(folder)) continue;
    if (path.endsWith('/')) folder = path;
    yield { path, standing: 'ignored' };
  }
}

function* records(text: string): Iterable<string> {
  const all = text.split('\0');
  if (all.pop() !== '') throw unexpected();
  for (const record of all) {
    if (record === '') throw unexpected();
    yield record;
  }
}

const unexpected = () => new GitError('the output of git ls-files is not what it should be');
