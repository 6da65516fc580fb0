// Why hooks were left as they are, as data; the words are made in src/commands/install.ts.

import type { Snippet } from './snippets.ts';

export type OtherManager = 'lefthook' | 'pre-commit' | 'simple-git-hooks';

export type Refusal =
  | { readonly kind: 'not-built'; readonly path: string }
  /** A bare repository, or a place inside a git directory: nothing is committed here. */
  | { readonly kind: 'no-work-tree' }
  /** core.hooksPath, set to `value`, names no directory. */
  | { readonly kind: 'hooks-off'; readonly value: string }
  /** core.hooksPath is set outside of this repository's own configuration, and what it names lies outside of it. */
  | {
      readonly kind: 'shared-directory';
      readonly path: string;
      /** A directory that would be this repository's own. */
      readonly own: string;
    }
  /** The hooks of all repositories are keyscan's (install --global). */
  | { readonly kind: 'set-everywhere' }
  /** core.hooksPath is relative in the configuration of the user: another folder for each repository. */
  | { readonly kind: 'relative-everywhere'; readonly value: string }
  /** git does not take up what was written into its configuration. */
  | { readonly kind: 'not-taken-up'; readonly path: string }
  | { readonly kind: 'no-home' }
  /** The configuration has to be edited by a person. */
  | ({ readonly kind: 'add-lines'; readonly path: string } & Snippet)
  /** git does not start the manager before a commit; `command` changes that. */
  | {
      readonly kind: 'manager-off';
      readonly manager: OtherManager;
      readonly path: string;
      readonly command: string;
    }
  /** The manager would set this hook aside. */
  | { readonly kind: 'launcher-taken'; readonly manager: OtherManager; readonly path: string }
  | { readonly kind: 'no-configuration'; readonly manager: OtherManager | 'husky' }
  | { readonly kind: 'strict-elsewhere'; readonly manager: OtherManager | 'husky' }
  | { readonly kind: 'strict-too-old'; readonly version: string }
  /** git does not run husky's scripts: husky has not been started in this clone or work tree. */
  | { readonly kind: 'husky-off'; readonly path: string }
  /** `path` is husky's own; it writes it anew each time. */
  | { readonly kind: 'husky-owns'; readonly path: string }
  /** Something that is not a plain file stands where a hook should. */
  | { readonly kind: 'not-a-file'; readonly path: string }
  | { readonly kind: 'not-executable'; readonly path: string }
  /** keyscan's own hook or block, changed since. */
  | { readonly kind: 'modified'; readonly path: string; readonly previous: string | undefined }
  /** Another program's hook stands where keyscan's was; `previous` is the one keyscan had set aside. */
  | { readonly kind: 'replaced'; readonly path: string; readonly previous: string }
  /** Somebody else's hook in the directory that is keyscan's own. */
  | { readonly kind: 'foreign'; readonly path: string }
  | { readonly kind: 'broken-block'; readonly path: string }
  | { readonly kind: 'unreachable'; readonly path: string; readonly line: number; readonly text: string }
  /** `undone`: everything done before the failure was taken back. */
  | { readonly kind: 'io'; readonly path: string; readonly code: string; readonly undone: boolean };

/** Thrown before anything is changed, or (`io`) after what was changed has been taken back. */
export class HookRefusal extends Error {
  override readonly name = 'HookRefusal';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** A refusal where the file system said no; any other error stays what it is, a bug. */
export function asRefusal(error: unknown, at?: string, undone = true): unknown {
  if (!(typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error)) return error;
  const path = at ?? ('path' in error ? String(error.path) : '');
  return new HookRefusal({ kind: 'io', path, code: String(error.code), undone });
}
