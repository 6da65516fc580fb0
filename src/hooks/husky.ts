// keyscan's block in the scripts husky runs (.husky/pre-commit …); husky's own .husky/_ is never touched.

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlockError, insertBlock, removeBlock, renderBlock } from './block.ts';
import type { Action, Plan } from './change.ts';
import { isExecutable } from './executable.ts';
import type { GatedHook } from './gated.ts';
import { HookRefusal } from './refusal.ts';

export interface HuskyHost {
  readonly kind: 'husky';
  /** Absolute: where the user's scripts are, `.husky`. */
  readonly scripts: string;
  /** Absolute: what git has to look into for them to run. husky 9: `.husky/_`; before: the scripts themselves. */
  readonly directory: string;
  /** git does look there. */
  readonly active: boolean;
}

/** Throws HookRefusal when git would not come to run the script, or the block would not always run in it. */
export function planHuskyInstall({ scripts, directory, active }: HuskyHost, hook: GatedHook): Plan {
  const path = join(scripts, hook.name);
  const script = readScript(path);
  const run = join(directory, hook.name);
  if (!active || (run !== path && !isExecutable(run)))
    throw new HookRefusal({ kind: 'husky-off', path: directory });
  if (run === path && script && !isExecutable(run)) throw new HookRefusal({ kind: 'not-executable', path });
  const { text, without } = withPath(path, () => ({
    text: insertBlock(script?.text, renderBlock(hook.name)),
    without: script && removeBlock(script.text),
  }));
  // husky 9 starts the script with sh; older ones need it executable, and it does no harm.
  if (!script) return plan(hook, path, 'written', [edit(path, text, 0o755)]);
  if (text === script.text) return plan(hook, path, 'unchanged', []);
  return plan(hook, path, without === script.text ? 'added' : 'renewed', [edit(path, text, script.mode)]);
}

export function planHuskyUninstall({ scripts }: HuskyHost, hook: GatedHook): Plan {
  const path = join(scripts, hook.name);
  const script = readScript(path);
  const text = script && withPath(path, () => removeBlock(script.text));
  if (!script || text === script.text) return plan(hook, path, 'absent', []);
  if (text === undefined) return plan(hook, path, 'removed', [{ kind: 'remove', path }]);
  return plan(hook, path, 'restored', [edit(path, text, script.mode)]);
}

const plan = (hook: GatedHook, path: string, action: Action, edits: Plan['edits']): Plan => ({
  change: { hook: hook.name, path, action, previous: undefined },
  edits,
});

/** latin1 in and out keeps every byte of a script in whatever encoding. */
const edit = (path: string, text: string, mode: number) =>
  ({ kind: 'write', path, bytes: Buffer.from(text, 'latin1'), mode }) as const;

function readScript(path: string): { readonly text: string; readonly mode: number } | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return undefined;
  if (!status.isFile()) throw new HookRefusal({ kind: 'not-a-file', path });
  return { text: readFileSync(path, 'latin1'), mode: status.mode & 0o7777 };
}

function withPath<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BlockError ? new HookRefusal({ ...error.obstacle, path }) : error;
  }
}
