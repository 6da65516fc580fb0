// keyscan in the configuration of lefthook: a script of its own for each hook.
//
// A script, because lefthook leaves out a `run` when it thinks no file is concerned: a commit that only turns a link into a
// file, or a push of another branch than the one checked out (seen with lefthook 2.2.2). Under `scripts`, because those run
// after `jobs` and `commands`: what earlier steps stage is checked too.

import { dirname, join } from 'node:path';
import { insertBlock } from './block.ts';
import type { Plan } from './change.ts';
import { ALL_HOOKS, type GatedHook } from './gated.ts';
import { managerOff, planLauncher, planNoLauncher } from './launcher.ts';
import { marked, placeBlock, removeBlock } from './marked.ts';
import { planLines, planNoLines, readText } from './marked-file.ts';
import { HookRefusal } from './refusal.ts';
import { lefthookLines, SCRIPT, snippetFor } from './snippets.ts';
import type { Start } from './start.ts';
import { topLevelKeys } from './yaml-lines.ts';

/** A manager that reads a file of the team; absolute paths. */
export interface ConfiguredHost<Kind extends string> {
  readonly kind: Kind;
  readonly config: string;
  /** Where git looks for hooks. */
  readonly directory: string;
  /** git starts the manager before a commit. */
  readonly active: boolean;
}

/** Throws HookRefusal where lefthook's configuration is not one to add lines to: those hooks are in it already, say. */
export function planLefthookInstall(
  { config, directory, active }: ConfiguredHost<'lefthook'>,
  hooks: readonly GatedHook[],
  start: Start,
): readonly Plan[] {
  const { keys, scripts } = readConfig(config);
  const isTaken = hooks.some(({ name }) => keys?.includes(name));
  // It puts its files where git looks only for hooks that are in its configuration.
  const canStart = keys === undefined || keys.some((key) => ALL_HOOKS.includes(key));
  if (!active && canStart) throw managerOff('lefthook', config);
  if (!active || keys === undefined || isTaken)
    throw new HookRefusal({ kind: 'add-lines', path: config, ...snippetFor('lefthook', hooks, start) });
  const block = marked(`# Taken out by: keyscan uninstall\n${lefthookLines(hooks)}`);
  return [
    planLines(config, 0o644, (text = '') => placeBlock(removeBlock(text) ?? '', block)),
    ...hooks.map((hook) =>
      planLines(join(scripts, hook.name, SCRIPT), 0o755, (text) => insertBlock(text, hook)),
    ),
    ...hooks.flatMap((hook) => planLauncher(directory, 'lefthook', hook)),
  ];
}

export function planLefthookUninstall(
  { config, directory }: ConfiguredHost<'lefthook'>,
  hooks: readonly GatedHook[],
): readonly Plan[] {
  const { scripts } = readConfig(config);
  const lines = planNoLines(config);
  // Nothing but these lines makes lefthook start for those hooks: they are put in only where no others do.
  const started = lines.change.action === 'absent' ? undefined : 'lefthook';
  return [
    lines,
    ...hooks.map(({ name }) => {
      const path = join(scripts, name, SCRIPT);
      return planNoLines(path, foldersAbove(path, dirname(config)));
    }),
    ...hooks.map((hook) => planNoLauncher(directory, hook, started)),
  ];
}

/** From the nearest on, below `top`. */
function foldersAbove(path: string, top: string): string[] {
  const folder = dirname(path);
  return folder === top || folder === dirname(folder) ? [] : [folder, ...foldersAbove(folder, top)];
}

/** `keys`, those of others, is left out when the file cannot be read with certainty. */
function readConfig(path: string): { readonly keys?: readonly string[]; readonly scripts: string } {
  const top = dirname(path);
  const byDefault = join(top, '.lefthook');
  if (!/\.ya?ml$/.test(path)) return { scripts: byDefault };
  const keys = topLevelKeys((removeBlock(readText(path)?.text ?? '') ?? '').split(/\r?\n/));
  const folder = keys?.find(({ key }) => key === 'source_dir')?.value.replace(/^(["'])(.*)\1$/, '$2');
  if (keys === undefined || (folder !== undefined && !/^[\w./-]+$/.test(folder)))
    return { scripts: byDefault };
  return { keys: keys.map(({ key }) => key), scripts: folder === undefined ? byDefault : join(top, folder) };
}
