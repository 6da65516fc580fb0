// What is said when install and uninstall leave everything as it is: why, and what to do.

import { ExitCode } from '../errors.ts';
import { asRefusal, HookRefusal, type Refusal } from '../hooks/refusal.ts';
import { shellWord } from '../hooks/shell-word.ts';
import type { Io } from '../io.ts';
import { display } from '../report/display.ts';
import { lines } from './hook-words.ts';
import { shown } from './shown.ts';

/** Runs `work`; a refusal is told on stderr and gives exit code 2. */
export async function orRefusal(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const refusal = asRefusal(error);
    if (!(refusal instanceof HookRefusal)) throw error;
    const [first, ...rest] = refused(refusal.refusal, io.cwd);
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
        'To guard all of them: keyscan install --global',
        'To give this repository hooks of its own, which then run instead of those:',
        `  git config --local core.hooksPath ${display(shellWord(refusal.own))}`,
      ];
    case 'set-everywhere':
      return [
        'it is not set here but for every repository of this user. Nothing was changed.',
        'To take it out of all of them: keyscan uninstall --global',
      ];
    case 'relative-everywhere':
      return [
        `core.hooksPath is "${display(refusal.value)}" for all repositories of this user: a folder in each. Nothing was changed.`,
        'Run keyscan install in each repository that has it.',
      ];
    case 'not-taken-up':
      return [
        `git does not read core.hooksPath from ${path}, so what was written there was taken back.`,
        'git config --global --show-origin --list says which file it reads.',
      ];
    case 'no-home':
      return ['there is no HOME in the environment, so nothing says whose repositories to guard.'];
    case 'add-lines':
      return [
        `${refusal.manager} runs the hooks here, and ${path} is one for you to edit. Nothing was changed.`,
        'With keyscan-cli installed, add this to it, after steps that change files:',
        '',
        ...refusal.lines.split('\n').map((line) => `  ${line}`),
        '',
        'Then run:',
        ...refusal.commands.map((command) => `  ${command}`),
        `If ${refusal.manager} is not in use here: keyscan install --manager git`,
      ];
    case 'manager-off':
      return [
        `${path} belongs to ${refusal.manager}, which git does not start here. Nothing was changed.`,
        `If you use it: ${refusal.command}, then run keyscan install again.`,
        'If you do not: keyscan install --manager git',
      ];
    case 'launcher-taken':
      return [
        `${path} is a hook that ${refusal.manager} would set aside. Nothing was changed.`,
        `Move it into the configuration of ${refusal.manager}, delete it, and try again.`,
      ];
    case 'no-configuration':
      return [
        `${refusal.manager} is not in use here: ${refusal.manager === 'husky' ? 'there is no .husky folder' : 'it has no configuration at the top of the work tree'}. Nothing was changed.`,
      ];
    case 'strict-elsewhere':
      return [
        `${refusal.manager} runs the hooks here; --strict needs the hook reference-transaction, which only git itself`,
        'runs well enough. Nothing was changed. Leave out --strict: keyscan then guards commits, merges and pushes.',
      ];
    case 'strict-too-old':
      return [
        `--strict needs git 2.28 or later; this is ${display(refusal.version)}. Nothing was changed.`,
        'Leave it out: keyscan then guards commits, merges and pushes.',
      ];
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
    case 'foreign':
      return [
        `${path} is no hook of keyscan, though the folder is keyscan's. Nothing was changed.`,
        'Move it away, and try again.',
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
