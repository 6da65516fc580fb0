// Who runs the hooks in this repository: git itself, husky, or a program whose configuration keyscan does not edit yet.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { HuskyHost } from './husky.ts';
import type { OtherManager } from './refusal.ts';

export type Host =
  | { readonly kind: 'git' }
  | HuskyHost
  | { readonly kind: 'other'; readonly manager: OtherManager; readonly path: string };

/** `top` is the work tree, `directory` where git looks for hooks; both absolute. What git really runs decides first. */
export function findHost(top: string, directory: string): Host {
  const scripts = huskyScripts(directory);
  if (scripts !== undefined) return { kind: 'husky', scripts, directory, active: true };
  const manifest = readManifest(join(top, 'package.json'));
  if (names(manifest.devDependencies, 'husky') && existsSync(join(top, '.husky'))) return sleepingHusky(top);
  for (const { manager, file } of OTHERS) {
    const found = readdirSync(top).find((name) => file.test(name));
    if (found !== undefined) return { kind: 'other', manager, path: join(top, found) };
  }
  if (names(manifest, 'simple-git-hooks'))
    return { kind: 'other', manager: 'simple-git-hooks', path: join(top, 'package.json') };
  return { kind: 'git' };
}

export function sleepingHusky(top: string): HuskyHost {
  const scripts = join(top, '.husky');
  return { kind: 'husky', scripts, directory: join(scripts, '_'), active: false };
}

const OTHERS: readonly { readonly manager: OtherManager; readonly file: RegExp }[] = [
  { manager: 'lefthook', file: /^\.?lefthook\.(?:ya?ml|toml|jsonc?)$/ },
  { manager: 'pre-commit', file: /^\.pre-commit-config\.ya?ml$/ },
  { manager: 'simple-git-hooks', file: /^\.?simple-git-hooks\.(?:[cm]?[jt]s|json)$/ },
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
