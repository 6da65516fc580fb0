// Who runs the hooks in this repository: git itself, or a program that reads a configuration of the team.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HuskyHost } from './husky.ts';
import { launcherIn } from './launcher.ts';
import type { ConfiguredHost } from './lefthook.ts';
import { isOurs } from './plain-git.ts';
import type { OtherManager } from './refusal.ts';

export type OtherHost = { readonly [Kind in OtherManager]: ConfiguredHost<Kind> }[OtherManager];
export type Host = { readonly kind: 'git' } | HuskyHost | OtherHost;

/** `top` is the work tree, `directory` where git looks for hooks; both absolute. What git really runs decides first. */
export function findHost(top: string, directory: string): Host {
  const scripts = huskyScripts(directory);
  if (scripts !== undefined) return { kind: 'husky', scripts, directory, active: true };
  if (isOurs(directory, 'pre-commit')) return { kind: 'git' };
  const configured = configuredHosts(top, directory);
  const active = configured.find((host) => host.active);
  if (active) return active;
  const manifest = readManifest(join(top, 'package.json'));
  if (names(manifest.devDependencies, 'husky') && existsSync(join(top, '.husky'))) return sleepingHusky(top);
  return configured[0] ?? { kind: 'git' };
}

export function sleepingHusky(top: string): HuskyHost {
  const scripts = join(top, '.husky');
  return { kind: 'husky', scripts, directory: join(scripts, '_'), active: false };
}

/** Every manager that has a configuration here. */
export function configuredHosts(top: string, directory: string): readonly OtherHost[] {
  const launched = launcherIn(directory)?.manager;
  const hosts = CONFIGURATIONS.flatMap(({ kind, file }): OtherHost[] => {
    const found = readdirSync(top).find((name) => file.test(name));
    return found === undefined
      ? []
      : [{ kind, config: join(top, found), directory, active: launched === kind }];
  });
  const kind = 'simple-git-hooks';
  const manifest = join(top, 'package.json');
  if (hosts.some((host) => host.kind === kind) || !names(readManifest(manifest), kind)) return hosts;
  return [...hosts, { kind, config: manifest, directory, active: launched === kind }];
}

const CONFIGURATIONS: readonly { readonly kind: OtherManager; readonly file: RegExp }[] = [
  { kind: 'lefthook', file: /^\.?lefthook\.(?:ya?ml|toml|jsonc?)$/ },
  { kind: 'pre-commit', file: /^\.pre-commit-config\.ya?ml$/ },
  { kind: 'simple-git-hooks', file: /^\.?simple-git-hooks\.(?:[cm]?[jt]s|json)$/ },
];

/** husky 9 makes git look into `<scripts>/_`, whatever the scripts' directory is called; 5 to 8 into `.husky`. */
function huskyScripts(directory: string): string | undefined {
  const parent = dirname(directory);
  if (basename(directory) === '.husky') return directory;
  if (basename(directory) !== '_') return undefined;
  return basename(parent) === '.husky' || existsSync(join(directory, 'husky.sh')) ? parent : undefined;
}

type Manifest = Readonly<Record<string, unknown>>;

function readManifest(path: string): Manifest {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Manifest => typeof value === 'object' && value !== null;
const names = (value: unknown, key: string): boolean => isRecord(value) && Object.hasOwn(value, key);
