// Sets keyscan's hooks for every repository of a user, and takes them out again.
//
// By core.hooksPath in the user's configuration, because every git since 2.9 heeds it. Hooks in the configuration itself
// (git 2.54) would be neater, but an older git, which editors and other programs bring along, passes over them in silence.
// A template directory (init.templateDir) reaches only repositories made later.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Environment } from '../git/environment.ts';
import type { UserConfig } from '../git/user-config.ts';
import { isAtLeast } from '../git/version.ts';
import type { Action, Plan } from './change.ts';
import { applyEdits, type Edit } from './edits.ts';
import { ALL_HOOKS, GATED_HOOKS } from './gated.ts';
import { marked, placeBlock, removeBlock } from './marked.ts';
import { planLines, planNoLines } from './marked-file.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { planForwarder, planInstall, planUninstall } from './plain-git.ts';
import { HookRefusal } from './refusal.ts';
import type { Start } from './start.ts';
import { recordedStart } from './wrapper.ts';

/**
 * Where a directory is shared already its hooks get keyscan. Throws HookRefusal, and then nothing has changed; GitError
 * when git does not answer.
 */
export async function installEverywhere(place: Everywhere, start: Start, strict: boolean): Promise<Outcome> {
  const { config, own } = place;
  if (strict && !isAtLeast(config.version, 2, 28))
    throw new HookRefusal({ kind: 'strict-too-old', version: config.version });
  const folder = (await sharedFolder(config)) ?? own;
  const gated = GATED_HOOKS.filter(
    (hook) => !hook.strict || strict || startsKeyscan(join(folder, hook.name)),
  );
  if (folder !== own)
    return outcomeOf(
      PLACE,
      gated.map((hook) => planInstall(folder, hook, start)),
    );

  const outcome = outcomeOf(PLACE, [
    together(
      own,
      ALL_HOOKS.map((name) => {
        const hook = gated.find((each) => each.name === name);
        return hook ? planInstall(own, hook, start, 'repository') : planForwarder(own, name);
      }),
    ),
    planLines(config.file, 0o644, (text) => withSetting(text, own)),
  ]);
  if ((await config.hooksPath())?.value === own) return outcome;
  applyEdits(outcome.back);
  throw new HookRefusal({ kind: 'not-taken-up', path: config.file });
}

/** Throws as `installEverywhere`. */
export async function uninstallEverywhere({ config, own }: Everywhere): Promise<Outcome> {
  const folder = (await sharedFolder(config)) ?? own;
  if (folder !== own)
    return outcomeOf(
      PLACE,
      GATED_HOOKS.map(({ name }) => planUninstall(folder, name)),
    );
  return outcomeOf(PLACE, [
    together(
      own,
      ALL_HOOKS.map((name) => planUninstall(own, name)),
      [own, dirname(own)].map((path) => ({ kind: 'tidy', path })),
    ),
    planNoLines(config.file, [], (text) => withoutSetting(text, own)),
  ]);
}

const PLACE = { host: 'git', inWorkTree: false, everywhere: true } as const;

export interface Everywhere {
  readonly config: UserConfig;
  /** The directory keyscan makes where there is none yet; absolute. */
  readonly own: string;
}

/** Throws HookRefusal where the environment names no home. */
export function everywhere(
  config: UserConfig | undefined,
  { HOME, XDG_CONFIG_HOME }: Environment,
): Everywhere {
  const home = XDG_CONFIG_HOME || (HOME && join(HOME, '.config'));
  if (!config || !home) throw new HookRefusal({ kind: 'no-home' });
  return { config, own: join(home, 'keyscan', 'hooks') };
}

async function sharedFolder(config: UserConfig): Promise<string | undefined> {
  const shared = await config.hooksPath();
  if (!shared) return undefined;
  const { value } = shared;
  if (value === '' || (existsSync(value) && !statSync(value).isDirectory()))
    throw new HookRefusal({ kind: 'hooks-off', value });
  if (!isAbsolute(value)) throw new HookRefusal({ kind: 'relative-everywhere', value });
  return value;
}

const startsKeyscan = (path: string): boolean =>
  existsSync(path) && recordedStart(readFileSync(path)) !== undefined;

/** One line of what was done for a folder full of hooks. */
function together(path: string, plans: readonly Plan[], more: readonly Edit[] = []): Plan {
  const foreign = plans.find(({ change }) => change.action === 'wrapped');
  if (foreign) throw new HookRefusal({ kind: 'foreign', path: foreign.change.path });
  const actions = plans.map(({ change }) => change.action);
  const action = ['written', 'removed', 'renewed', 'restored'].find((each) =>
    actions.includes(each as Action),
  ) as Action | undefined;
  return {
    change: { path, action: action ?? actions[0] ?? 'absent' },
    edits: [...plans.flatMap(({ edits }) => edits), ...more],
  };
}

const comment = '# Taken out by: keyscan uninstall --global\n';
const section = '[core]\n';
/** git-config(1), Syntax: in quotes everything but these is what it is. */
const setting = (own: string): string =>
  `\thooksPath = "${own.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"\n`;

function withSetting(text: string | undefined, own: string): string {
  const block = marked(`${comment}${section}${setting(own)}`);
  const before = text === undefined ? undefined : withoutSetting(text, own);
  return before === undefined ? block : placeBlock(before, block);
}

/** Another setting that git itself has put into the section between the marks stays. */
function withoutSetting(text: string, own: string): string | undefined {
  if (text.includes(marked(`${comment}${section}${setting(own)}`).trimEnd())) return removeBlock(text);
  const lines = marked(`${comment}${setting(own)}`)
    .split('\n')
    .filter(Boolean);
  return text
    .split('\n')
    .filter((line) => !lines.includes(line))
    .join('\n');
}
