// The policy of a run that has a configuration or a baseline, or has found something: loaded only then.

import { join, posix, resolve } from 'node:path';
import { textOf } from '../config/text.ts';
import { dayOf } from '../day.ts';
import { createDetector } from '../detect/detector.ts';
import { UsageError } from '../errors.ts';
import type { Confidence, Detector, Directive, Judge, Notice, RawPath } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { pathText } from '../path-text.ts';
import type { PolicyTree } from '../policy.ts';
import { builtinRules } from '../rules/builtin.ts';
import { baselineJudge } from '../triage/baseline.ts';
import { type Baseline, parseBaseline } from '../triage/baseline-file.ts';
import { firstVerdict } from '../triage/first-verdict.ts';
import { inlineJudge } from '../triage/inline.ts';
import { exceptionsJudge } from './exceptions.ts';
import { type ConfigFiles, findConfigs, readNamed } from './files.ts';
import { openLayers } from './layers.ts';
import { type BaselineFile, type Setting, settingsOf } from './settings.ts';
import type { Surroundings } from './work-tree.ts';

export interface PolicyOptions extends Pick<ScanOptions, 'failOn' | 'baseline' | 'honor' | 'inlineIgnore'> {
  /** A baseline that is not there is an empty one: it is about to be made. */
  readonly makesBaseline?: boolean;
}

export interface Sources {
  readonly options: PolicyOptions;
  readonly tree: PolicyTree | undefined;
  readonly around: Surroundings | undefined;
  readonly configs: ConfigFiles;
  readonly builtin: Detector;
}

export interface Decided {
  readonly detector: Detector;
  readonly failOn: Confidence;
  readonly blockCommitted: boolean;
  readonly judge: Judge;
  readonly notes: (isWhole: boolean) => readonly Notice[];
}

/** Throws UsageError. */
export async function configured({ options, tree, around, configs, builtin }: Sources): Promise<Decided> {
  const layers = await openLayers(configs, tree);
  const settings = settingsOf(
    options,
    layers.run.map(({ config }) => config),
  );
  const today = dayOf(new Date());
  const rules = [...builtinRules, ...layers.ownRules];
  const detector = layers.ownRules.length === 0 ? builtin : createDetector(rules);
  const exceptions = exceptionsJudge(layers, today);
  const inline = inlineJudge({
    tools: new Set<Directive['tool']>(options.inlineIgnore ? ['keyscan', ...settings.honor.value] : []),
    rules: new Set(rules.map(({ id }) => id)),
    pathText: (path) => pathText(path, detector),
  });
  const name = settings.baseline.value.path;
  const accepted = baselineJudge(
    await readBaseline(settings.baseline, options.makesBaseline ?? false, tree, around),
    today,
    name,
  );
  return {
    detector,
    failOn: settings.failOn.value,
    blockCommitted: settings.blockCommitted.value,
    judge: firstVerdict(exceptions.judge, inline.judge, accepted.judge),
    notes: (isWhole) =>
      [...exceptions.notes(), ...inline.notes(), ...accepted.notes(isWhole)].map((notice) => ({
        ...notice,
        reason: detector.mask(notice.reason),
      })),
  };
}

/** None is an empty one, unless somebody has named it and it may not be missing. Throws UsageError. */
export async function readBaseline(
  setting: Setting<BaselineFile>,
  mayBeMissing: boolean,
  tree: PolicyTree | undefined,
  around: Surroundings | undefined,
): Promise<Baseline> {
  const { path, folder } = setting.value;
  const bytes =
    folder === undefined
      ? await readNamed(path, tree, around)
      : await tree?.read(wayTo(path, folder, setting.from));
  if (bytes) return parseBaseline(textOf(bytes, path), path);
  if (mayBeMissing || setting.from === 'default') return { salts: [], entries: [] };
  throw new UsageError(
    `the baseline ${path} is not there (${setting.from})`,
    'keyscan baseline makes one of what is found',
  );
}

/** Absolute: where `--baseline`, the nearest configuration or nobody puts it. Throws UsageError. */
export async function baselinePath(
  options: Pick<ScanOptions, 'config' | 'baseline'>,
  tree: PolicyTree,
  around: Surroundings,
): Promise<string> {
  const layers = await openLayers(await findConfigs(options.config, tree, around), tree);
  const asked = { baseline: options.baseline, failOn: undefined, honor: undefined };
  const { value, from } = settingsOf(
    asked,
    layers.run.map(({ config }) => config),
  ).baseline;
  if (value.folder === undefined) return resolve(around.cwd, value.path);
  return join(
    tree.top ?? around.cwd,
    Buffer.from(wayTo(value.path, value.folder, from), 'latin1').toString('utf8'),
  );
}

/** What a repository says never leads out of it. */
function wayTo(path: string, folder: RawPath, from: string): RawPath {
  const way = posix.normalize(posix.join(folder, Buffer.from(path, 'utf8').toString('latin1')));
  if (posix.isAbsolute(path) || path.includes('\\') || way.split('/')[0] === '..')
    throw new UsageError(
      `${from}: the baseline must be a file of the repository`,
      'name it from the folder of this file',
    );
  return way;
}
