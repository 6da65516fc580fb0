// The hooks of git that keyscan stands in: to guard one more, add its line here.

export interface GatedHook {
  readonly name: 'pre-commit' | 'pre-merge-commit' | 'pre-push' | 'reference-transaction';
  /** git tells this hook something on stdin (the refs), which a previous hook and keyscan both must get. */
  readonly stdin: boolean;
  /** keyscan looks at what is staged: git can be asked while Node starts. */
  readonly asks: boolean;
  /** Only with --strict. */
  readonly strict: boolean;
}

/**
 * reference/git-and-hooks.md §1.3: a merge without conflict runs pre-merge-commit only, other commits pre-commit; what
 * neither sees (rebase, cherry-pick, --no-verify) is caught by pre-push at the latest, and at once by
 * reference-transaction (R85).
 */
export const GATED_HOOKS: readonly GatedHook[] = [
  { name: 'pre-commit', stdin: false, asks: true, strict: false },
  { name: 'pre-merge-commit', stdin: false, asks: true, strict: false },
  { name: 'pre-push', stdin: true, asks: false, strict: false },
  { name: 'reference-transaction', stdin: true, asks: false, strict: true },
];

/**
 * All that git looks for in a directory of hooks (githooks(5)). Left out: push-to-checkout, because git does something of
 * its own where there is none, and fsmonitor-watchman, which core.fsmonitor names.
 */
export const ALL_HOOKS: readonly string[] = [
  ...['applypatch-msg', 'pre-applypatch', 'post-applypatch', 'pre-commit', 'pre-merge-commit'],
  ...[
    'prepare-commit-msg',
    'commit-msg',
    'post-commit',
    'pre-rebase',
    'post-checkout',
    'post-merge',
    'pre-push',
  ],
  ...['pre-receive', 'update', 'proc-receive', 'post-receive', 'post-update', 'reference-transaction'],
  ...['pre-auto-gc', 'post-rewrite', 'sendemail-validate', 'post-index-change'],
  ...['p4-changelist', 'p4-prepare-changelist', 'p4-post-changelist', 'p4-pre-submit'],
];
