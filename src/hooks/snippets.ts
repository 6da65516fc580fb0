// The lines for the configuration of other managers, added by keyscan or by the user. Nothing here is ever fetched:
// keyscan-cli has to be installed.

import type { GatedHook } from './gated.ts';
import type { OtherManager } from './refusal.ts';
import { IN_PROJECT, type Start } from './start.ts';

export interface Snippet {
  readonly manager: OtherManager;
  /** Lines to add, without a final newline. */
  readonly lines: string;
  /** What to run then; the last one makes the manager take its changed configuration into git. */
  readonly commands: readonly string[];
}

/** What everybody in the team can start: the package of the project, or a keyscan that each has installed. */
const command = ({ inProject }: Start, { name }: GatedHook): string =>
  inProject ? `node ${IN_PROJECT} ${name}` : `keyscan hook ${name}`;

/** What is configured already, by hook. */
export type Commands = Readonly<Record<string, unknown>>;

/** `there` stays in the lines, for a manager that has one command for each hook. */
export function snippetFor(
  manager: OtherManager,
  hooks: readonly GatedHook[],
  start: Start,
  there: Commands = {},
): Snippet {
  switch (manager) {
    case 'lefthook':
      return {
        manager,
        lines: lefthookLines(hooks).trimEnd(),
        commands: [...hooks.map((hook) => scriptCommand(hook, start)), AFTERWARDS.lefthook],
      };
    case 'pre-commit':
      return {
        manager,
        lines: `repos:\n${preCommitLines(hooks, start, { indent: '  ', oldStages: false })}`.trimEnd(),
        commands: [AFTERWARDS['pre-commit']],
      };
    case 'simple-git-hooks':
      return {
        manager,
        lines: JSON.stringify(
          {
            [manager]: {
              ...there,
              ...Object.fromEntries(hooks.map((hook) => [hook.name, joined(hook, start, there)])),
            },
          },
          null,
          2,
        )
          .split('\n')
          .slice(1, -1)
          .map((line) => line.slice(2))
          .join('\n'),
        commands: [AFTERWARDS[manager]],
      };
  }
}

/** Last, or first where git says something on stdin: the next one gets nothing of it. */
function joined(hook: GatedHook, start: Start, there: Commands): string {
  const ours = `${command(start, hook)}${hook.stdin ? ' "$@"' : ''}`;
  const theirs = there[hook.name];
  if (typeof theirs !== 'string' || theirs === '') return ours;
  return hook.stdin ? `${ours} && ${theirs}` : `${theirs} && ${ours}`;
}

/** What makes the manager take its configuration into git. */
export const AFTERWARDS: Readonly<Record<OtherManager, string>> = {
  lefthook: 'lefthook install',
  'pre-commit': 'pre-commit install --hook-type pre-commit --hook-type pre-merge-commit --hook-type pre-push',
  'simple-git-hooks': 'node node_modules/simple-git-hooks/cli.js',
};

/** The name of the script in lefthook's folders, one for each hook. */
export const SCRIPT = 'keyscan';

/** Lines at the left margin. */
export function lefthookLines(hooks: readonly GatedHook[]): string {
  const one = ({ name, stdin }: GatedHook): string => `${name}:
  scripts:
    "${SCRIPT}":
      runner: sh
${stdin ? '      use_stdin: true\n' : ''}`;
  return hooks.map(one).join('');
}

function scriptCommand(hook: GatedHook, start: Start): string {
  const folder = `.lefthook/${hook.name}`;
  return `mkdir -p ${folder} && echo '${command(start, hook)} "$@"' >${folder}/${SCRIPT}`;
}

/** Before pre-commit 3.2. */
const OLD_STAGES: Readonly<Record<GatedHook['name'], string>> = {
  'pre-commit': 'commit',
  'pre-merge-commit': 'merge-commit',
  'pre-push': 'push',
  'reference-transaction': 'reference-transaction',
};

/** Items of the list `repos`. The scope comes from git, not from names, and a commit of deletions only is checked, too. */
export function preCommitLines(
  hooks: readonly GatedHook[],
  start: Start,
  { indent, oldStages }: { readonly indent: string; readonly oldStages: boolean },
): string {
  const lines = [
    '- repo: local',
    '  hooks:',
    ...hooks.flatMap((hook) => [
      `    - id: keyscan-${hook.name}`,
      '      name: keyscan',
      `      entry: ${command(start, hook)}`,
      '      language: system',
      '      pass_filenames: false',
      '      always_run: true',
      '      require_serial: true',
      `      stages: [${oldStages ? OLD_STAGES[hook.name] : hook.name}]`,
    ]),
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}
