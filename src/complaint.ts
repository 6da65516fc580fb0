// What is said when a run cannot be completed: to people when they can put it right, of a bug as little as helps.

import { basename } from 'node:path';
import { GitError, type UsageError } from './errors.ts';
import { display } from './report/display.ts';

/** Lines for standard error. `mask` takes credentials out of text that git or the user wrote. */
export function complaintOf(error: UsageError, mask: (text: string) => string): string {
  const said = display(mask(error.message));
  const detail = error instanceof GitError ? mask(error.detail).trim().split('\n').map(display) : [];
  // git's first line mostly is in the message already; what follows is its advice.
  const more = detail.filter((line) => line !== '' && !said.endsWith(line.replace(/^(?:fatal|error): /, '')));
  const hint = error.hint === undefined ? [] : [`  ${display(mask(error.hint))}`];
  return [`keyscan: ${said}`, ...more.map((line) => `  git: ${line}`), ...hint, ''].join('\n');
}

/** Class, code and our own places: a message may hold what was scanned (reference/git-and-hooks.md §2.5). */
export function bugReportOf(error: unknown): string {
  return [
    `keyscan: ${bugName(error)}`,
    ...framesOf(error).map((frame) => `  at ${frame}`),
    '  This is a bug of keyscan. Nothing is known to be clean.',
    '',
  ].join('\n');
}

/** The same in one line, for a report that has more to say. */
export function bugLine(error: unknown): string {
  const [place] = framesOf(error);
  return `${bugName(error)}${place === undefined ? '' : ` at ${place}`}`;
}

function bugName(error: unknown): string {
  if (!(error instanceof Error)) return `internal error: ${typeof error}`;
  return `internal error: ${error.constructor.name}${'code' in error ? ` (${String(error.code)})` : ''}`;
}

/** `file:line:column` of each frame below the message, which could imitate one. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const { name, message, stack = '' } = error;
  const head = message === '' ? name : `${name}: ${message}`;
  if (!stack.startsWith(head)) return [];
  return stack
    .slice(head.length)
    .split('\n')
    .flatMap((line) => /^ {4}at (?:.*\()?([^()]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? [])
    .map((place) => basename(place));
}
