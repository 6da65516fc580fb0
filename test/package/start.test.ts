// What every commit waits for: the hook loads nothing that only a finding, a report or a failure needs.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';

const hook = join(__dirname, '../../dist/hook.cjs');
const HEAVY =
  /^NativeModule (?:crypto|fs\/promises|internal\/fs\/promises|tty|zlib|http|worker_threads|perf_hooks|module)$/;

test('a clean commit loads no hash functions, file promises or output streams', () =>
  withScratch((repository) => {
    repository.write('clean.ts', 'export const answer = 42;\n');
    expect(heavyModules(repository)).toEqual([]);
  }));

test('a refused one does: the list above is a list of something', () =>
  withScratch((repository) => {
    repository.write('leak.ts', `const key = '${freshKey()}';\n`);
    expect(heavyModules(repository)).toContain('NativeModule crypto');
  }));

/** What the hook loads for what lies in the work tree, beyond what Node itself begins with. */
function heavyModules(repository: ScratchRepository): string[] {
  repository.git('add', '--all');
  const list = join(repository.root, 'list.cjs');
  writeFileSync(
    list,
    `process.on('exit', () => require('fs').writeSync(3, process.moduleLoadList.join('\\n')));`,
  );
  const loadedBy = (...program: string[]): string[] => {
    const { output } = spawnSync(process.execPath, ['-r', list, ...program], {
      cwd: repository.path,
      env: repository.env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    return String(output[3]).split('\n');
  };
  const always = new Set(loadedBy('-e', '0'));
  const loaded = loadedBy(hook, 'pre-commit').filter((name) => !always.has(name));
  expect(loaded).toContain('NativeModule child_process');
  return loaded.filter((name) => HEAVY.test(name));
}
