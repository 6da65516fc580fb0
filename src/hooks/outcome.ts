// What install or uninstall came to, and how: every file is planned before the first one is touched.

import type { HookChange, Plan } from './change.ts';
import { applyEdits, type Edit } from './edits.ts';

export interface Place {
  readonly host: 'git' | 'husky' | 'lefthook' | 'pre-commit';
  /** What was written lies in the work tree: it may be committed, and other clones lack it. */
  readonly inWorkTree: boolean;
  /** The hooks are those of all repositories of this user. */
  readonly everywhere: boolean;
}

export interface Outcome extends Place {
  readonly changes: readonly HookChange[];
  /** What takes it all back. */
  readonly back: readonly Edit[];
}

/** Throws HookRefusal, and then nothing has changed. */
export function outcomeOf(place: Place, plans: readonly Plan[]): Outcome {
  const back = applyEdits(plans.flatMap(({ edits }) => edits));
  return { ...place, changes: plans.map(({ change }) => change), back };
}
