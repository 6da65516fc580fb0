// keyscan's block in the scripts husky runs (.husky/pre-commit …); husky's own .husky/_ is never touched.

import { join } from 'node:path';
import { insertBlock } from './block.ts';
import type { Plan } from './change.ts';
import { isExecutable } from './executable.ts';
import type { GatedHook } from './gated.ts';
import { planLines, planNoLines, readText } from './marked-file.ts';
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
  const run = join(directory, hook.name);
  if (!active || (run !== path && !isExecutable(run)))
    throw new HookRefusal({ kind: 'husky-off', path: directory });
  if (run === path && readText(path) && !isExecutable(run))
    throw new HookRefusal({ kind: 'not-executable', path });
  // husky 9 starts the script with sh; older ones need it executable, and it does no harm.
  return planLines(path, 0o755, (script) => insertBlock(script, hook));
}

export const planHuskyUninstall = ({ scripts }: HuskyHost, { name }: GatedHook): Plan =>
  planNoLines(join(scripts, name));
