// The first step after a find: how to take it out of what git was about to record or publish, with the exact commands.

import type { Finding, Mode, Occurrence, Report } from '../model.ts';
import { display } from './display.ts';
import { foldCommits, shortId, timeOf } from './origin-words.ts';
import type { Paint } from './paint.ts';
import { wrap } from './wrap.ts';

const WIDTH = 80;
const MOST_COMMANDS = 8;
const ELSEWHERE = 'an environment variable or a secret store can hold it.';

/** One sentence or more to be wrapped, then lines that are laid out already. */
export function takeOut(
  { mode, coverage: { range } }: Pick<Report, 'mode' | 'coverage'>,
  findings: readonly Finding[],
  paint: Paint,
): string[] {
  const places = findings.flatMap(({ occurrences }) =>
    foldCommits(occurrences).map(({ occurrence }) => occurrence),
  );
  if (mode === 'staged') return outOfIndex(places, paint);
  if (mode === 'message') return outOfMessage(paint);
  if (mode === 'push' || mode === 'receive') return outOfCommits(mode, places, range ?? '', paint);
  if (mode === 'ci')
    return [
      `Take it out of the files and commit; ${ELSEWHERE} A commit that holds it stays in the history, and in this ` +
        'report, until the branch is rewritten (git rebase -i) or the base has the revoked key in its baseline.',
    ];
  return [`Take it out of there; ${ELSEWHERE}`];
}

function outOfIndex(places: readonly Occurrence[], paint: Paint): string[] {
  const paths = [...new Set(places.map(({ path }) => path))];
  const commands = paths.filter(isTypable).map((path) => `git reset -q -- ${pathspec(path)}`);
  const more = commands.length - MOST_COMMANDS;
  return [
    `Take it out of the file; ${ELSEWHERE} Then "git add" the file and commit again. Or leave it out of this commit:`,
    ...commands.slice(0, MOST_COMMANDS).map((command) => shown(command, paint)),
    ...(more > 0 ? [`       … and the other ${more} files above`] : []),
  ];
}

function outOfMessage(paint: Paint): string[] {
  return [
    'Nothing was committed. Write the message without it; this opens it again:',
    shown('git commit -e -F "$(git rev-parse --git-path COMMIT_EDITMSG)"', paint),
  ];
}

const REFUSED = { push: 'Nothing was pushed.', receive: 'Nothing was recorded.' } as const satisfies Partial<
  Record<Mode, string>
>;

/** `range` ends in the last commits of what goes: those can be amended, others take a rebase. */
function outOfCommits(
  mode: keyof typeof REFUSED,
  places: readonly Occurrence[],
  range: string,
  paint: Paint,
): string[] {
  const commits = commitsOf(places);
  const [oldest = ''] = commits;
  const isLast = commits.length === 1 && range.split(' ').some((part) => part.endsWith(oldest));
  const [prose, ...rest] = isLast ? amend(paint) : rebase(commits, paint);
  const tags = [...new Set(places.map(({ path }) => path))].filter(isTypable).flatMap((path) => {
    const [, name] = /^refs\/tags\/([\w./-]+)$/.exec(path) ?? [];
    return name === undefined ? [] : shown(`git tag -d ${name}`, paint);
  });
  return [
    `${REFUSED[mode]} Take it out of what holds it; ${ELSEWHERE} ${commits.length > 0 ? prose : ''}`,
    ...(commits.length > 0 ? rest : []),
    ...(tags.length > 0 ? ['     Make the tag anew without it:', ...tags.slice(0, MOST_COMMANDS)] : []),
  ];
}

/** From the oldest on, as far as their dates tell. */
function commitsOf(places: readonly Occurrence[]): string[] {
  const dated = [...places].sort((one, other) => timeOf(one) - timeOf(other));
  return [...new Set(dated.flatMap(({ origin: { commit } }) => commit ?? []))];
}

function amend(paint: Paint): string[] {
  return [
    'Change the file or the message of the last commit:',
    shown('git add FILE && git commit --amend', paint),
  ];
}

function rebase(commits: readonly string[], paint: Paint): string[] {
  const ids = commits.map(shortId);
  const more = ids.length - MOST_COMMANDS;
  const marked = ids.slice(0, MOST_COMMANDS).join(', ') + (more > 0 ? `, and ${more} more` : '');
  const change =
    '(If it is the first commit of all: git rebase -i --root.) At each stop change the file or the message, then:';
  return [
    `In the list that this opens, put "edit" in the place of "pick" before ${marked}:`,
    shown(`git rebase -i ${ids[0]}^`, paint),
    ...wrap(change, WIDTH, '     '),
    shown('git add FILE && git commit --amend && git rebase --continue', paint),
  ];
}

const shown = (command: string, paint: Paint): string => `       ${paint('strong', command)}`;

/** A path with escapes in it (odd bytes, controls, a masked credential) is not the name the shell needs. */
function isTypable(path: string): boolean {
  return display(path) === path && !path.includes('\\') && !path.includes('…');
}

/**
 * From the top, because git runs hooks there and people do not; `git reset` and not `git restore --staged`, which fails
 * before the first commit. Quoted for a POSIX shell.
 */
function pathspec(path: string): string {
  const spec = `${/^[A-Za-z0-9.][^*?[]*$/.test(path) ? ':/' : ':(top,literal)'}${path}`;
  return /^[\w./@%+=:,-]+$/.test(spec) ? spec : `'${spec.replaceAll("'", "'\\''")}'`;
}
