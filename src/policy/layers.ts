// The configurations that hold for a place: the user's, then those of every folder from the top down to it.

import {
  type Config,
  type ConfigSource,
  checkRuleIds,
  type IgnoredPaths,
  parseConfig,
} from '../config/config.ts';
import { type PathMatcher, pathMatcher } from '../config/patterns.ts';
import { UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import type { PolicyTree } from '../policy.ts';
import { builtinRules } from '../rules/builtin.ts';
import type { Rule } from '../rules/rule.ts';
import { type ConfigFiles, foldersDownTo, type PolicyFile, readConfig } from './files.ts';

export interface Layer {
  readonly config: Config;
  readonly ignored: readonly IgnoredLayer[];
}

export interface IgnoredLayer extends IgnoredPaths {
  readonly matches: PathMatcher;
}

export interface Layers {
  /** For the run as a whole; the farthest first. */
  readonly run: readonly Layer[];
  /** The rules that come with them. */
  readonly ownRules: readonly Rule[];
  /** For what lies in this folder of the tree; the farthest first. Throws UsageError for a file that is wrong. */
  at(folder: RawPath): Promise<readonly Layer[]>;
}

/** Throws UsageError. */
export async function openLayers(files: ConfigFiles, tree: PolicyTree | undefined): Promise<Layers> {
  const user = files.user && (await layerOf(files.user, true));
  const project = await Promise.all(files.project.map((file) => layerOf(file, file.folder === '')));
  const run = [...(user ? [user] : []), ...project];
  const ownRules = run.flatMap(({ config }) => config.rules);
  const known = [...builtinRules, ...ownRules].map(({ id }) => id);
  const twice = ownRules.find(({ id }, index) => ownRules.findIndex((other) => other.id === id) < index);
  if (twice) throw new UsageError(`two configurations have a rule ${twice.id}`);
  for (const layer of run) checkRuleIds(layer.config, known);
  checkNotAllDisabled(run, known);

  const ofFolder = new Map<RawPath, Promise<Layer | undefined>>(
    project.map((layer) => [layer.config.source.folder, Promise.resolve(layer)]),
  );

  async function readLayer(folder: RawPath): Promise<Layer | undefined> {
    const file = tree && (await readConfig(tree, folder));
    if (file === undefined) return undefined;
    const layer = await layerOf(file, false);
    checkRuleIds(layer.config, known);
    return layer;
  }

  function layerIn(folder: RawPath): Promise<Layer | undefined> {
    const layer = ofFolder.get(folder) ?? readLayer(folder);
    ofFolder.set(folder, layer);
    return layer;
  }

  const chains = new Map<RawPath, Promise<readonly Layer[]>>();

  async function chainTo(folder: RawPath): Promise<readonly Layer[]> {
    if (files.isGiven) return run;
    const found = await Promise.all(foldersDownTo(folder).map(layerIn));
    const chain = [user, ...found].filter((layer) => layer !== undefined);
    checkNotAllDisabled(chain, known);
    return chain;
  }

  return {
    run,
    ownRules,
    at(folder) {
      const chain = chains.get(folder) ?? chainTo(folder);
      chains.set(folder, chain);
      return chain;
    },
  };
}

async function layerOf({ name, folder, bytes }: PolicyFile, mayHaveRules: boolean): Promise<Layer> {
  const source: ConfigSource = { name, folder, mayHaveRules };
  const config = await parseConfig(bytes, source);
  const ignored = await Promise.all(
    config.ignore.map(async (entry) => ({ ...entry, matches: await pathMatcher(entry.paths) })),
  );
  return { config, ignored };
}

function checkNotAllDisabled(layers: readonly Layer[], known: readonly string[]): void {
  const disabled = new Set(layers.flatMap(({ config }) => config.disable));
  if (known.some((id) => !disabled.has(id))) return;
  const names = layers
    .filter(({ config }) => config.disable.length > 0)
    .map(({ config }) => config.source.name);
  throw new UsageError(`every rule is disabled (${names.join(', ')}), so nothing would ever count`);
}
