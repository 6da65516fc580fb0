// Changes to files, all of them or none: each is taken back when a later one fails.

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { asRefusal } from './refusal.ts';

/** `mode` are permission bits. A `move` goes to a name that is free. `tidy` removes a folder if it is empty. */
export type Edit =
  | { readonly kind: 'write'; readonly path: string; readonly bytes: Buffer; readonly mode: number }
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'tidy'; readonly path: string };

/** Gives what takes it all back. Throws HookRefusal (`io`) after doing that itself. */
export function applyEdits(edits: readonly Edit[]): readonly Edit[] {
  const done: Edit[] = [];
  for (const edit of edits) {
    try {
      const inverse = inverseOf(edit);
      perform(edit);
      done.unshift(inverse);
    } catch (error) {
      throw asRefusal(error, edit.path, done.map(takenBack).every(Boolean));
    }
  }
  return done;
}

function perform(edit: Edit): void {
  if (edit.kind === 'move') renameSync(edit.path, edit.to);
  else if (edit.kind === 'remove') rmSync(edit.path);
  else if (edit.kind === 'tidy') tidy(edit.path);
  else write(edit.path, edit.bytes, edit.mode);
}

function inverseOf(edit: Edit): Edit {
  if (edit.kind === 'move') return { kind: 'move', path: edit.to, to: edit.path };
  // A folder that was there comes back with the file in it.
  if (edit.kind === 'tidy') return edit;
  const status = lstatSync(edit.path, { throwIfNoEntry: false });
  if (!status) return { kind: 'remove', path: edit.path };
  return { kind: 'write', path: edit.path, bytes: readFileSync(edit.path), mode: status.mode & 0o7777 };
}

function takenBack(inverse: Edit): boolean {
  try {
    perform(inverse);
    return true;
  } catch {
    return false;
  }
}

function tidy(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Complete under another name first: git treats half a hook, or an empty one, as a hook that agrees. */
function write(path: string, bytes: Buffer, mode: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.keyscan-new-${randomBytes(4).toString('hex')}`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, bytes);
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
