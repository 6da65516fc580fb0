// What the source of files yields, one line for each item.

import { readWhole } from '../../src/git/objects.ts';
import type { RawPath } from '../../src/model.ts';
import type { FileSystem } from '../../src/sources/file-content.ts';
import { openFiles } from '../../src/sources/files.ts';

export interface Asked {
  readonly paths?: readonly RawPath[];
  readonly includeIgnored?: boolean;
  readonly jobs?: number;
  readonly top?: string;
  readonly system?: FileSystem;
}

/** Kind, path and content or reason; checks that as many were expected. */
export async function listed(
  { path: cwd, env }: { readonly path: string; readonly env: NodeJS.ProcessEnv },
  { paths = ['.'], includeIgnored = false, jobs = 1, top = cwd, system }: Asked = {},
): Promise<string[]> {
  const { source, changed } = await openFiles({ cwd, env, paths, includeIgnored, top }, jobs, system);
  const lines: string[] = [];
  for await (const item of source.items()) {
    if (item.kind === 'cleared') lines.push(`cleared ${item.objects}`);
    else if (item.kind !== 'blob') lines.push(`${item.kind} ${item.path}: ${item.reason}`);
    else {
      const content = await readWhole(item.content).catch((error: Error) => Buffer.from(`${error}`));
      lines.push(`blob ${item.places.map(({ path }) => path).join(' ')}: ${Buffer.from(content)}`);
    }
  }
  expect(source.expected()).toBe(lines.length);
  return [...lines, ...changed().map((path) => `changed ${path}`)];
}
