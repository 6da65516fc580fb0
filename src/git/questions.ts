// What a repository says about itself, asked through simple-git. Not for the hook's way: bytes come from objects.ts.

import { resolve } from 'node:path';
import type { SimpleGit, SimpleGitOptions } from 'simple-git';
import { GitError } from '../errors.ts';
import { type Environment, gitEnvironment, type Whose } from './environment.ts';
import { findGit } from './executable.ts';
import { failureWords } from './failure.ts';
import { checkVersion } from './version.ts';

export interface Repository {
  readonly gitDir: string;
  readonly commonDir: string;
  /** The work tree's top; null in a bare repository and inside a git directory. */
  readonly topLevel: string | null;
  /** Where its objects lie. */
  readonly objectsDir: string;
  readonly isBare: boolean;
  /** The git in use, such as `2.39.5`. */
  readonly version: string;
  /** Where git looks for hooks, whether it exists or not: core.hooksPath and linked worktrees taken into account. */
  hooksDir(): Promise<string>;
  /** The last value of a configuration variable as git resolves it, or in one scope; `undefined` when it is not set. */
  config(name: string, scope?: ConfigScope): Promise<string | undefined>;
  /** Where that value comes from, as git says it: `file:` and a path from the top of the work tree, mostly. */
  configOrigin(name: string): Promise<string | undefined>;
}

/** The files of one repository, and of one of its work trees (git-config(1)). */
export type ConfigScope = 'local' | 'worktree';

/**
 * All paths are absolute. Throws GitError when `cwd` is in no repository, git is absent or too old, or refuses
 * (safe.directory: git's own advice is in `detail`).
 */
export async function openRepository(
  cwd: string,
  env: Environment,
  whose: Whose = 'own',
): Promise<Repository> {
  const path = findGit(cwd, env);
  const kept = gitEnvironment(env, whose);
  const git = await asker(cwd, kept, path);
  // Each asker waits for what it has asked before.
  const told = lines(await asker(cwd, kept, path), [
    ...['--absolute-git-dir', '--git-common-dir', '--git-path objects'],
    ...['--is-bare-repository', '--is-inside-work-tree'],
  ]);
  told.catch(() => undefined);
  // What is too old says so, whatever else it does not know.
  const version = checkVersion(await ask(git, 'version'));
  const [ownDir = '', common = '', objects = '', bare, inWorkTree] = await told;
  const gitDir = resolve(cwd, ownDir);
  const commonDir = resolve(cwd, common);
  const topLevel = inWorkTree === 'true' ? await ask(git, 'rev-parse', '--show-toplevel') : null;

  // git runs hooks from the top of the work tree, and a relative core.hooksPath is meant from there. Variables that
  // name directories relative to `cwd` would mean others there.
  const top = topLevel ?? gitDir;
  const pinned = { GIT_DIR: gitDir, GIT_COMMON_DIR: commonDir, ...(topLevel && { GIT_WORK_TREE: topLevel }) };
  const atTop = await asker(top, kept.GIT_DIR === undefined ? kept : { ...kept, ...pinned }, path);

  return {
    gitDir,
    commonDir,
    topLevel,
    objectsDir: resolve(cwd, objects),
    isBare: bare === 'true',
    version,
    hooksDir: async () => resolve(top, await ask(atTop, 'rev-parse', '--git-path', 'hooks')),
    config: (name, scope) => configValue(atTop, name, scope ? [`--${scope}`, '--includes'] : []),
    configOrigin: (name) => configValue(atTop, name, ['--show-origin']),
  };
}

/** What git says first. */
async function configValue(
  git: SimpleGit,
  name: string,
  options: readonly string[],
): Promise<string | undefined> {
  const question = ['config', ...options, '--null', '--get', name];
  try {
    const answer = await git.raw(...question);
    return answer.slice(0, answer.indexOf('\0'));
  } catch (error) {
    // git-config(1): 1 for a name that is not set, and for one that is none, of which only the second is explained.
    const { exitCode, message } = error as Rejection;
    if (exitCode === 1 && message === '') return undefined;
    throw asGitError(error as Rejection, question);
  }
}

async function ask(git: SimpleGit, ...args: string[]): Promise<string> {
  try {
    return (await git.raw(...args)).replace(/\r?\n$/, '');
  } catch (error) {
    throw asGitError(error as Rejection, args);
  }
}

/** What git says to each of the options, asked at once; one by one where a line end stands in what it says. */
async function lines(git: SimpleGit, options: readonly string[]): Promise<readonly string[]> {
  const words = options.map((option) => option.split(' '));
  const answers = (await ask(git, 'rev-parse', ...words.flat())).split(/\r?\n/);
  if (answers.length === options.length) return answers;
  const whole: string[] = [];
  for (const option of words) whole.push(await ask(git, 'rev-parse', ...option));
  return whole;
}

/** simple-git rejects with errors only; `exitCode` is on those that `asker` has made. */
type Rejection = Error & { readonly exitCode?: number | null };

function asGitError({ message }: Rejection, args: readonly string[]): GitError {
  return new GitError(...failureWords(`git ${args.join(' ')} failed`, message));
}

async function asker(baseDir: string, env: NodeJS.ProcessEnv, path: string): Promise<SimpleGit> {
  const { GitError: Refusal, simpleGit } = await import('simple-git');
  return simpleGit({
    baseDir,
    binary: path,
    // simple-git 4 drops every GIT_* variable it is not told to keep, and refuses those it thinks an attacker set;
    // here they are the user's own, already sorted by gitEnvironment (§0.2).
    allowEnvironment: Object.keys(env),
    unsafe: UNSAFE,
    // Without this it takes a git that died without a word, or was killed, for one that answered. An error of any
    // other class it replaces by its own.
    errors: (error, { exitCode, stdErr }) =>
      exitCode === 0
        ? error
        : Object.assign(new Refusal(undefined, Buffer.concat(stdErr).toString('utf8')), { exitCode }),
  }).env(env);
}

/** Every category: they judge the user's own settings. The type breaks when simple-git adds one. */
const UNSAFE = {
  allowAbbreviatedOptions: false,
  allowUnsafeCustomBinary: true,
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
} satisfies Required<NonNullable<SimpleGitOptions['unsafe']>>;
