// What install and uninstall say: what was written where, how to try it and undo it.

import { basename } from 'node:path';
import type { Action, HookChange } from '../hooks/change.ts';
import type { Outcome } from '../hooks/outcome.ts';
import type { Start } from '../hooks/start.ts';
import { shown } from './shown.ts';

const SET = 'git asks it before every commit, merge and push.';

export function installed(outcome: Outcome, start: Start, cwd: string): string {
  const { changes, everywhere } = outcome;
  const before = changes.every(({ action }) => action === 'unchanged');
  const where = everywhere ? ' for every repository of this user' : '';
  return lines([
    before
      ? `keyscan was set${where} already; nothing has changed. ${SET}`
      : `keyscan is set${where}: ${SET}`,
    ...listed(changes, cwd),
    ...changes.flatMap((change) => aboutPrevious(change)),
    ...toKnow(outcome, start),
    `Check it: keyscan doctor. Undo it: keyscan uninstall${everywhere ? ' --global' : ''}.`,
  ]);
}

export function uninstalled({ changes, everywhere }: Outcome, cwd: string): string {
  const done = changes.filter(({ action }) => action !== 'absent');
  const where = everywhere ? ' for every repository' : ' here';
  if (done.length === 0) return lines([`keyscan is not set${where}; nothing has changed.`]);
  return lines(['keyscan is taken out: git no longer asks it.', ...listed(done, cwd)]);
}

function toKnow({ host, inWorkTree, everywhere }: Outcome, { entry, inProject }: Start): readonly string[] {
  return [
    ...(everywhere ? EVERYWHERE : []),
    ...(host === 'git' && inWorkTree ? IN_WORK_TREE[inProject ? 'project' : 'machine'] : []),
    ...(host === 'git' ? [] : [`Commit this change: ${TEAM[host]}.`]),
    ...(host === 'pre-commit' && !inProject ? NOT_IN_PROJECT : []),
    ...(/[\\/]_npx[\\/]/.test(entry) ? FROM_CACHE : []),
  ];
}

const EVERYWHERE = [
  'The hooks a repository has of its own run first. A repository with a core.hooksPath of its own (husky sets one)',
  'is not reached: run keyscan install there.',
];

const IN_WORK_TREE = {
  project: [
    'These files are in the work tree: other clones and work trees have them once they are committed, and find',
    'keyscan in their node_modules.',
  ],
  machine: [
    'These files are in the work tree, and name the keyscan of this machine: before you commit them for others,',
    'install keyscan-cli in the project and run keyscan install again.',
  ],
} as const;

const TEAM = {
  husky: 'it guards every clone in which husky is running and keyscan-cli is installed',
  lefthook: 'it guards every clone in which lefthook is installed and keyscan-cli, too',
  'pre-commit':
    'it guards every clone in which pre-commit is installed, with the hook types pre-commit, pre-merge-commit and pre-push',
} as const;

const NOT_IN_PROJECT = [
  'keyscan-cli is not installed in this project, so everybody needs the command keyscan in PATH.',
];

const FROM_CACHE = [
  'This keyscan runs from the cache of npx, which is emptied now and then; git then refuses to commit until',
  'keyscan-cli is installed in the project. Install it there first, then run keyscan install again.',
];

const DONE: Readonly<Record<Action, string>> = {
  written: 'written',
  wrapped: 'written, around the hook that was there',
  added: 'keyscan added',
  renewed: 'brought up to date',
  unchanged: 'unchanged',
  removed: 'removed',
  restored: 'as it was before',
  absent: 'nothing of keyscan there',
};

function listed(changes: readonly HookChange[], cwd: string): string[] {
  const rows = changes.map(({ path, action }) => [shown(path, cwd), DONE[action]] as const);
  const width = Math.max(0, ...rows.map(([path]) => path.length));
  return rows.map(([path, done]) => `  ${path.padEnd(width)}  ${done}`);
}

function aboutPrevious({ action, previous }: HookChange): string[] {
  if (!previous || action === 'unchanged') return [];
  const { hook, path } = previous;
  const name = basename(path);
  if (!previous.runs)
    return [
      `The ${hook} from before is kept as ${name}; it is not executable, so git did not run it and keyscan does not.`,
    ];
  const runs = `The ${hook} from before is now ${name} and runs first.`;
  return previous.looksAtItsName
    ? [
        runs,
        'It seems to look at the name it is called by, which has changed: check that it still does its work.',
      ]
    : [runs];
}

export const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
