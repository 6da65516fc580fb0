// Who runs the hooks in this repository: git itself, or a program that reads a configuration of the team.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HuskyHost } from './husky.ts';
import { launcherIn } from './launcher.ts';
import type { ConfiguredHost } from './lefthook.ts';
import { isOurs } from './plain-git.ts';
import type { OtherManager } from './refusal.ts';
import type { Commands } from './snippets.ts';

export interface SimpleHost extends ConfiguredHost<'simple-git-hooks'> {
  /** What is configured for each hook, as far as that can be read. */
  readonly commands: Commands;
}

export type OtherHost = ConfiguredHost<'lefthook'> | ConfiguredHost<'pre-commit'> | SimpleHost;
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
  const files = readdirSync(top);
  const manifest = 'package.json';
  return CONFIGURATIONS.flatMap(({ kind, file }): OtherHost[] => {
    const found =
      files.find((name) => file.test(name)) ??
      (kind === 'simple-git-hooks' && names(readManifest(join(top, manifest)), kind) ? manifest : undefined);
    if (found === undefined) return [];
    const config = join(top, found);
    const place = { config, directory, active: launched === kind };
    if (kind !== 'simple-git-hooks') return [{ kind, ...place }];
    const read = readManifest(config);
    return [{ kind, ...place, commands: found === manifest ? recordIn(read[kind]) : read }];
  });
}

const recordIn = (value: unknown): Manifest => (isRecord(value) ? value : {});

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
