// The words for the history of one credential in one repository. Imports nothing.

/** A commit that brought a credential to a path, or took it away from there. */
export interface Move {
  readonly kind: 'introduced' | 'removed';
  readonly commit: string;
  /** A name, never an address; empty when there is none. Bytes as latin1 where it comes from a source, text in a report. */
  readonly author: string;
  /** When it was authored: ISO 8601 with a time zone; empty when it is not known. */
  readonly date: string;
  /** Like `Occurrence.path`; the message of a commit is called `commit/ID`. */
  readonly path: string;
}

/** `past`: older commits of it; `tip`: what it points to. `reflog`: only a record of where a reference once was. */
export interface Holder {
  /** In full: `refs/heads/main`, `refs/stash@{1}`, `HEAD@{3}`, `worktrees/NAME/HEAD`. */
  readonly name: string;
  /** `head`: of a work tree that is on no branch; `index`: of another work tree. */
  readonly kind: 'branch' | 'remote' | 'tag' | 'stash' | 'note' | 'head' | 'index' | 'reflog' | 'other';
  readonly at: 'tip' | 'past';
}

/** What to do now, for one credential: a sentence, and commands that do it. */
export interface Step {
  readonly text: string;
  readonly commands: readonly string[];
}

/** The story of one credential in one repository: since when, until when, where still, and who may have it. */
export interface Exposure {
  /**
   * The first that brought it, of those a reference leads to before those it no longer does; `null`: no commit has it (only
   * the index, a tag, or what nothing refers to).
   */
  readonly introduced: Move | null;
  /** The last that took it away; `null`: it is still at the tip of something, or nothing took it away. */
  readonly removed: Move | null;
  /** In the order of the history: parents before children, else by date; no more than 1000. */
  readonly moves: readonly Move[];
  /** What still leads to it, in order of names. */
  readonly refs: readonly Holder[];
  /** Names of the remote-tracking references (or records of where they were) among them: it has been published. */
  readonly remotes: readonly string[];
  /** Whether a reference or a reflog leads to it, or the index holds it. */
  readonly isReachable: boolean;
  readonly inIndex: boolean;
  readonly inWorkTree: boolean;
  /** From the day of its introduction to the day of the run, UTC; `null` when that is not known. */
  readonly days: number | null;
  /** `pushed`: a remote has it. `local`: nothing says that it left. `unknown`: it may have left without a trace. */
  readonly verdict: 'local' | 'pushed' | 'unknown';
  readonly steps: readonly Step[];
  /** Only in the report of a part (`Shard`): what the whole story is concluded from when parts are put together. */
  readonly evidence?: Evidence;
}

/** All that is known of one credential in one repository, before anything is concluded from it. */
export interface Evidence {
  /** Of every file that had it, also where one only took the place of another. */
  readonly moves: readonly KnownMove[];
  readonly holders: readonly KnownHolder[];
  /** Whether there are references that tell of a remote at all. */
  readonly isCompared: boolean;
  readonly inIndex: boolean;
  readonly inWorkTree: boolean;
  /** Of the run, UTC: `2026-11-21`. */
  readonly day: string;
}

export interface KnownMove extends Move {
  /** Of its commit in the order of the history. */
  readonly nth: number;
  /** Whether its commit has no parents. */
  readonly isRoot: boolean;
  /** Of a merge that does not have what one of its parents had taken away before: only shows that it was there. */
  readonly isOld: boolean;
  /** Whether a reference leads to its commit, and not only a record of one, or nothing. */
  readonly isKept: boolean;
}

/** Of the records of one reference only the newest. `branch head`: of a work tree that is on a branch. */
export interface KnownHolder extends Pick<Holder, 'name' | 'at'> {
  readonly kind: Holder['kind'] | 'branch head';
  readonly isRemote: boolean;
  /** What it points to. */
  readonly oid: string;
  /** Of a `branch head`, the branch, in full; else empty. */
  readonly branch: string;
  /** Of what can be rewritten, the commits it leads to that brought it. */
  readonly brought: readonly string[];
}
