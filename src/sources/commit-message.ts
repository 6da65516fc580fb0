// The message of the commit that is being made, as git will record it: without what git cuts off (R17).

import { lstat, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { askGit, doesGit, type Git } from '../git/process.ts';
import type { Item, Source } from '../model.ts';

/** `file` is what git gives commit-msg, from the folder the hook runs in. Throws UsageError and GitError. */
export async function openMessage(git: Git, file: string): Promise<Source> {
  const path = resolve(git.cwd, file);
  const status = await lstat(path).catch(() => undefined);
  if (!status?.isFile()) throw new UsageError('the file with the commit message is not there');
  const text = (await readFile(path)).toString('latin1');
  const message = Buffer.from(recorded(text, await readCleanup(git)), 'latin1');
  async function* items(): AsyncGenerator<Item, void, undefined> {
    const place = {
      path: Buffer.from(file).toString('latin1'),
      origin: { kind: 'message' },
      previous: [],
    } as const;
    yield { kind: 'blob', places: [place], content: message };
  }
  return { mode: 'message', range: null, items, expected: () => 1 };
}

export interface Cleanup {
  /** `commit.cleanup`; an option of git commit may say otherwise, which no hook is told. */
  readonly mode: string;
  /** What begins a comment; undefined when it cannot be known. */
  readonly comment: string | undefined;
  /** An editor was open: only then there are comments to be taken out. */
  readonly isEdited: boolean;
}

/**
 * Lines stay where they are. In doubt nothing is left out: better a refusal for what git would have cut off than a key in
 * a message. Pure; text is latin1.
 */
export function recorded(text: string, { mode, comment, isEdited }: Cleanup): string {
  const cut = mode === 'scissors' || isEdited ? scissorsIn(text, mode === 'scissors') : -1;
  const kept = cut < 0 ? text : text.slice(0, cut);
  const isStripped = isEdited && comment !== undefined && (mode === 'default' || mode === 'strip');
  if (!isStripped) return kept;
  return kept
    .split('\n')
    .map((line) => (line.startsWith(comment) ? '' : line))
    .join('\n');
}

/**
 * Where git cuts: `commit --verbose` shows the whole change below. That it does is not told either, so what stands there
 * must be what it writes: comments and a diff (git-commit(1), --cleanup=scissors). -1: nowhere.
 */
function scissorsIn(text: string, always: boolean): number {
  const line = SCISSORS.exec(text);
  if (!line) return -1;
  const [, comment = ''] = line;
  const below = text.slice(line.index).split('\n');
  const first = below.find((each) => each.trim() !== '' && !each.startsWith(comment));
  return always || first === undefined || DIFF.test(first) ? line.index : -1;
}

const SCISSORS = /^(\S{1,16}) -{24} >8 -{24}$/m;
const DIFF = /^(?:diff --(?:git|cc|combined) |Submodule )/;

async function readCleanup(git: Git): Promise<Cleanup> {
  const settings = await configured(git);
  const last = (...names: readonly string[]): string | undefined =>
    settings.filter(([name]) => names.includes(name)).at(-1)?.[1];
  // git before 2.45 does not know core.commentString; where it has another value, it cannot be told which one holds.
  const comments = new Set(settings.flatMap(([name, value]) => (name.startsWith('core.') ? value : [])));
  const [comment = '#', ...others] = comments;
  return {
    mode: last('commit.cleanup') ?? 'default',
    comment: others.length > 0 || comment === 'auto' || comment === '' ? undefined : comment,
    // git-commit sets it so when it opens no editor.
    isEdited: git.env.GIT_EDITOR !== ':',
  };
}

async function configured(git: Git): Promise<[name: string, value: string][]> {
  const question = ['config', '--null', '--get-regexp', '^(core\\.comment(char|string)|commit\\.cleanup)$'];
  if (!(await doesGit(git, question))) return [];
  const entries = (await askGit(git, question)).toString('latin1').split('\0').slice(0, -1);
  return entries.map((entry) => {
    const end = entry.indexOf('\n');
    return [entry.slice(0, end), entry.slice(end + 1)];
  });
}
