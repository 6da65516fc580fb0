// What the configuration of a user says, in whatever repository: git-config(1), FILES.

import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import { askGit, askGitIfAny, type Git, gitIn } from './process.ts';
import { checkVersion } from './version.ts';

export interface SharedHooksPath {
  readonly scope: 'global' | 'system';
  /** As git reads it: `~` is resolved, a relative path stays one. */
  readonly value: string;
}

export interface UserConfig {
  /** The git in use, such as `2.39.5`. */
  readonly version: string;
  /** Where git writes what is set with --global; the file need not be there. Links are followed. */
  readonly file: string;
  /** core.hooksPath for every repository that sets none of its own; asked anew each time. */
  hooksPath(): Promise<SharedHooksPath | undefined>;
}

/** `undefined` where the environment names no home. Throws GitError when git is absent, too old or does not answer. */
export async function openUserConfig(cwd: string, env: Environment): Promise<UserConfig | undefined> {
  const file = fileOf(env);
  if (file === undefined) return undefined;
  const git = gitIn(cwd, env, 'foreign');
  const version = checkVersion((await askGit(git, ['version'])).toString('latin1'));
  return {
    version,
    file: existsSync(file) ? realpathSync(file) : file,
    hooksPath: async () =>
      (await hooksPathIn(git, 'global')) ??
      (env.GIT_CONFIG_NOSYSTEM ? undefined : await hooksPathIn(git, 'system')),
  };
}

async function hooksPathIn(git: Git, scope: SharedHooksPath['scope']): Promise<SharedHooksPath | undefined> {
  const question = ['config', `--${scope}`, '--includes', '--null', '--type=path', '--get', 'core.hooksPath'];
  // 1: not set, or no such file.
  const answer = (await askGitIfAny(git, question))?.toString('utf8');
  return answer === undefined ? undefined : { scope, value: answer.slice(0, answer.indexOf('\0')) };
}

function fileOf({ GIT_CONFIG_GLOBAL, HOME, XDG_CONFIG_HOME }: Environment): string | undefined {
  if (GIT_CONFIG_GLOBAL) return GIT_CONFIG_GLOBAL;
  if (!HOME) return undefined;
  const usual = join(HOME, '.gitconfig');
  const other = join(XDG_CONFIG_HOME || join(HOME, '.config'), 'git', 'config');
  return !existsSync(usual) && existsSync(other) ? other : usual;
}
