// The hooks of git that keyscan stands in: to guard one more, add its line here.

export interface GatedHook {
  readonly name: 'pre-commit' | 'pre-merge-commit';
  /** git tells this hook something on stdin (pre-push: the refs), which a previous hook and keyscan both must get. */
  readonly stdin: boolean;
  /** keyscan looks at what is staged. */
  readonly asks: boolean;
}

/** reference/git-and-hooks.md §1.3: a merge without conflict runs pre-merge-commit only, everything else pre-commit. */
export const GATED_HOOKS: readonly GatedHook[] = [
  { name: 'pre-commit', stdin: false, asks: true },
  { name: 'pre-merge-commit', stdin: false, asks: true },
];
