// What git makes of a hook's file, and what is written in the files it leads to.

import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from '../executable.ts';
import type { GatedHook } from '../gated.ts';
import type { Host } from '../host.ts';

export type FileState =
  | 'no-hook'
  | 'broken-link'
  | 'not-executable'
  | 'empty'
  | 'crlf'
  | 'no-interpreter'
  | 'sound';

export function stateOf(path: string): FileState {
  if (!lstatSync(path, { throwIfNoEntry: false })) return 'no-hook';
  if (!existsSync(path)) return 'broken-link';
  if (!isExecutable(path)) return 'not-executable';
  const text = readFileSync(path, 'latin1');
  if (text.trim() === '') return 'empty';
  const [first = ''] = text.split('\n');
  const interpreter = /^#!\s*(\/[^\s]*)/.exec(first)?.[1];
  if (interpreter === undefined) return 'sound';
  if (first.endsWith('\r')) return 'crlf';
  return existsSync(interpreter) ? 'sound' : 'no-interpreter';
}

export interface TextFile {
  readonly path: string;
  /** latin1. */
  readonly text: string;
}

/** The files that decide what happens in this hook: what git starts, and what that reads. */
export function filesOf({ name }: GatedHook, directory: string, host: Host): readonly TextFile[] {
  const paths = [
    join(directory, name),
    ...(host.kind === 'husky' ? [join(host.scripts, name)] : []),
    ...('config' in host ? [host.config] : []),
  ];
  return [...new Set(paths)].flatMap((path) =>
    existsSync(path) && statSync(path).isFile() ? [{ path, text: readFileSync(path, 'latin1') }] : [],
  );
}
