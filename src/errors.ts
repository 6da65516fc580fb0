// The three kinds of bad news and the exit codes; a problem is data (model.ts), a bug is any other Error.

/** CONTRACT §2. The process starts at `incomplete` and is lowered only by a complete, balanced run. */
export const ExitCode = { clean: 0, findings: 1, incomplete: 2 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Something the user can set right: says what and where, and what to do next. Never holds scanned content. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** git could not answer, or died. `detail` is git's own stderr. */
export class GitError extends UsageError {
  readonly detail: string;
  constructor(message: string, detail = '', hint?: string) {
    super(message, hint);
    this.detail = detail;
  }
}
