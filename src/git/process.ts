// Starts git: the one place that spawns it for bytes. Plumbing only, never through a shell.

import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { GitError } from '../errors.ts';
import { type Environment, gitEnvironment, type Whose } from './environment.ts';
import { findGit } from './executable.ts';
import { failureWords } from './failure.ts';
import { checkVersion } from './version.ts';

/** The git to run and the repository to run it in. */
export interface Git {
  /** Absolute. Looked for when it is first needed; throws GitError when there is none. */
  readonly path: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** `cwd` is absolute. */
export function gitIn(cwd: string, env: Environment, whose: Whose = 'own'): Git {
  let path: string | undefined;
  let cleaned: NodeJS.ProcessEnv | undefined;
  return {
    get path() {
      path ??= findGit(cwd, env);
      return path;
    },
    cwd,
    get env() {
      cleaned ??= gitEnvironment(env, whose);
      return cleaned;
    },
  };
}

export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when git has ended and its output was read: rejects with GitError unless it exited with 0. */
  readonly ended: Promise<void>;
  kill(): void;
}

/** Does not wait for anything; a git that cannot be started shows in `ended`. */
export function startGit(
  git: Git,
  args: readonly string[],
): GitProcess & { /** What is on its stderr, UTF-8; all of it once git has ended. */ complaint(): string } {
  // Loaded here: a hook that is handed git's answers starts none (handed-over.ts).
  const { spawn } = process.getBuiltinModule('node:child_process');
  const stream = process.getBuiltinModule('node:stream');
  const child: Partial<ChildProcess> & Pick<ChildProcess, 'on' | 'kill'> = spawn(
    git.path,
    [...GIT_SETTINGS, ...args],
    { cwd: git.cwd, env: git.env, windowsHide: true },
  );
  const said: Buffer[] = [];
  let kept = 0;
  child.stderr?.on('data', (chunk: Buffer) => {
    if (kept < MAX_COMPLAINT) said.push(chunk);
    kept += chunk.length;
  });
  const complaint = (): string => Buffer.concat(said).toString('utf8');
  // A git that ends early breaks the pipe; what that means is decided by how it ended.
  child.stdin?.on('error', () => undefined);

  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(new GitError(`${called(args)} could not be started (${error.code})`)),
    );
    // `close`, not `exit` or the end of stdout: a killed git ends its output as if all were well (R62).
    child.on('close', (code, signal) => {
      if (code === 0 && signal === null) resolve();
      else reject(new GitExit(args, code ?? signal, complaint()));
    });
  });
  ended.catch(() => undefined);

  return {
    // Without a free file descriptor spawn gives a child without streams.
    stdin: child.stdin ?? new stream.Writable({ write: (_chunk, _encoding, done) => done() }),
    stdout: child.stdout ?? stream.Readable.from([]),
    ended,
    complaint,
    kill: () => {
      child.kill('SIGKILL');
      child.stdout?.destroy();
      // When `git` is a script around git, this ends the one behind it.
      child.stdin?.destroy();
    },
  };
}

/** Everything git prints to stdout. Throws GitError unless it exits with 0. */
export async function askGit(
  git: Git,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<Buffer> {
  return (await hearGit(git, args, input)).stdout;
}

/** As `askGit`, with what an otherwise contented git says to stderr. */
export async function hearGit(
  git: Git,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<{ readonly stdout: Buffer; readonly complaint: string }> {
  const { stdin, stdout, ended, complaint } = startGit(git, args);
  stdin.end(input);
  const chunks: Buffer[] = [];
  for await (const chunk of stdout) chunks.push(chunk);
  await ended;
  return { stdout: Buffer.concat(chunks), complaint: complaint() };
}

/** As `askGit`; `undefined` for an exit code of 1, which for some questions means that there is nothing to say. */
export async function askGitIfAny(git: Git, args: readonly string[]): Promise<Buffer | undefined> {
  try {
    return await askGit(git, args);
  } catch (error) {
    if (error instanceof GitExit && error.code === 1) return undefined;
    throw error;
  }
}

/** Whether git answers with 0; for questions whose "no" is an exit code of 1. Throws GitError on any other. */
export async function doesGit(git: Git, args: readonly string[]): Promise<boolean> {
  return (await askGitIfAny(git, args)) !== undefined;
}

/** Throws GitError for a git that is too old, even where it would answer what it is asked. */
export async function requireGit(git: Git): Promise<void> {
  checkVersion((await askGit(git, ['version'])).toString('latin1'));
}

/** After a failure: a git too old for what it was asked is the better thing to say. */
export async function explainFailure(git: Git, failed: unknown): Promise<unknown> {
  const answer = await askGit(git, ['version']).catch(() => undefined);
  if (answer === undefined) return failed;
  try {
    checkVersion(answer.toString('latin1'));
    return failed;
  } catch (tooOld) {
    return tooOld;
  }
}

/** `git log`, whatever settings stand before it. */
const called = (args: readonly string[]): string => `git ${args[args[0] === '-c' ? 2 : 0]}`;

class GitExit extends GitError {
  readonly code: number | NodeJS.Signals | null;
  constructor(args: readonly string[], code: number | NodeJS.Signals | null, stderr: string) {
    super(...failureWords(`${called(args)} ended with ${code}`, stderr));
    this.code = code;
  }
}

const MAX_COMPLAINT = 16_384;

/** Given to every git, before what it is asked. */
export const GIT_SETTINGS: readonly string[] = [
  // Even plumbing asks the file-system monitor, a program the repository names (§2.3).
  ...['-c', 'core.fsmonitor='],
  ...['-c', 'core.hooksPath=/dev/null'],
  // The repository's own setting outweighs GIT_NO_REPLACE_OBJECTS (seen with git 2.39.5).
  ...['-c', 'core.useReplaceRefs=false'],
];
