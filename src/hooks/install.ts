// Sets keyscan's hooks in a repository and takes them out again: all of them or none.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/questions.ts';
import type { HookChange, Plan } from './change.ts';
import { applyEdits } from './edits.ts';
import { GATED_HOOKS, type GatedHook } from './gated.ts';
import { type HooksDirectory, hooksDirectory } from './hooks-path.ts';
import { findHost, type Host, sleepingHusky } from './host.ts';
import { planHuskyInstall, planHuskyUninstall } from './husky.ts';
import { planInstall, planUninstall } from './plain-git.ts';
import { asRefusal, HookRefusal } from './refusal.ts';
import { AFTERWARDS, SNIPPETS, sharedLine } from './snippets.ts';
import type { Start } from './start.ts';

export type ManagerChoice = 'auto' | 'git' | 'husky';

export interface Outcome {
  readonly host: 'git' | 'husky';
  readonly changes: readonly HookChange[];
  /** The hooks lie in the work tree: what was written there may be committed, and other clones lack it. */
  readonly inWorkTree: boolean;
}

/** Throws HookRefusal, and then nothing has changed; GitError when git does not answer. */
export async function installHooks(
  repository: Repository,
  choice: ManagerChoice,
  start: Start,
): Promise<Outcome> {
  const { host, directory } = await settle(repository, choice, sharedLine(start));
  if (host.kind === 'other') {
    const { manager, path } = host;
    const texts = { lines: SNIPPETS[manager], afterwards: AFTERWARDS[manager] };
    throw new HookRefusal({ kind: 'other-manager', manager, path, ...texts });
  }
  return carryOut(host, directory, (hook) =>
    host.kind === 'husky' ? planHuskyInstall(host, hook) : planInstall(directory.path, hook, start),
  );
}

/** Throws HookRefusal, and then nothing has changed; GitError when git does not answer. */
export async function uninstallHooks(repository: Repository, choice: ManagerChoice): Promise<Outcome> {
  const { host, directory } = await settle(repository, choice);
  return carryOut(host, directory, (hook) =>
    host.kind === 'husky' ? planHuskyUninstall(host, hook) : planUninstall(directory.path, hook),
  );
}

/** `line`: what to put into a script that all repositories share. */
async function settle(repository: Repository, choice: ManagerChoice, line?: string) {
  const top = repository.topLevel;
  if (repository.isBare || top === null) throw new HookRefusal({ kind: 'no-work-tree' });
  const directory = await hooksDirectory(repository, top);
  const host = chosen(findHost(top, directory.path), choice, top);
  if (directory.shared && host.kind !== 'husky') {
    const hooks = GATED_HOOKS.map(({ name }) => name);
    const own = join(repository.commonDir, 'hooks');
    throw new HookRefusal({ kind: 'shared-directory', path: directory.path, own, hooks, line });
  }
  return { host, directory };
}

function chosen(found: Host, choice: ManagerChoice, top: string): Host {
  if (choice === 'auto' || choice === found.kind) return found;
  if (choice === 'husky') {
    const husky = sleepingHusky(top);
    throw new HookRefusal(
      existsSync(husky.scripts) ? { kind: 'husky-off', path: husky.scripts } : { kind: 'no-husky' },
    );
  }
  if (found.kind === 'husky' && found.active)
    throw new HookRefusal({ kind: 'husky-owns', path: found.directory });
  return { kind: 'git' };
}

/** Every hook is planned before the first file is touched. */
function carryOut(host: Host, directory: HooksDirectory, planFor: (hook: GatedHook) => Plan): Outcome {
  try {
    const plans = GATED_HOOKS.map(planFor);
    applyEdits(plans.flatMap((plan) => plan.edits));
    const changes = plans.map((plan) => plan.change);
    return { host: host.kind === 'husky' ? 'husky' : 'git', changes, inWorkTree: directory.inWorkTree };
  } catch (error) {
    throw asRefusal(error);
  }
}
