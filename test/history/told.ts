// Runs keyscan history in this process: what a run comes to, without the time a program takes to start.

import { Writable } from 'node:stream';
import { run } from '../../src/commands/history.ts';
import { complaintOf } from '../../src/complaint.ts';
import { UsageError } from '../../src/errors.ts';
import type { Report } from '../../src/model.ts';
import { DEFAULT_OPTIONS, type Options } from '../../src/options.ts';
import type { WorkTree } from '../support/repository.ts';

export interface Told {
  readonly code: number;
  readonly report: Report;
  readonly stdout: string;
  readonly stderr: string;
}

/** With a JSON report, and without the cache, unless told otherwise. */
export async function history(
  { path, env }: Pick<WorkTree, 'path' | 'env'>,
  options: Partial<Options> & { readonly operands?: readonly string[] } = {},
): Promise<Told> {
  const texts = { stdout: '', stderr: '' };
  const into = (name: keyof typeof texts): Writable =>
    new Writable({
      write: (chunk, _, done) => {
        texts[name] += chunk;
        done();
      },
    });
  const io = { stdin: process.stdin, stdout: into('stdout'), stderr: into('stderr'), env, cwd: path };
  const given = { ...DEFAULT_OPTIONS, format: 'json', cache: false, operands: [], ...options } as const;
  const code = await run(given, io).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    texts.stderr += complaintOf(error, (text) => text);
    return 2;
  });
  const isJson = texts.stdout.startsWith('{');
  return { code, ...texts, report: isJson ? JSON.parse(texts.stdout) : undefined };
}
