// keyscan's marked lines in a file that belongs to others: what to write for them to be in it, or out again.

import { lstatSync, readFileSync } from 'node:fs';
import type { Action, Plan } from './change.ts';
import type { Edit } from './edits.ts';
import { BlockError, removeBlock } from './marked.ts';
import { HookRefusal } from './refusal.ts';

/**
 * `insert` gives the text with the lines in it; it gets `undefined` where there is no file, which is then made with the
 * permission bits `mode`. Throws HookRefusal when there is half a block, or no plain file.
 */
export function planLines(path: string, mode: number, insert: (text: string | undefined) => string): Plan {
  const file = readText(path);
  const { text, without } = withPath(path, () => ({
    text: insert(file?.text),
    without: file && removeBlock(file.text),
  }));
  if (!file) return plan(path, 'written', [write(path, text, mode)]);
  if (text === file.text) return plan(path, 'unchanged', []);
  return plan(path, without === file.text ? 'added' : 'renewed', [write(path, text, file.mode)]);
}

/** Removes the file when the lines are all there is, and then those of the `folders` that are empty. */
export function planNoLines(path: string, folders: readonly string[] = [], without = removeBlock): Plan {
  const file = readText(path);
  const text = file && withPath(path, () => without(file.text));
  if (!file || text === file.text) return plan(path, 'absent', []);
  if (text === undefined)
    return plan(path, 'removed', [
      { kind: 'remove', path },
      ...folders.map((folder) => ({ kind: 'tidy', path: folder }) as const),
    ]);
  return plan(path, 'restored', [write(path, text, file.mode)]);
}

const plan = (path: string, action: Action, edits: readonly Edit[]): Plan => ({
  change: { path, action },
  edits,
});

/** latin1 in and out keeps every byte of a file in whatever encoding. */
const write = (path: string, text: string, mode: number): Edit => ({
  kind: 'write',
  path,
  bytes: Buffer.from(text, 'latin1'),
  mode,
});

/** `undefined` where there is nothing. Throws HookRefusal for a link, a folder and the like. */
export function readText(path: string): { readonly text: string; readonly mode: number } | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return undefined;
  if (!status.isFile()) throw new HookRefusal({ kind: 'not-a-file', path });
  return { text: readFileSync(path, 'latin1'), mode: status.mode & 0o7777 };
}

function withPath<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BlockError ? new HookRefusal({ ...error.obstacle, path }) : error;
  }
}
