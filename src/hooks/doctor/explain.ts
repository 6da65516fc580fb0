// Why a test key was not refused by keyscan: the first reason that fits, as git and the managers would come upon it.

import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../git/environment.ts';
import type { Repository } from '../../git/questions.ts';
import { isAtLeast } from '../../git/version.ts';
import { isExecutable } from '../executable.ts';
import type { GatedHook } from '../gated.ts';
import { configuredHosts, type Host, sleepingHusky } from '../host.ts';
import { isOurs } from '../plain-git.ts';
import { AFTERWARDS } from '../snippets.ts';
import { recordedStart } from '../wrapper.ts';
import type { Check, Setting } from './check.ts';
import { filesOf, stateOf } from './hook-file.ts';
import type { Tried } from './prove.ts';

/** What is known of the place before any hook is tried. Paths are absolute. */
export interface Scene {
  readonly repository: Repository;
  readonly top: string;
  /** Where git looks for hooks, and where it would without core.hooksPath. */
  readonly directory: string;
  readonly own: string;
  readonly setting: Setting | undefined;
  readonly host: Host;
  readonly env: Environment;
}

/** Nobody has refused the key. `refusesItself`: keyscan does, when it is started without the hook. */
export async function explainPass(
  scene: Scene,
  hook: GatedHook,
  refusesItself: () => Promise<boolean>,
): Promise<Check> {
  const { repository, directory, own, setting } = scene;
  const proven = provenAt(scene, hook);
  const files = filesOf(hook, directory, scene.host);
  const isCalled = files.some(({ text }) => text.includes('keyscan'));
  if (!isCalled && setting && directory !== own && isOurs(own, hook.name))
    return { code: 'hooks-elsewhere', setting, own, ...proven };
  const state = stateOf(proven.path);
  // It switches off the hooks in the configuration, not this file (seen with git 2.55).
  const knowsSwitch = state === 'no-hook' && isAtLeast(repository.version, 2, 54);
  if (knowsSwitch && isOff(await repository.config(`hook.${hook.name}.enabled`)))
    return { code: 'event-disabled', ...proven };
  if (state === 'no-hook') return asleep(scene, hook) ?? { code: state, ...proven };
  if (state !== 'sound') return { code: state, ...proven };
  const by = switchedOff(scene, files.map(({ text }) => text).join('\n'));
  if (isCalled && by !== undefined) return { code: 'switched-off', by, ...proven };
  if (!isCalled) return asleep(scene, hook) ?? { code: 'not-called', ...proven };
  return { code: (await refusesItself()) ? 'not-reached' : 'let-through', ...proven };
}

/** The key was stopped, and not by keyscan's report. */
export function explainStop(scene: Scene, hook: GatedHook, { key, clean }: Tried<'stopped'>): Check {
  const proven = provenAt(scene, hook);
  const output = key.output ?? '';
  const state = stateOf(proven.path);
  if (state === 'crlf' || state === 'no-interpreter') return { code: state, ...proven };
  const recorded = existsSync(proven.path) ? recordedStart(readFileSync(proven.path)) : undefined;
  const lacksNode = { code: 'node-missing', recorded: recorded?.node, ...proven } as const;
  const lacksPackage = { code: 'keyscan-missing', recorded: recorded?.entry, ...proven } as const;
  if (NO_NODE.test(output)) return lacksNode;
  if (NO_PACKAGE.test(output)) return lacksPackage;
  if (NEITHER.test(output)) return isInPath('node', scene.env) ? lacksPackage : lacksNode;
  const said = lastLine(output);
  return { code: clean.code === 0 ? 'other-refusal' : 'fails', said, ...proven };
}

/** What the last thing a hook said was, for people to go on from. */
export const lastLine = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1) ?? '';

export const provenAt = ({ directory }: Scene, { name }: GatedHook) => ({
  hook: name,
  path: join(directory, name),
});

/** The words of wrapper.ts, and of shells that a configuration makes start node. */
const NO_NODE = /^.*(?:Node\.js 20 or newer was not found|\bnode: (?:command )?not found)/m;
/** Those of Node, of the pre-commit framework, and of shells. */
const NO_PACKAGE =
  /the package keyscan-cli was not found|Cannot find module '[^']*keyscan-cli|Executable `keyscan` not found|\bkeyscan: (?:command )?not found/;
/** block.ts */
const NEITHER = /node is not in PATH or keyscan-cli is not installed/;

/** git-config(1), bool. */
const isOff = (value: string | undefined): boolean =>
  value !== undefined && /^(?:false|no|off|0|)$/i.test(value);

/** A manager has keyscan in its configuration, and git does not start it. */
function asleep({ top, directory, host }: Scene, hook: GatedHook): Check | undefined {
  const path = join(directory, hook.name);
  const husky = sleepingHusky(top);
  const mentions = (file: string): boolean =>
    existsSync(file) && readFileSync(file, 'latin1').includes('keyscan');
  const isRunning = host.kind === 'husky' && host.active;
  if (!isRunning && mentions(join(husky.scripts, hook.name)))
    return { code: 'husky-off', hook: hook.name, path };
  const configured = configuredHosts(top, directory).find(({ config }) => mentions(config));
  if (!configured || configured.kind === 'simple-git-hooks') return undefined;
  return {
    code: 'manager-off',
    manager: configured.kind,
    command: AFTERWARDS[configured.kind],
    hook: hook.name,
    path,
  };
}

/** The variable by which the person, or a file that husky reads first, has told a manager to do nothing. */
function switchedOff({ env, host }: Scene, text: string): string | undefined {
  const set = (name: string, matters: (value: string) => boolean): string | undefined => {
    const value = env[name];
    return value !== undefined && matters(value) ? `${name}=${value}` : undefined;
  };
  const is =
    (...values: readonly string[]) =>
    (value: string) =>
      values.includes(value);
  const names = (value: string) => value.includes('keyscan');
  switch (host.kind) {
    case 'husky': {
      const init = join(env.XDG_CONFIG_HOME || join(env.HOME ?? '', '.config'), 'husky', 'init.sh');
      const inFile = existsSync(init) && /\bHUSKY=["']?0/.test(readFileSync(init, 'latin1'));
      return set('HUSKY', is('0')) ?? (inFile ? `HUSKY=0 (${init})` : undefined);
    }
    case 'lefthook':
      return set('LEFTHOOK', is('0', 'false')) ?? set('LEFTHOOK_EXCLUDE', names);
    case 'pre-commit':
      return set('SKIP', names);
    default:
      return text.includes('SKIP_SIMPLE_GIT_HOOKS') ? set('SKIP_SIMPLE_GIT_HOOKS', is('1')) : undefined;
  }
}

const isInPath = (name: string, env: Environment): boolean =>
  (env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
