// keyscan scans keyscan: the hooks of this very project, run by husky in a copy of it.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import {
  commitKey,
  expectLeak,
  expectMergeRefused,
  expectPushRefused,
  expectRefused,
  expectSilent,
  PROJECT,
} from './guarding.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
  expectLeak(repository);
  mkdirSync(join(repository.path, '.husky'));
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push'])
    cpSync(join(PROJECT, '.husky', name), join(repository.path, '.husky', name));
  repository.write('.gitignore', 'dist\n');
  symlinkSync(join(PROJECT, 'dist'), join(repository.path, 'dist'));
  const husky = join(PROJECT, 'node_modules', 'husky', 'bin.js');
  expect(spawnSync(process.execPath, [husky], { cwd: repository.path, env: repository.env }).status).toBe(0);
});
afterEach(() => repository.remove());

test('a key is refused, a clean commit passes unnoticed', () => {
  expectRefused(repository);
  expectSilent(repository);
});

test('a merge, too', () => {
  repository.commit();
  expectMergeRefused(repository, { env: { HUSKY: '0' } });
});

test('a push, too', () => {
  expectPushRefused(repository);
});

test('not built: refused with what to do', () => {
  rmSync(join(repository.path, 'dist'));
  const { landed, status, stderr } = commitKey(repository);
  expect({ landed, status }).toEqual({ landed: false, status: 1 });
  expect(stderr).toMatch(/^keyscan is not built yet, so nothing can be checked\. Run npm run build/);
});
