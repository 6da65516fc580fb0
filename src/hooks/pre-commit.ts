// keyscan in the configuration of pre-commit (pre-commit.com): a `local` repository at the end of the list.

import type { Plan } from './change.ts';
import type { GatedHook } from './gated.ts';
import { managerOff, planLauncher, planNoLauncher } from './launcher.ts';
import type { ConfiguredHost } from './lefthook.ts';
import { marked, placeBlock, removeBlock } from './marked.ts';
import { planLines, planNoLines, readText } from './marked-file.ts';
import { HookRefusal } from './refusal.ts';
import { preCommitLines, snippetFor } from './snippets.ts';
import type { Start } from './start.ts';
import { topLevelKeys } from './yaml-lines.ts';

/** Throws HookRefusal where the list of repositories is not written as a list of lines. */
export function planPreCommitInstall(
  { config, directory, active }: ConfiguredHost<'pre-commit'>,
  hooks: readonly GatedHook[],
  start: Start,
): readonly Plan[] {
  if (!active) throw managerOff('pre-commit', config);
  const place = endOfList(removeBlock(readText(config)?.text ?? '') ?? '');
  if (place === undefined)
    throw new HookRefusal({ kind: 'add-lines', path: config, ...snippetFor('pre-commit', hooks, start) });
  return [
    planLines(config, 0o644, (text = '') => {
      const before = removeBlock(text) ?? '';
      const lines = preCommitLines(hooks, start, { indent: place.indent, oldStages: usesOldStages(before) });
      return placeBlock(
        before,
        marked(`# Stays last. Taken out by: keyscan uninstall\n${lines}`),
        place.line,
      );
    }),
    ...hooks.flatMap((hook) => planLauncher(directory, 'pre-commit', hook)),
  ];
}

export const planPreCommitUninstall = (
  { config, directory }: ConfiguredHost<'pre-commit'>,
  hooks: readonly GatedHook[],
): readonly Plan[] => [planNoLines(config), ...hooks.map((hook) => planNoLauncher(directory, hook))];

/** How far the items of `repos` are indented, and before which line the list ends: left out, with the file. */
function endOfList(text: string): { readonly indent: string; readonly line: number | undefined } | undefined {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const keys = topLevelKeys(lines);
  const at = keys?.findIndex(({ key }) => key === 'repos') ?? -1;
  const repos = keys?.[at];
  if (repos === undefined || repos.value !== '') return undefined;
  const indent = /^( *)- /.exec(
    lines.slice(repos.line + 1).find((line) => !/^\s*(?:#|$)/.test(line)) ?? '',
  )?.[1];
  if (indent === undefined) return undefined;
  const next = keys?.[at + 1]?.line;
  if (next === undefined) return { indent, line: undefined };
  // What is said right above the next key is said of it.
  const last = lines.findLastIndex((line, number) => number < next && !/^(?:#|\s*$)/.test(line));
  return { indent, line: last + 1 };
}

/** The names of stages before pre-commit 3.2 (2023), which it warns of since and older ones need. */
const usesOldStages = (text: string): boolean =>
  text
    .split('stages:')
    .slice(1)
    .some((rest) => /(?<![\w-])(?:commit|push|merge-commit)(?![\w-])/.test(rest.split(']', 1)[0] ?? ''));
