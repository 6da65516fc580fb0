// What no commit records, and nobody should be stopped for (the last lines of table 1.1).

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import { begin, expectPassed } from './proof.ts';

const line = (key: string): string => `OPENAI_API_KEY=${key}\n`;
const stageClean = (repository: ScratchRepository): void => {
  repository.write('clean.txt', 'clean\n');
  repository.git('add', 'clean.txt');
};

const CASES: Readonly<Record<string, (repository: ScratchRepository, key: string) => void>> = {
  'a key in a file that is only meant to be added': (repository, key) => {
    repository.write('later.env', line(key));
    repository.git('add', '--intent-to-add', 'later.env');
    stageClean(repository);
  },
  'a key in a file that is deleted': (repository, key) => {
    repository.write('old.env', line(key));
    repository.commit();
    repository.git('rm', '--quiet', 'old.env');
  },
  'a key that is taken out of a file': (repository, key) => {
    repository.write('old.env', line(key));
    repository.commit();
    repository.write('old.env', 'OPENAI_API_KEY=\n');
    repository.git('add', 'old.env');
  },
  'a key in a repository inside': (repository, key) => {
    repository.git('init', '--quiet', 'nested');
    repository.write('nested/a.env', line(key));
    const inside = { cwd: 'nested' };
    repository.tryGit(['add', '.'], inside);
    repository.tryGit(['commit', '--quiet', '-m', 'x'], inside);
    repository.tryGit(['add', 'nested']);
  },
  'a key that a clean filter takes out': (repository, key) => {
    repository.git('config', 'filter.redact.clean', 'sed s/sk-.*/REDACTED/');
    repository.write('.gitattributes', '*.env filter=redact\n');
    repository.write('a.env', line(key));
    repository.git('add', '.');
  },
  'a key in a file that git ignores': (repository, key) => {
    repository.write('.gitignore', '*.env\n');
    repository.write('a.env', line(key));
    repository.git('add', '.');
  },
  'nothing at all': () => undefined,
};

test.each(Object.entries(CASES))('%s', async (_, stage) => {
  await withScratch((repository) => {
    const key = freshKey();
    begin(repository);
    stage(repository, key);
    const { stdout, stderr } = expectPassed(repository, key, {
      command: ['commit', '--quiet', '--allow-empty', '-m', 'x'],
    });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  });
});

test('an intention to add becomes a commit with -a, and is seen then', async () => {
  await withScratch((repository) => {
    const key = freshKey();
    begin(repository);
    writeFileSync(join(repository.path, 'later.env'), line(key));
    repository.git('add', '--intent-to-add', 'later.env');
    expect(() =>
      expectPassed(repository, key, { command: ['commit', '--quiet', '-a', '-m', 'x'] }),
    ).toThrow();
    expect(repository.git('log', '--format=%s')).toBe('a commit');
  });
});
