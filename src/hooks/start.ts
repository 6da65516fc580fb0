// What a hook starts: this Node, and the hook program of the package this keyscan belongs to.

import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HookRefusal } from './refusal.ts';

/** Absolute paths. */
export interface Start {
  readonly node: string;
  readonly entry: string;
  /** `entry` is in node_modules of the work tree, so everybody who works on the project has it. */
  readonly inProject: boolean;
}

/**
 * `module` is the path of any file of the package. node_modules/keyscan-cli of the work tree `top` goes before the
 * place it links to: that place (pnpm's store, say) has the version in its name and is gone after an update. Throws
 * HookRefusal when the package has not been built.
 */
export function startOf(module: string, top: string | null): Start {
  let folder = dirname(module);
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const entry = join(folder, ENTRY);
  if (!existsSync(entry)) throw new HookRefusal({ kind: 'not-built', path: entry });
  const linked = top === null ? entry : join(top, 'node_modules', 'keyscan-cli', ENTRY);
  const same = existsSync(linked) && realpathSync(linked) === realpathSync(entry);
  return {
    node: forShell(process.execPath),
    entry: forShell(same ? linked : entry),
    inProject: top !== null && same,
  };
}

/** For a hook that others get by git: nothing of this machine, as far as the project brings what is needed. */
export const forEverybody = (start: Start): Start =>
  start.inProject ? { ...start, node: '', entry: IN_PROJECT } : start;

export const IN_PROJECT = 'node_modules/keyscan-cli/dist/hook.cjs';
const ENTRY = join('dist', 'hook.cjs');

/** Git for Windows runs hooks with sh, which takes C:/… as it is. */
const forShell = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
