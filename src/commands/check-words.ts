// Each check of doctor as a sentence, and what to do about it.

import type { Check, Setting } from '../hooks/doctor/check.ts';
import { shellWord } from '../hooks/shell-word.ts';
import { display } from '../report/display.ts';
import { shown } from './shown.ts';

/** What to do, and the commands that do it, one after another. */
export interface Cure {
  readonly text: string;
  readonly commands: readonly string[];
}

/** One sentence, safe to print. */
export function sentenceOf(check: Check, cwd: string): string {
  const path = 'path' in check ? shown(check.path, cwd) : '';
  const hook = 'hook' in check ? `${check.hook}: ` : '';
  switch (check.code) {
    case 'git':
      return `git ${display(check.version)}`;
    case 'hooks-path':
      return `git looks for hooks in ${path}${check.setting ? ` (core.hooksPath, set in ${place(check.setting, cwd)})` : ''}`;
    case 'refused':
      return `${hook}keyscan refuses a test key, and nothing else`;
    case 'hooks-off':
      return `hooks are switched off: core.hooksPath is "${display(check.setting.value)}", set in ${place(check.setting, cwd)}`;
    case 'hooks-elsewhere':
      return `${hook}git looks for hooks elsewhere, because core.hooksPath is set in ${place(check.setting, cwd)}; keyscan is in ${shown(check.own, cwd)}`;
    case 'no-hook':
      return `${hook}there is no ${path}`;
    case 'not-executable':
      return `${hook}${path} is not executable, so git passes over it`;
    case 'empty':
      return `${hook}${path} is empty, and to git an empty hook agrees`;
    case 'broken-link':
      return `${hook}${path} is a link that leads nowhere, so git passes over it`;
    case 'crlf':
      return `${hook}the first line of ${path} ends in CR and LF, so git cannot start it`;
    case 'no-interpreter':
      return `${hook}the program that the first line of ${path} names is not there, so git cannot start it`;
    case 'not-called':
      return `${hook}${path} does not call keyscan`;
    case 'not-reached':
      return `${hook}${path} ends before it comes to keyscan, or lets its refusal pass`;
    case 'let-through':
      return `${hook}keyscan lets the test key pass itself: its configuration allows it`;
    case 'node-missing':
      return `${hook}Node.js was not found, ${check.recorded ? `neither ${shown(check.recorded, cwd)} nor` : 'not'} in PATH: all is refused`;
    case 'keyscan-missing':
      return `${hook}the package keyscan-cli was not found${check.recorded ? ` (${shown(check.recorded, cwd)})` : ''}: all is refused`;
    case 'event-disabled':
      return `${hook}hook.${check.hook}.enabled is false, so git runs no such hook of its configuration`;
    case 'husky-off':
      return `${hook}keyscan is in the scripts of husky, but husky is not running here: git does not look there`;
    case 'manager-off':
      return `${hook}keyscan is in the configuration of ${check.manager}, but git does not start ${check.manager} here`;
    case 'switched-off':
      return `${hook}switched off by ${display(check.by)}`;
    case 'other-refusal':
      return `${hook}another step refuses the test key, before keyscan or instead of it: ${display(check.said)}`;
    case 'fails':
      return `${hook}it fails with what is staged now, whatever keyscan says: ${display(check.said)}`;
    case 'git-too-old':
    case 'git-failed':
      return display(check.message);
    case 'staged-findings':
      return `${hook}what is staged now holds a credential of its own, and is refused`;
    case 'not-last':
      return `${hook}line ${check.line} of ${path} comes after keyscan and may stage what nobody looks at: ${display(check.text.trim())}`;
    case 'changed':
      return `${hook}${path} was changed since keyscan wrote it`;
    case 'outdated':
      return `${hook}${path} was written by another version of keyscan`;
    case 'node-moved':
      return `${hook}${shown(check.recorded, cwd)}, the Node.js that was recorded, is gone; another one is used`;
    case 'other-version':
      return `the hooks start keyscan ${display(check.theirs)} in ${path}; this is ${display(check.ours)}`;
    case 'stranger':
      return `${path} is not keyscan-cli but the package of somebody else`;
  }
}

const INSTALL: Cure = { text: 'Set the hooks:', commands: ['keyscan install'] };
const RENEW: Cure = { text: 'Bring the hooks up to date:', commands: ['keyscan install'] };

