// Table 1.3 through real git, in a main work tree, a linked work tree and a submodule.

import { freshKey } from '../support/keys.ts';
import { guard } from '../support/keyscan.ts';
import { type ScratchRepository, type WorkTree, withScratch } from '../support/repository.ts';
import { FORMS } from './forms.ts';
import { begin, expectNoSecret, expectPassed, expectRefused, head } from './proof.ts';

const TREES: Readonly<Record<string, (repository: ScratchRepository) => WorkTree>> = {
  'a main work tree': (repository) => repository,
  'a linked work tree': (repository) => repository.worktree('linked'),
  'a submodule': (repository) => {
    const submodule = repository.submodule('inner');
    submodule.write('README', 'clean\n');
    submodule.commit();
    return submodule;
  },
};

describe.each(Object.entries(TREES))('in %s', (_, open) => {
  test.each(FORMS.map((form) => [form.name, form] as const))('%s', async (_name, { prepare, attempt }) => {
    await withScratch((repository) => {
      begin(repository);
      const tree = open(repository);
      const key = freshKey();
      prepare(tree, key);
      expectRefused(tree, key, attempt);
    });
  });
});

describe('what is not in the commit does not matter', () => {
  const key = freshKey();
  const line = `OPENAI_API_KEY=${key}\n`;
  test.each([
    ['a key in the work tree only', ['commit', '--quiet', '-m', 'x'], 'README', false],
    [
      'a key staged, another path committed',
      ['commit', '--quiet', '-m', 'x', '--', 'clean.txt'],
      'README',
      true,
    ],
  ])('%s', async (_, command, leaking, isStaged) => {
    await withScratch((repository) => {
      begin(repository);
      repository.write('clean.txt', 'clean\n');
      repository.git('add', 'clean.txt');
      repository.write(leaking, line);
      if (isStaged) repository.git('add', leaking);
      expect(expectPassed(repository, key, { command }).stderr).toBe('');
    });
  });
});

describe('merges', () => {
  const line = (key: string): string => `OPENAI_API_KEY=${key}\n`;
  /** `side` and `third` each bring a committed key. */
  function bringing(repository: ScratchRepository, keys: readonly string[]): void {
    begin(repository);
    for (const [n, key] of keys.entries()) {
      repository.git('checkout', '--quiet', '-b', ['side', 'third'][n] ?? '', 'main');
      repository.write(`key-${n}.env`, line(key));
      repository.commit();
    }
    repository.git('checkout', '--quiet', 'main');
    repository.write('own.txt', 'clean\n');
    repository.commit();
  }

  test.each([
    ['one branch', ['side'], 1],
    ['two branches at once', ['side', 'third'], 2],
  ] as const)('a key that comes with %s is committed already: a warning', async (_, branches, count) => {
    await withScratch((repository) => {
      const keys = branches.map(() => freshKey());
      bringing(repository, keys);
      guard(repository);
      const before = head(repository);
      const merged = repository.tryGit(['merge', '--no-edit', ...branches]);
      expect(merged.status).toBe(0);
      expect(head(repository)).not.toBe(before);
      expect(merged.stderr).toMatch(new RegExp(`warning: ${count} OpenAI credentials? .*committed`));
      for (const n of keys.keys()) expect(merged.stderr).toContain(`key-${n}.env:1`);
      for (const key of keys) expectNoSecret(merged, key);
    });
  });

  test('a conflict resolved by taking theirs, key and all: a warning', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      bringing(repository, [key]);
      repository.write('key-0.env', 'ours\n');
      repository.commit();
      repository.tryGit(['merge', 'side']);
      repository.git('checkout', '--theirs', 'key-0.env');
      repository.git('add', 'key-0.env');
      guard(repository);
      const { status, stderr } = repository.tryGit(['commit', '--no-edit']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('key-0.env:1') });
    });
  });

  test('after the hook has refused a merge, the commit that finishes it is refused too', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      FORMS.find(({ name }) => name === 'merge without conflict')?.prepare(repository, key);
      guard(repository);
      expect(repository.tryGit(['merge', '--no-edit', 'side']).status).toBe(1);
      expectRefused(repository, key, { command: ['commit', '--quiet', '--no-edit'] });
    });
  });

  test('merge --continue', async () => {
    await withScratch((repository) => {
      const key = freshKey();
      begin(repository);
      FORMS.find(({ name }) => name === 'merge with a conflict, then commit')?.prepare(repository, key);
      guard(repository);
      const before = head(repository);
      const { status, stderr } = repository.tryGit(['merge', '--continue']);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('shared.txt:1') });
      expect(head(repository)).toBe(before);
    });
  });
});

describe('what HEAD holds already', () => {
  const key = freshKey();
  const line = `OPENAI_API_KEY=${key}\n`;
  const commit = ['commit', '--quiet', '-m', 'x'];

  test('an unrelated edit of that file: a warning', async () => {
    await withScratch((repository) => {
      repository.write('old.env', line);
      repository.commit();
      repository.write('old.env', `# edited\n${line}`);
      repository.git('add', '.');
      guard(repository);
      const passed = repository.tryGit(commit);
      expect(passed).toMatchObject({
        status: 0,
        stderr: expect.stringMatching(/warning: 1 OpenAI credential/),
      });
      expectNoSecret(passed, key);
    });
  });

  test('the same key in another file, or another key in that file, is new', async () => {
    await withScratch((repository) => {
      repository.write('old.env', line);
      repository.commit();
      repository.write('new.env', `# moved\n${line}`);
      repository.git('add', '.');
      expectRefused(repository, key, { command: commit });
      const other = freshKey();
      repository.write('old.env', `${line}OPENAI_OTHER_KEY=${other}\n`);
      repository.git('add', '.');
      expectRefused(repository, other, { command: commit });
    });
  });
});
