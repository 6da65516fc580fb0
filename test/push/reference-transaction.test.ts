// The hook of `install --strict`: no way of moving a branch to a key works, with --no-verify or without any hook before.

import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import { type Ran, type ScratchRepository, withScratch } from '../support/repository.ts';
import { commitFile, PREVIEW, setHook } from './pushing.ts';

const inRepository = <T>(use: (repository: ScratchRepository) => T): Promise<T> =>
  withScratch((repository) => {
    commitFile(repository, 'README', 'clean\n');
    return use(repository);
  });

interface Case {
  /** Up to the last step. */
  arrange(repository: ScratchRepository, key: string): readonly string[];
}

/** A conflict between two branches, resolved with a key that neither has. */
function resolvedConflict(repository: ScratchRepository, key: string, ...start: readonly string[]): void {
  repository.git('switch', '-q', '-c', 'topic');
  commitFile(repository, 'f', 'topic\n');
  repository.git('switch', '-q', 'main');
  commitFile(repository, 'f', 'main\n');
  expect(repository.tryGit(start).status).not.toBe(0);
  repository.write('f', key);
  repository.git('add', 'f');
}

const CASES: Readonly<Record<string, Case>> = {
  'commit --no-verify': {
    arrange: (repository, key) => {
      repository.write('x', key);
      repository.git('add', 'x');
      return ['commit', '-q', '--no-verify', '-m', 'x'];
    },
  },
  'a key in the message': {
    arrange: (_, key) => ['commit', '-q', '--no-verify', '--allow-empty', '-m', key],
  },
  'rebase --continue after a conflict': {
    arrange: (repository, key) => {
      resolvedConflict(repository, key, 'rebase', '-q', 'topic');
      return ['rebase', '--continue'];
    },
  },
  'cherry-pick': {
    arrange: (repository, key) => {
      repository.git('switch', '-q', '--detach');
      repository.write('x', key);
      repository.git('add', 'x');
      const tree = repository.git('write-tree');
      const picked = repository.git('commit-tree', '-p', 'HEAD', '-m', 'x', tree);
      repository.git('reset', '-q', '--hard');
      repository.git('switch', '-q', 'main');
      return ['cherry-pick', picked];
    },
  },
  'update-ref': {
    arrange: (repository, key) => {
      repository.write('x', key);
      repository.git('add', 'x');
      const made = repository.git('commit-tree', '-p', 'HEAD', '-m', 'x', repository.git('write-tree'));
      repository.git('reset', '-q', '--hard');
      return ['update-ref', 'refs/heads/main', made];
    },
  },
  'a new branch to a commit nothing refers to': {
    arrange: (repository, key) => {
      const made = commitFile(repository, 'x', key);
      repository.git('reset', '-q', '--hard', 'HEAD^');
      return ['branch', 'topic', made];
    },
  },
  'am of a patch': {
    arrange: (repository, key) => {
      commitFile(repository, 'x', `${key}\n`);
      repository.git('format-patch', '-q', '-1', '-o', '..', 'HEAD');
      repository.git('reset', '-q', '--hard', 'HEAD^');
      repository.git('reflog', 'expire', '--expire=now', '--all');
      return ['am', '-q', '../0001-change-x.patch'];
    },
  },
};

describe('refused', () => {
  test.each(Object.entries(CASES))('%s', async (_, { arrange }) => {
    const key = freshKey();
    const attempt = (isGuarded: boolean): Promise<Ran & { holds: boolean }> =>
      inRepository((repository) => {
        const command = arrange(repository, key);
        if (isGuarded) setHook(repository, 'reference-transaction');
        return { ...repository.tryGit(command), holds: branchesHold(repository, key) };
      });
    expect(await attempt(false)).toMatchObject({ status: 0, holds: true });
    const { status, stdout, stderr, holds } = await attempt(true);
    expect({ holds, failed: status !== 0, stderr }).toEqual({
      holds: false,
      failed: true,
      stderr: expect.stringMatching(PREVIEW),
    });
    expect(leakOf(key, stdout + stderr)).toBeUndefined();
  });
});

function branchesHold(repository: ScratchRepository, key: string): boolean {
  const objects = repository.git('rev-list', '--objects', '--no-object-names', '--branches', 'HEAD');
  return repository.bytes(['cat-file', '--batch'], `${objects}\n`).includes(key);
}

test('let through: what is clean, what a branch holds already, and other references', () =>
  inRepository((repository) => {
    commitFile(repository, 'old', freshKey());
    const key = repository.bytes(['hash-object', '-w', '--stdin'], freshKey()).toString().trim();
    setHook(repository, 'reference-transaction');
    const said = (...args: string[]) => {
      const { status, stderr } = repository.tryGit(args);
      expect({ args, status, stderr }).toEqual({ args, status: 0, stderr: '' });
    };
    repository.write('x', 'clean\n');
    said('add', 'x');
    said('commit', '-q', '-m', 'clean');
    said('commit', '-q', '--amend', '-m', 'other words');
    said('branch', 'topic');
    said('branch', '-q', '-D', 'topic');
    said('tag', 'blob', key);
    said('update-ref', 'refs/remotes/origin/blob', key);
    said('switch', '-q', '-c', 'another', 'HEAD^');
    said('reset', '-q', '--hard', 'main');
  }));
