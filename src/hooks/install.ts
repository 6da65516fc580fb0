// Sets keyscan's hooks in a repository and takes them out again: all of them or none.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/questions.ts';
import { isAtLeast } from '../git/version.ts';
import type { Plan } from './change.ts';
import { GATED_HOOKS } from './gated.ts';
import { type HooksDirectory, hooksDirectory } from './hooks-path.ts';
import { configuredHosts, findHost, type Host, sleepingHusky } from './host.ts';
import { planHuskyInstall, planHuskyUninstall } from './husky.ts';
import { planLefthookInstall, planLefthookUninstall } from './lefthook.ts';
import { type Outcome, outcomeOf, type Place } from './outcome.ts';
import { isOurs, planInstall, planUninstall } from './plain-git.ts';
import { planPreCommitInstall, planPreCommitUninstall } from './pre-commit.ts';
import { HookRefusal } from './refusal.ts';
import { snippetFor } from './snippets.ts';
import { forEverybody, type Start } from './start.ts';

export type ManagerChoice = 'auto' | 'git' | 'husky' | 'lefthook' | 'pre-commit';

export interface Wish {
  readonly manager: ManagerChoice;
  readonly strict: boolean;
}

/** Throws HookRefusal, and then nothing has changed; GitError when git does not answer. */
export async function installHooks(
  repository: Repository,
  { manager, strict }: Wish,
  start: Start,
): Promise<Outcome> {
  const { directory, top } = await settle(repository);
  const host = chosen(findHost(top, directory.path), manager, top, directory.path);
  if (directory.shared && host.kind !== 'husky') return alreadyEverywhere(directory, repository);
  if (strict) checkStrict(host, repository);
  return outcomeOf(placeOf(host, directory), plansFor(host, directory, start, strict));
}

function plansFor(
  host: Host,
  { path, inWorkTree }: HooksDirectory,
  start: Start,
  strict: boolean,
): readonly Plan[] {
  const hooks = GATED_HOOKS.filter((hook) => !hook.strict || strict);
  switch (host.kind) {
    case 'git':
      // What was set with --strict is kept up to date.
      return GATED_HOOKS.filter((hook) => hooks.includes(hook) || isOurs(path, hook.name)).map((hook) =>
        planInstall(path, hook, inWorkTree ? forEverybody(start) : start),
      );
    case 'husky':
      return hooks.map((hook) => planHuskyInstall(host, hook));
    case 'lefthook':
      return planLefthookInstall(host, hooks, start);
    case 'pre-commit':
      return planPreCommitInstall(host, hooks, start);
    case 'simple-git-hooks': {
      const snippet = snippetFor(host.kind, hooks, start, host.commands);
      throw new HookRefusal({ kind: 'add-lines', path: host.config, ...snippet });
    }
  }
}

/**
 * With `auto` from wherever keyscan may be in this repository: since it was installed, another manager may have come.
 * Throws HookRefusal, and then nothing has changed; GitError when git does not answer.
 */
export async function uninstallHooks(
  repository: Repository,
  { manager }: Pick<Wish, 'manager'>,
): Promise<Outcome> {
  const { directory, top } = await settle(repository);
  const found = findHost(top, directory.path);
  const husky = found.kind === 'husky' ? found : sleepingHusky(top);
  const own = join(repository.commonDir, 'hooks');
  const folders = [...new Set([directory.shared || found.kind === 'husky' ? own : directory.path, own])];
  const configured = configuredHosts(top, directory.path);
  const plans: Readonly<Record<Exclude<ManagerChoice, 'auto'>, () => readonly Plan[]>> = {
    husky: () => GATED_HOOKS.map((hook) => planHuskyUninstall(husky, hook)),
    git: () => folders.flatMap((folder) => GATED_HOOKS.map(({ name }) => planUninstall(folder, name))),
    lefthook: () =>
      configured.flatMap((host) =>
        host.kind === 'lefthook' ? planLefthookUninstall(host, GATED_HOOKS) : [],
      ),
    'pre-commit': () =>
      configured.flatMap((host) =>
        host.kind === 'pre-commit' ? planPreCommitUninstall(host, GATED_HOOKS) : [],
      ),
  };
  const all = manager === 'auto' ? Object.values(plans) : [plans[manager]];
  const outcome = outcomeOf(
    placeOf(found, directory),
    all.flatMap((plan) => plan()),
  );
  const isHere = outcome.changes.some(({ action }) => action !== 'absent');
  if (!isHere && directory.shared && isOurs(directory.path, 'pre-commit'))
    throw new HookRefusal({ kind: 'set-everywhere' });
  return outcome;
}

async function settle(
  repository: Repository,
): Promise<{ readonly directory: HooksDirectory; readonly top: string }> {
  const top = repository.topLevel;
  if (repository.isBare || top === null) throw new HookRefusal({ kind: 'no-work-tree' });
  return { directory: await hooksDirectory(repository, top), top };
}

function chosen(found: Host, choice: ManagerChoice, top: string, directory: string): Host {
  if (choice === 'auto' || choice === found.kind) return found;
  switch (choice) {
    case 'husky': {
      const husky = sleepingHusky(top);
      throw new HookRefusal(
        existsSync(husky.scripts)
          ? { kind: 'husky-off', path: husky.scripts }
          : { kind: 'no-configuration', manager: choice },
      );
    }
    case 'git':
      if (found.kind === 'husky' && found.active)
        throw new HookRefusal({ kind: 'husky-owns', path: found.directory });
      return { kind: 'git' };
    default: {
      const host = configuredHosts(top, directory).find(({ kind }) => kind === choice);
      if (!host) throw new HookRefusal({ kind: 'no-configuration', manager: choice });
      return host;
    }
  }
}

function placeOf({ kind }: Host, directory: HooksDirectory): Place {
  return kind === 'git' || kind === 'simple-git-hooks'
    ? { host: 'git', inWorkTree: directory.inWorkTree, everywhere: false }
    : { host: kind, inWorkTree: true, everywhere: false };
}

function alreadyEverywhere({ path, inWorkTree }: HooksDirectory, { commonDir }: Repository): Outcome {
  if (!GATED_HOOKS.filter(({ strict }) => !strict).every(({ name }) => isOurs(path, name)))
    throw new HookRefusal({ kind: 'shared-directory', path, own: join(commonDir, 'hooks') });
  return { host: 'git', changes: [], back: [], inWorkTree, everywhere: true };
}

/** githooks(5): reference-transaction came with git 2.28. */
function checkStrict({ kind }: Host, { version }: Repository): void {
  if (kind !== 'git') throw new HookRefusal({ kind: 'strict-elsewhere', manager: kind });
  if (!isAtLeast(version, 2, 28)) throw new HookRefusal({ kind: 'strict-too-old', version });
}
