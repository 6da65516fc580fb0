// keyscan's own hook file in the directory git names, around whatever hook stood there.

import { existsSync, lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, Plan, PreviousHook } from './change.ts';
import type { Edit } from './edits.ts';
import { isExecutable } from './executable.ts';
import type { GatedHook } from './gated.ts';
import { HookRefusal } from './refusal.ts';
import type { Start } from './start.ts';
import {
  PREVIOUS_SUFFIX,
  recognizeWrapper,
  renderForwarder,
  renderWrapper,
  type WrapperParts,
} from './wrapper.ts';

const MODE = 0o755;

/** Throws HookRefusal when keyscan's hook was changed, or when there are two hooks and only one can be kept. */
export function planInstall(
  directory: string,
  hook: GatedHook,
  { node, entry }: Start,
  previous: WrapperParts['previous'] = 'beside',
): Plan {
  return planFile(directory, hook.name, Buffer.from(renderWrapper({ hook, node, entry, previous })));
}

/** For a hook that keyscan has nothing to do in, in a directory of its own that all repositories share. */
export function planForwarder(directory: string, name: string): Plan {
  return planFile(directory, name, Buffer.from(renderForwarder(name)));
}

function planFile(directory: string, name: string, bytes: Buffer): Plan {
  const { path, previous, standing, aside } = look(directory, name);
  const write: Edit = { kind: 'write', path, bytes, mode: MODE };
  const plan = (action: Action, edits: readonly Edit[], before: PreviousHook | undefined): Plan => ({
    change: { path, action, previous: before },
    edits,
  });
  switch (standing.kind) {
    case 'nothing':
      return plan('written', [write], aside);
    case 'intact':
      if (standing.bytes.equals(bytes) && standing.mode === MODE) return plan('unchanged', [], aside);
      return plan('renewed', [write], aside);
    case 'modified':
      throw new HookRefusal({ kind: 'modified', path, previous: aside?.path });
    case 'foreign':
      if (aside) throw new HookRefusal({ kind: 'replaced', path, previous });
      return plan('wrapped', [{ kind: 'move', path, to: previous }, write], {
        ...describe(path, name),
        path: previous,
      });
  }
}

/** Throws HookRefusal when what stands there is not what keyscan wrote, but was. */
export function planUninstall(directory: string, name: string): Plan {
  const { path, previous, standing, aside } = look(directory, name);
  const restore: readonly Edit[] = aside ? [{ kind: 'move', path: previous, to: path }] : [];
  const plan = (action: Action, edits: readonly Edit[]): Plan => ({
    change: { path, action },
    edits,
  });
  switch (standing.kind) {
    case 'nothing':
      return plan(aside ? 'restored' : 'absent', restore);
    case 'intact':
      return plan(aside ? 'restored' : 'removed', [{ kind: 'remove', path }, ...restore]);
    case 'modified':
      throw new HookRefusal({ kind: 'modified', path, previous: aside?.path });
    case 'foreign': {
      const moved = MOVED_BY_OTHERS.map((suffix) => path + suffix).find(
        (name) => kindOf(name).kind === 'intact',
      );
      if (aside || moved) throw new HookRefusal({ kind: 'replaced', path, previous: moved ?? previous });
      return plan('absent', []);
    }
  }
}

/** keyscan's hook stands there, unchanged. */
export function isOurs(directory: string, name: string): boolean {
  const path = join(directory, name);
  return existsSync(path) && statSync(path).isFile() && kindOf(path).kind === 'intact';
}

/** Where pre-commit and lefthook put a hook they find; pre-commit goes on running it. */
const MOVED_BY_OTHERS = ['.legacy', '.old'];

type Standing =
  | { readonly kind: 'nothing' | 'foreign' | 'modified' }
  | { readonly kind: 'intact'; readonly bytes: Buffer; readonly mode: number };

function look(directory: string, name: string) {
  const path = join(directory, name);
  const previous = path + PREVIOUS_SUFFIX;
  const standing = kindOf(path);
  return { path, previous, standing, aside: statusOf(previous) ? describe(previous, name) : undefined };
}

function kindOf(path: string): Standing {
  const status = statusOf(path);
  if (!status) return { kind: 'nothing' };
  if (status.isSymbolicLink()) return { kind: 'foreign' };
  if (!status.isFile()) throw new HookRefusal({ kind: 'not-a-file', path });
  const bytes = readFileSync(path);
  const kind = recognizeWrapper(bytes);
  return kind === 'intact' ? { kind, bytes, mode: status.mode & 0o7777 } : { kind };
}

const statusOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/** In sh, Ruby, Perl or Python: a hook that is there under several names asks which one it is called by. */
const OWN_NAME = /\$\{0##|PROGRAM_NAME|argv\[0\]/;
const asksForItsName = (hook: string): boolean =>
  OWN_NAME.test(hook) || (hook.includes('basename') && /\$\{?0/.test(hook));

function describe(path: string, hook: string): PreviousHook {
  const runs = isExecutable(path);
  return { hook, path, runs, looksAtItsName: runs && asksForItsName(readFileSync(path, 'latin1')) };
}
