// What is said of a git that gave no answer: the message, git's own words and the hint of a GitError.

/** `call` says what was asked of git and how that ended; `stderr` is UTF-8. */
export function failureWords(call: string, stderr: string): [message: string, detail: string, hint?: string] {
  const [, first] = /^(?:fatal|error): (.*)$/m.exec(stderr) ?? [];
  // setup.c of git: with "(or any", it has looked in all folders above; else a variable or a file leads nowhere.
  if (first?.startsWith('not a git repository (or any'))
    return ['git finds no repository here, nor in a folder above', '', 'keyscan PATH… scans files anywhere'];
  return [`${call}${first ? `: ${first}` : ''}`, stderr];
}
