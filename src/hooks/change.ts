// What was done to one file of the hooks, or is about to be: the edits, and what to say of it.

import type { Edit } from './edits.ts';

/**
 * Install: `written` a new file, `wrapped` around an existing hook, `added` to a script, `renewed`, `unchanged`.
 * Uninstall: `removed` the file, `restored` what was there before, `absent` nothing of ours there.
 */
export type Action =
  | 'written'
  | 'wrapped'
  | 'added'
  | 'renewed'
  | 'unchanged'
  | 'removed'
  | 'restored'
  | 'absent';

export interface PreviousHook {
  readonly hook: string;
  readonly path: string;
  /** git would run it: it is executable and there. */
  readonly runs: boolean;
  /** It seems to look at the name it is called by, which is not the hook's name any more. */
  readonly looksAtItsName: boolean;
}

export interface HookChange {
  readonly path: string;
  readonly action: Action;
  readonly previous?: PreviousHook | undefined;
}

export interface Plan {
  readonly change: HookChange;
  readonly edits: readonly Edit[];
}
