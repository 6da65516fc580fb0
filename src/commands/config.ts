// keyscan config: what holds here, or for a file, and who says so.

import { dirname, resolve } from 'node:path';
import { dayOf, isOver } from '../day.ts';
import { ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Confidence, RawPath } from '../model.ts';
import type { ColorChoice, Format } from '../options.ts';
import { findConfigs } from '../policy/files.ts';
import { type Layer, openLayers } from '../policy/layers.ts';
import { settingsOf } from '../policy/settings.ts';
import { wayInto } from '../policy/work-tree.ts';
import { workTree } from '../policy.ts';
import { useColor } from '../report/color.ts';
import { display } from '../report/display.ts';
import { type Paint, painter } from '../report/paint.ts';
import { print } from './print.ts';

export interface ConfigOptions {
  readonly format: Format;
  readonly color: ColorChoice;
  readonly config: string | undefined;
  readonly for: string | undefined;
}

/** One value, and the file it comes from. */
interface Row {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

/** Throws UsageError for what a scan would refuse, too. */
export async function run({ format, color, config, for: path }: ConfigOptions, io: Io): Promise<ExitCode> {
  const tree = workTree(io);
  const layers = await openLayers(await findConfigs(config, tree, io), tree);
  const way = path === undefined ? undefined : inTree(tree.top, resolve(io.cwd, path));
  const chain = await layers.at(way === undefined ? (tree.folder ?? '') : folderOf(way));
  const mask = await masking();
  const rows = [...runRows(layers.run), ...chain.flatMap((layer) => layerRows(layer, way))].map((row) => ({
    ...row,
    value: mask(row.value),
  }));
  if (format === 'json') await print(io.stdout, `${JSON.stringify(rows, null, 2)}\n`);
  else await print(io.stdout, table(rows, painter(useColor(color, io.env, io.stdout))));
  return ExitCode.clean;
}

/** Patterns, reasons and paths are written by people: anything may stand in them. */
async function masking(): Promise<(text: string) => string> {
  const { builtinDetector } = await import('../detect/detector.ts');
  const detector = builtinDetector();
  return (text) => detector.mask(text);
}

function inTree(top: string | undefined, path: string): RawPath {
  const way = top === undefined ? undefined : wayInto(top, path);
  if (way === undefined) throw new UsageError('that path is not in this repository');
  return way;
}

const folderOf = (way: RawPath): RawPath => (dirname(way) === '.' ? '' : dirname(way));

/** What holds for the run as a whole. */
function runRows(run: readonly Layer[]): Row[] {
  const asked = { failOn: undefined, baseline: undefined, honor: undefined };
  const { failOn, baseline, blockCommitted, honor } = settingsOf(
    asked,
    run.map((layer) => layer.config),
  );
  return [
    { name: 'failOn', value: failOn.value, from: failOn.from },
    { name: 'baseline', value: baseline.value.path, from: baseline.from },
    { name: 'staged.blockCommitted', value: String(blockCommitted.value), from: blockCommitted.from },
    { name: 'honor', value: honor.value.join(', ') || 'none', from: honor.from },
    ...run.flatMap(({ config }) =>
      config.rules.map(({ id }) => ({ name: 'rules', value: id, from: config.source.name })),
    ),
  ];
}

/** What adds up; with a path, only the patterns that match it. */
function layerRows({ config, ignored }: Layer, path: RawPath | undefined): Row[] {
  const { disable, thresholds, source } = config;
  const from = source.name;
  const today = dayOf(new Date());
  const way = path === undefined || source.folder === '' ? path : path.slice(source.folder.length + 1);
  return [
    ...disable.map((value) => ({ name: 'disable', value, from })),
    ...Object.entries<Confidence>(thresholds).map(([id, least]) => ({
      name: 'thresholds',
      value: `${id}: ${least}`,
      from,
    })),
    ...ignored
      .filter(({ matches }) => way === undefined || matches(way))
      .map(({ paths, rules, reason, expires }) => ({
        name: 'ignore',
        value: [
          paths.join(', '),
          rules && `only ${rules.join(', ')}`,
          expires && `${isOver(expires, today) ? 'expired on' : 'until'} ${expires}`,
          reason,
        ]
          .filter(Boolean)
          .join('; '),
        from,
      })),
  ];
}

function table(rows: readonly Row[], paint: Paint): string {
  const shown = rows.map(({ name, value, from }) => [name, display(value), display(from)] as const);
  const [names, values] = [0, 1].map((column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map(
      ([name, value, from]) =>
        `${name.padEnd(names ?? 0)}  ${paint('strong', value)}${' '.repeat((values ?? 0) - value.length)}  ${from}\n`,
    )
    .join('');
}
