// Errors of the operating system, by their codes (errno(3)).

/** `ENOENT` and the like; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  const isOfSystem = typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
  return isOfSystem ? String(error.code) : undefined;
}
