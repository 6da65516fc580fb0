// The files a manager of hooks puts where git looks, each of which starts the manager for one hook.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './change.ts';
import { isExecutable } from './executable.ts';
import { ALL_HOOKS, type GatedHook } from './gated.ts';
import { readText } from './marked-file.ts';
import { HookRefusal, type OtherManager } from './refusal.ts';
import { AFTERWARDS } from './snippets.ts';

/** What such a file says of the manager and of the hook, and ends with its name. */
const STARTS: Readonly<Record<Exclude<OtherManager, 'simple-git-hooks'>, string>> = {
  lefthook: '^call_lefthook "?run"? "?',
  'pre-commit': '^ARGS=\\(hook-impl .*--hook-type=',
};

export type Launching = keyof typeof STARTS;

const startOf = (manager: Launching, hook: string): RegExp => new RegExp(`${STARTS[manager]}${hook}\\b`, 'm');

interface Launcher {
  readonly manager: OtherManager;
  readonly hook: string;
}

/** A hook by which git starts a manager, that of pre-commit rather than others; `undefined` where there is none. */
export function launcherIn(directory: string): Launcher | undefined {
  for (const hook of ['pre-commit', ...ALL_HOOKS]) {
    const path = join(directory, hook);
    const text = isExecutable(path) ? readFileSync(path, 'latin1') : '';
    if (text.includes('SKIP_SIMPLE_GIT_HOOKS')) return { manager: 'simple-git-hooks', hook };
    const manager = MANAGERS.find((each) => startOf(each, hook).test(text));
    if (manager) return { manager, hook };
  }
  return undefined;
}

/** git does not start the manager that `config` belongs to. */
export const managerOff = (manager: Launching, config: string): HookRefusal =>
  new HookRefusal({ kind: 'manager-off', manager, path: config, command: AFTERWARDS[manager] });

const MANAGERS = Object.keys(STARTS) as Launching[];
const ADDED = '# Added by keyscan install, as the program above would; removed by keyscan uninstall.\n';

/**
 * Makes git start the manager for another hook, too, with a copy of a file by which it does. The manager writes the same
 * file, but only when somebody tells it to look into its configuration again. Throws HookRefusal when a hook is there that
 * the manager would set aside.
 */
export function planLauncher(directory: string, manager: Launching, { name }: GatedHook): readonly Plan[] {
  const path = join(directory, name);
  const there = readText(path);
  if (there && startOf(manager, name).test(there.text) && isExecutable(path)) return [];
  if (there) throw new HookRefusal({ kind: 'launcher-taken', path, manager });
  const { hook = '' } = launcherIn(directory) ?? {};
  const { text, mode } = readText(join(directory, hook)) ?? { text: '', mode: 0o755 };
  const copy = text.replace(startOf(manager, hook), (start) => start.slice(0, -hook.length) + name);
  const bytes = Buffer.from(`${copy}${copy.endsWith('\n') ? '' : '\n'}${ADDED}`, 'latin1');
  return [{ change: { path, action: 'written' }, edits: [{ kind: 'write', path, bytes, mode }] }];
}

/**
 * Takes out what planLauncher has put in, and with `orTheirs` also what the manager has written over it since, as lefthook
 * does before the next commit.
 */
export function planNoLauncher(
  directory: string,
  { name }: GatedHook,
  orTheirs?: Launching | undefined,
): Plan {
  const path = join(directory, name);
  const text = readText(path)?.text ?? '';
  const goes = text.endsWith(ADDED) || (orTheirs !== undefined && startOf(orTheirs, name).test(text));
  return {
    change: { path, action: goes ? 'removed' : 'absent' },
    edits: goes ? [{ kind: 'remove', path }] : [],
  };
}
