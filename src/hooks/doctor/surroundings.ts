// What does no harm yet but may: hooks that were changed or have grown old, keyscan not in the last place, a stranger of
// the same name.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderBlock } from '../block.ts';
import type { GatedHook } from '../gated.ts';
import { blockIn } from '../marked.ts';
import { IN_PROJECT } from '../start.ts';
import { recognizeWrapper, recordedStart, renderWrapper } from '../wrapper.ts';
import type { Check } from './check.ts';
import { provenAt, type Scene } from './explain.ts';
import { filesOf, type TextFile } from './hook-file.ts';

/** `entry` is that of the keyscan that asks. */
export function lookAround(scene: Scene, hooks: readonly GatedHook[], entry: string): readonly Check[] {
  const { top } = scene;
  const ours = manifestOf(packageOf(entry))?.version;
  const stranger = join(top, 'node_modules', 'keyscan');
  return [
    ...hooks.flatMap((hook) => aboutHook(scene, hook)),
    ...entriesOf(scene, hooks).flatMap((each): Check[] => {
      const path = packageOf(each);
      const theirs = manifestOf(path)?.version;
      const isSame = theirs === undefined || ours === undefined || theirs === ours;
      return isSame ? [] : [{ code: 'other-version', path, theirs, ours }];
    }),
    ...(manifestOf(stranger)?.name === 'keyscan' ? [{ code: 'stranger', path: stranger } as const] : []),
  ];
}

function aboutHook(scene: Scene, hook: GatedHook): readonly Check[] {
  const proven = provenAt(scene, hook);
  return filesOf(hook, scene.directory, scene.host).flatMap(({ path, text }): Check[] => {
    const bytes = Buffer.from(text, 'latin1');
    const kind = recognizeWrapper(bytes);
    if (kind === 'modified') return [{ code: 'changed', ...proven, path }];
    if (kind === 'foreign') return [...notLast(hook, { path, text }), ...outdatedLines(hook, { path, text })];
    const recorded = recordedStart(bytes);
    if (!recorded) return [];
    const { node } = recorded;
    const current = (['beside', 'repository'] as const).map((previous) =>
      renderWrapper({ hook, ...recorded, previous }),
    );
    return [
      ...(current.includes(bytes.toString('utf8')) ? [] : [{ code: 'outdated', ...proven, path } as const]),
      ...(node === '' || existsSync(node)
        ? []
        : [{ code: 'node-moved', recorded: node, ...proven, path } as const]),
    ];
  });
}

/** Only what is staged can change once keyscan has looked (reference/git-and-hooks.md R16). */
function notLast(hook: GatedHook, { path, text }: TextFile): readonly Check[] {
  const lines = text.split('\n');
  const last = lines.findLastIndex(calls);
  if (!hook.asks || last < 0 || /^\s*exec\b/.test(lines[last] ?? '') || !isScript(path)) return [];
  const line = lines.findIndex((each, at) => at > last && !SAYS_NOTHING.test(each));
  return line < 0
    ? []
    : [{ code: 'not-last', line: line + 1, text: lines[line] ?? '', hook: hook.name, path }];
}

function calls(line: string): boolean {
  if (line.startsWith('# <<< keyscan <<<')) return true;
  const [command = ''] = line.split('#', 1);
  const words = command.split(/[^\w-]+/);
  const hook = words.findIndex((word) => word === 'pre-commit' || word === 'pre-merge-commit');
  const isCalled = hook >= 0 && words.lastIndexOf('keyscan', hook) >= 0;
  return isCalled || command.includes('keyscan-cli/dist/hook.cjs');
}

const SAYS_NOTHING = /^\s*(?:#|$|exit\b|fi\b|done\b|esac\b|;;|\}|\))/;
const isScript = (path: string): boolean => !/\.(?:ya?ml|toml|jsonc?)$/.test(path);

function outdatedLines(hook: GatedHook, { path, text }: TextFile): readonly Check[] {
  const block = blockIn(text);
  return block === undefined || !isScript(path) || block.trimEnd() === renderBlock(hook).trimEnd()
    ? []
    : [{ code: 'outdated', hook: hook.name, path }];
}

/** What the hooks start. */
function entriesOf({ top, directory }: Scene, hooks: readonly GatedHook[]): readonly string[] {
  const recorded = hooks.flatMap(({ name }) => {
    const path = join(directory, name);
    const start = existsSync(path) ? recordedStart(readFileSync(path)) : undefined;
    return start ? [join(start.entry.startsWith('node_modules') ? top : '', start.entry)] : [];
  });
  return [...new Set(recorded.length > 0 ? recorded : [join(top, IN_PROJECT)])];
}

const packageOf = (entry: string): string => dirname(dirname(entry));

interface Manifest {
  readonly name?: unknown;
  readonly version?: string;
}

function manifestOf(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
