// What install and uninstall say: what was written where, what to do when nothing was, how to try it and undo it.

import { basename, relative } from 'node:path';
import { ExitCode } from '../errors.ts';
import type { Action, HookChange } from '../hooks/change.ts';
import type { Outcome } from '../hooks/install.ts';
import { HookRefusal, type Refusal } from '../hooks/refusal.ts';
import { shellWord } from '../hooks/shell-word.ts';
import type { Start } from '../hooks/start.ts';
import type { Io } from '../io.ts';
import { display } from '../report/display.ts';

const UNDO = 'Try it: keyscan staged checks what is staged now. Undo it: keyscan uninstall.';

export function installed({ changes, host, inWorkTree }: Outcome, { entry }: Start, cwd: string): string {
  const before = changes.every(({ action }) => action === 'unchanged');
  return lines([
    before
      ? 'keyscan was set already; nothing has changed. git asks it before every commit and merge.'
      : 'keyscan is set: git asks it before every commit and merge.',
    ...listed(changes, cwd),
    ...changes.flatMap((change) => aboutPrevious(change)),
    ...(host === 'git' && inWorkTree ? IN_WORK_TREE : []),
    ...(host === 'husky'
      ? ['Commit this change: it guards every clone in which husky is running and keyscan-cli is installed.']
      : []),
    ...(/[\\/]_npx[\\/]/.test(entry) ? FROM_CACHE : []),
    UNDO,
  ]);
}

export function uninstalled({ changes }: Outcome, cwd: string): string {
  if (changes.every(({ action }) => action === 'absent'))
    return lines(['keyscan is not set here; nothing has changed.']);
  return lines(['keyscan is taken out: git no longer asks it.', ...listed(changes, cwd)]);
}

const IN_WORK_TREE = [
  'These files are in the work tree: other clones and work trees have them once they are committed, and find',
  'keyscan in their node_modules.',
];

const FROM_CACHE = [
  'This keyscan runs from the cache of npx, which is emptied now and then; git then refuses to commit until',
  'keyscan-cli is installed in the project. Install it there first, then run keyscan install again.',
];

const DONE: Readonly<Record<Action, string>> = {
  written: 'written',
  wrapped: 'written, around the hook that was there',
  added: 'keyscan added as the last step',
  renewed: 'brought up to date',
  unchanged: 'unchanged',
  removed: 'removed',
  restored: 'as it was before',
  absent: 'nothing of keyscan there',
};

function listed(changes: readonly HookChange[], cwd: string): string[] {
  const rows = changes.map(({ path, action }) => [shown(path, cwd), DONE[action]] as const);
  const width = Math.max(...rows.map(([path]) => path.length));
  return rows.map(([path, done]) => `  ${path.padEnd(width)}  ${done}`);
}

function aboutPrevious({ hook, action, previous }: HookChange): string[] {
  if (!previous || action === 'unchanged') return [];
  const name = basename(previous.path);
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

/** Runs `work`; a refusal is told on stderr and gives exit code 2. */
export async function orRefusal(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HookRefusal)) throw error;
    const [first, ...rest] = refused(error.refusal, io.cwd);
    io.stderr.write(lines([`keyscan: ${first}`, ...rest]));
    return ExitCode.incomplete;
  }
}

function refused(refusal: Refusal, cwd: string): string[] {
  const path = 'path' in refusal ? shown(refusal.path, cwd) : '';
  switch (refusal.kind) {
    case 'not-built':
      return [
        `${path} is missing; nothing was changed.`,
        'Install keyscan-cli again (in its own repository: npm run build).',
      ];
    case 'no-work-tree':
      return [
        'there is no work tree here, so nothing is committed here that could be checked.',
        'Run it where you commit.',
      ];
    case 'hooks-off':
      return [
        `hooks are switched off: core.hooksPath is "${display(refusal.value)}". Nothing was changed.`,
        'git config --show-origin core.hooksPath says where it is set; take that line out and try again.',
      ];
    case 'shared-directory':
      return [
        `all repositories of this user share the hooks in ${path} (core.hooksPath). Nothing was changed.`,
        ...(refusal.line === undefined ? [] : forAll(refusal.hooks, refusal.line)),
        'To give this repository hooks of its own, which then run instead of those:',
        `  git config --local core.hooksPath ${display(shellWord(refusal.own))}`,
      ];
    case 'other-manager':
      return [
        `${path} shows that ${refusal.manager} runs the hooks here; keyscan does not edit it yet. Nothing was changed.`,
        'With keyscan-cli installed in the project, add this to it (after steps that change files):',
        '',
        ...refusal.lines.split('\n').map((line) => `  ${line}`),
        '',
        `Then run: ${refusal.afterwards}`,
        `If ${refusal.manager} is not in use here: keyscan install --manager git`,
      ];
    case 'no-husky':
      return ['husky is not in use here: there is no .husky folder. Nothing was changed.'];
    case 'husky-off':
      return [
        `husky is not running here: git does not look into ${path}. Nothing was changed.`,
        'Start husky first (the prepare script usually does: npm run prepare), then run keyscan install again.',
      ];
    case 'husky-owns':
      return [
        `${path} belongs to husky, which writes it anew each time. Nothing was changed.`,
        'Leave out --manager git: keyscan then adds itself to the scripts that husky runs.',
      ];
    case 'not-a-file':
      return [
        `${path} is a link, a folder or something else that is no plain file. Nothing was changed.`,
        'Put a plain script there, or take it away, and try again.',
      ];
    case 'not-executable':
      return [
        `${path} is not executable, so git does not run it. Nothing was changed.`,
        `chmod +x ${path}, then try again.`,
      ];
    case 'modified':
      return [
        `${path} was written by keyscan and changed since. Nothing was changed.`,
        refusal.previous === undefined
          ? 'Move your lines elsewhere, delete it, and try again.'
          : `Move your lines elsewhere, delete it, and try again; ${shown(refusal.previous, cwd)} then counts as the hook from before.`,
      ];
    case 'replaced':
      return [
        `${path} is another program's hook now, and ${shown(refusal.previous, cwd)} is there, too. Nothing was changed.`,
        'Keep the one you need under the name of the hook, take the other away, and try again.',
      ];
    case 'broken-block':
      return [
        `${path} holds half of keyscan's block, or more than one. Nothing was changed.`,
        'Delete everything from "# >>> keyscan >>>" to "# <<< keyscan <<<", and try again.',
      ];
    case 'unreachable':
      return [
        `line ${refusal.line} of ${path} may end the script before keyscan's turn: ${display(refusal.text)}`,
        'keyscan has to run last, and always. Take out the line (of "exec command" only the word exec), and try again.',
        'Nothing was changed.',
      ];
    case 'io':
      return [
        `${path} could not be read or written (${display(refusal.code)}).`,
        refusal.undone
          ? 'Nothing was changed.'
          : 'Some of the changes could not be taken back: look at the files beside it.',
      ];
  }
}

const forAll = (hooks: readonly string[], line: string): string[] => [
  `To guard all of them, end ${hooks.join(' and ')} there (executable, first line #!/bin/sh) with this line:`,
  `  ${display(line)}`,
];

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

/** From `cwd` where that is shorter, and safe to print. */
function shown(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return display(way !== '' && way.length < path.length ? way : path);
}
