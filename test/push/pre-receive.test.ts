// The gate on a server: a bare repository refuses what a push brings, out of the quarantine git keeps it in.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import type { Ran, ScratchRepository } from '../support/repository.ts';
import { addRemote, commit, commitFile, holders, PREVIEW, setHook, withRemote } from './pushing.ts';

/** A clean server with the hook, and a client without. */
const withServer = (use: (repository: ScratchRepository, server: string) => void): Promise<void> =>
  withRemote((repository) => {
    rmSync(join(repository.path, '.git/hooks/pre-push'));
    const server = join(repository.root, 'origin.git');
    setHook(at(repository, server), 'pre-receive');
    use(repository, server);
  });

const at = (repository: ScratchRepository, path: string): ScratchRepository => ({
  ...repository,
  path,
  git: (...args) => repository.git('-C', path, ...args),
});

function expectRejected(repository: ScratchRepository, key: string, args: readonly string[]): Ran {
  addRemote(repository, 'unguarded');
  const other = args.map((word) => (word === 'origin' ? 'unguarded' : word));
  repository.git('push', '-q', ...other);
  const ran = repository.tryGit(['push', ...args]);
  expect(ran.stderr).toMatch(PREVIEW);
  expect(ran.stderr).toContain('pre-receive hook declined');
  expect(ran.status).toBe(1);
  expect(holders(repository, repository.root, key)).toEqual(['unguarded.git']);
  // git itself names the references that were rejected.
  const said = ran.stderr.split('\n').filter((line) => line.startsWith('remote:'));
  expect(leakOf(key, said.join('\n'))).toBeUndefined();
  return ran;
}

describe('rejected', () => {
  test('a key in an older commit of a new branch', () =>
    withServer((repository) => {
      const key = freshKey();
      repository.git('switch', '-q', '-c', 'topic');
      const guilty = commitFile(repository, 'x', key);
      commitFile(repository, 'x', 'clean\n');
      const { stderr } = expectRejected(repository, key, ['origin', 'topic']);
      expect(stderr).toContain(guilty.slice(0, 12));
      expect(stderr).toContain('Nothing was recorded.');
    }));

  test('several references, the key in the last one, and nothing of the others is taken', () =>
    withServer((repository, server) => {
      const key = freshKey();
      repository.git('branch', 'a');
      repository.git('switch', '-q', '-c', 'b');
      commitFile(repository, 'x', key);
      expectRejected(repository, key, ['origin', 'a', 'b']);
      expect(repository.git('-C', server, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
    }));

  test.each<[string, (repository: ScratchRepository, key: string) => string]>([
    [
      'the message of a tag',
      (repository, key) => {
        repository.git('tag', '-a', '-m', key, 'v1');
        return 'v1';
      },
    ],
    [
      'a tag to a blob',
      (repository, key) => {
        repository.git(
          'tag',
          'blob',
          repository.bytes(['hash-object', '-w', '--stdin'], key).toString().trim(),
        );
        return 'blob';
      },
    ],
    [
      'the message of a commit',
      (repository, key) => {
        commit(repository, key);
        return 'main';
      },
    ],
    ['the name of a branch', (_, key) => `main:refs/heads/${key}`],
  ])('%s', (_, arrange) =>
    withServer((repository) => {
      const key = freshKey();
      expectRejected(repository, key, ['origin', arrange(repository, key)]);
    }),
  );

  test('a clean push, when the server cannot look: fails closed', () =>
    withServer((repository, server) => {
      // A reference to an object that is gone: git cannot tell what is new.
      const gone = repository.git('-C', server, 'commit-tree', '-m', 'x', 'HEAD^{tree}');
      repository.git('-C', server, 'update-ref', 'refs/heads/gone', gone);
      rmSync(join(server, 'objects', gone.slice(0, 2), gone.slice(2)));
      commitFile(repository, 'x', 'clean\n');
      const { status, stderr } = repository.tryGit(['push', 'origin', 'main']);
      expect(status).toBe(1);
      expect(stderr).toMatch(/keyscan could not look at everything/);
    }));
});

test('let through: clean commits, what the server has already, a deletion', () =>
  withServer((repository, server) => {
    const push = (...args: string[]) => {
      const { status, stdout, stderr } = repository.tryGit(['push', '-q', 'origin', ...args]);
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    };
    commitFile(repository, 'x', 'clean\n');
    push('main', 'main:topic');
    push(':topic');
    rmSync(join(server, 'hooks/pre-receive'));
    commitFile(repository, 'x', freshKey());
    push('main');
    setHook(at(repository, server), 'pre-receive');
    commitFile(repository, 'y', 'clean\n');
    push('main', 'main:again');
  }));
