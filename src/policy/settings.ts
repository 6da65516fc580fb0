// What holds for a run as a whole: each value with who says so. The command line wins, then the nearest file.

import type { Config, OtherTool } from '../config/config.ts';
import { UsageError } from '../errors.ts';
import type { Confidence, RawPath } from '../model.ts';
import { nearest } from '../nearest.ts';
import { OPTIONS, type ScanOptions } from '../options.ts';
import { BASELINE_NAME } from './files.ts';

export interface Setting<T> {
  readonly value: T;
  /** A file, an option, or `default`. */
  readonly from: string;
}

export interface BaselineFile {
  /** As the option or a file names it, and the folder of the tree that is meant from; `undefined`: the caller's. */
  readonly path: string;
  readonly folder: RawPath | undefined;
}

export interface Settings {
  readonly failOn: Setting<Confidence>;
  readonly baseline: Setting<BaselineFile>;
  readonly blockCommitted: Setting<boolean>;
  readonly honor: Setting<readonly OtherTool[]>;
}

/** Where `--baseline` or a file says it is. */
const baselineAt = (path: string, folder: RawPath | undefined): BaselineFile => ({ path, folder });

export type Asked = Pick<ScanOptions, 'failOn' | 'baseline' | 'honor'>;

/** `configs`: the farthest first. Throws UsageError for tools in --honor that are none. */
export function settingsOf(asked: Asked, configs: readonly Config[]): Settings {
  const { failOn, baseline, honor } = asked;
  return {
    failOn:
      first(
        given('--fail-on', failOn),
        said(configs, (each) => each.failOn),
      ) ?? byDefault(OPTIONS.failOn.default),
    baseline:
      first(
        given('--baseline', baseline === undefined ? undefined : baselineAt(baseline, undefined)),
        said(configs, ({ baseline: path, source }) =>
          path === undefined ? undefined : baselineAt(path, source.folder),
        ),
      ) ?? byDefault({ path: BASELINE_NAME, folder: '' }),
    blockCommitted: said(configs, (each) => each.blockCommitted) ?? byDefault(false),
    honor:
      first(
        given('--honor', honor === undefined ? undefined : toolsIn(honor)),
        said(configs, (each) => each.honor),
      ) ?? byDefault([]),
  };
}

const byDefault = <T>(value: T): Setting<T> => ({ value, from: 'default' });

const given = <T>(option: string, value: T | undefined): Setting<T> | undefined =>
  value === undefined ? undefined : { value, from: option };

function said<T>(
  configs: readonly Config[],
  read: (config: Config) => T | undefined,
): Setting<T> | undefined {
  for (const config of [...configs].reverse()) {
    const value = read(config);
    if (value !== undefined) return { value, from: config.source.name };
  }
  return undefined;
}

const first = <T>(one: Setting<T> | undefined, other: Setting<T> | undefined): Setting<T> | undefined =>
  one ?? other;

const TOOLS: readonly OtherTool[] = ['gitleaks', 'trufflehog', 'detect-secrets'];

function toolsIn(list: string): OtherTool[] {
  return list.split(',').map((word) => {
    const tool = TOOLS.find((each) => each === word.trim());
    if (tool) return tool;
    const near = nearest(word.trim(), TOOLS);
    throw new UsageError(
      '--honor names a tool whose comments keyscan does not know',
      near ? `Did you mean ${near}?` : `It knows ${TOOLS.join(', ')}`,
    );
  });
}