/** `undefined` where there is nothing to do. */
export function cureOf(check: Check, cwd: string): Cure | undefined {
  const word = 'path' in check ? quoted(shown(check.path, cwd)) : '';
  switch (check.code) {
    case 'git':
    case 'hooks-path':
    case 'refused':
      return undefined;
    case 'hooks-off':
      return {
        text: 'Let git look for hooks again, then set them:',
        commands: [...unset(check.setting), 'keyscan install'],
      };
    case 'hooks-elsewhere':
      return {
        text: 'Set the hooks where git looks; or, if it should not look there, take that setting out:',
        commands: ['keyscan install', ...unset(check.setting)],
      };
    case 'not-executable':
      return { text: 'Make it executable:', commands: [`chmod +x ${word}`] };
    case 'no-hook':
    case 'empty':
    case 'broken-link':
    case 'not-called':
      return INSTALL;
    case 'crlf':
      return {
        text: 'Give it the line ends of sh, and keep them (in .gitattributes: eol=lf):',
        commands: [`tr -d '\\r' <${word} >${word}.lf && cat ${word}.lf >${word} && rm ${word}.lf`],
      };
    case 'no-interpreter':
      return { text: 'Correct its first line, or install what it names:', commands: [`head -n 1 ${word}`] };
    case 'not-reached':
      return {
        text: 'keyscan has to be the last command, always reached, and its exit code that of the hook. Mend the script, or take keyscan out of it and let install do it:',
        commands: ['keyscan install'],
      };
    case 'let-through':
      return { text: 'See what allows it:', commands: ['keyscan config'] };
    case 'node-missing':
      return {
        text: 'Install Node.js 20.19 or later, then set the hooks again:',
        commands: ['keyscan install'],
      };
    case 'keyscan-missing':
      return {
        text: 'Install the packages of this project again (or keyscan-cli, where you had it), then set the hooks again:',
        commands: ['npm ci', 'keyscan install'],
      };
    case 'event-disabled':
      return { text: 'Switch the hook on:', commands: [`git config hook.${check.hook}.enabled true`] };
    case 'husky-off':
      return {
        text: 'Start husky; the script prepare of the project usually does:',
        commands: ['npm run prepare'],
      };
    case 'manager-off':
      return { text: `Make git start ${check.manager}:`, commands: [check.command] };
    case 'switched-off': {
      const [name = '', file] = check.by.split(/=[^ ]* ?/);
      return file
        ? { text: `Take that line out of the file.`, commands: [] }
        : { text: 'Take it out of the environment:', commands: [`unset ${name}`] };
    }
    case 'other-refusal':
      return {
        text: 'Leave that step out for once and ask again: only then keyscan can be seen.',
        commands: ['keyscan doctor'],
      };
    case 'fails':
      return { text: 'Put that right first, then ask again:', commands: ['keyscan doctor'] };
    case 'git-too-old':
    case 'git-failed':
      return check.hint === undefined ? undefined : { text: `${display(check.hint)}.`, commands: [] };
    case 'staged-findings':
      return { text: 'See what it is:', commands: ['keyscan staged'] };
    case 'not-last':
      return { text: `Move that line above keyscan's in ${shown(check.path, cwd)}.`, commands: [] };
    case 'changed':
      return {
        text: 'Keep your lines elsewhere, then have it written anew:',
        commands: [`rm ${word}`, 'keyscan install'],
      };
    case 'outdated':
    case 'node-moved':
    case 'other-version':
      return RENEW;
    case 'stranger':
      return { text: 'keyscan does not need it; if nothing else does:', commands: ['npm uninstall keyscan'] };
  }
}

/** `file:…` as a path; what else git says (the command line, the environment) as it is. */
function place({ origin }: Setting, cwd: string): string {
  return origin.startsWith('file:')
    ? shown(origin.slice('file:'.length), cwd)
    : display(origin || 'the environment');
}

function unset({ origin }: Setting): readonly string[] {
  if (!origin.startsWith('file:')) return ['git config --show-origin --get-all core.hooksPath'];
  return [`git config --file ${quoted(origin.slice('file:'.length))} --unset core.hooksPath`];
}

const quoted = (text: string): string => (/^[\w./@%+=:,-]+$/.test(text) ? text : shellWord(text));
