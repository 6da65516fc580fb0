// pre-push where something stands between git and keyscan: the pre-commit framework, which says in variables what it read,
// or a program that has read it all; and what is no list of references.

import { freshKey } from '../support/keys.ts';
import { keyscan, type RunOptions } from '../support/keyscan.ts';
import type { Ran, ScratchRepository } from '../support/repository.ts';
import { addressOf, commitFile, PREVIEW, withRemote } from './pushing.ts';

const prePush = (repository: ScratchRepository, options?: RunOptions): Ran =>
  keyscan(repository, ['hook', 'pre-push', 'origin', addressOf('origin')], options);

/** As commands/run.py of pre-commit sets them. */
const relayed = (repository: ScratchRepository, variables: Readonly<Record<string, string>>): Ran =>
  keyscan(repository, ['hook', 'pre-push'], {
    env: {
      PRE_COMMIT: '1',
      PRE_COMMIT_REMOTE_NAME: 'origin',
      PRE_COMMIT_REMOTE_URL: addressOf('origin'),
      PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
      PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
      ...variables,
    },
  });

const CLEAN = { status: 0, stdout: '', stderr: '' };

describe('under the pre-commit framework', () => {
  test('from one commit to another', () =>
    withRemote((repository) => {
      const clean = repository.git('rev-parse', 'HEAD');
      const guilty = commitFile(repository, 'x', freshKey());
      const after = commitFile(repository, 'y', 'clean\n');
      const ids = { PRE_COMMIT_FROM_REF: clean, PRE_COMMIT_TO_REF: after };
      expect(relayed(repository, ids)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(guilty.slice(0, 12)),
      });
      expect(relayed(repository, { ...ids, PRE_COMMIT_FROM_REF: guilty })).toMatchObject(CLEAN);
      // It says nothing of further lines, and one of them may be the branch that has the key.
      expect(relayed(repository, { ...ids, PRE_COMMIT_TO_REF: clean })).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/pre-commit tells its hooks of one branch\s+or tag/),
      });
      repository.git('reset', '-q', '--hard', clean);
      expect(relayed(repository, { ...ids, PRE_COMMIT_TO_REF: clean })).toMatchObject(CLEAN);
    }));

  test('a push that begins with a first commit is told by its branch only', () =>
    withRemote((repository) => {
      repository.git('update-ref', '-d', 'refs/remotes/origin/main');
      expect(relayed(repository, {})).toMatchObject(CLEAN);
      commitFile(repository, 'x', freshKey());
      expect(relayed(repository, {})).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    }));

  test('a commit that is not here', () =>
    withRemote((repository) => {
      const { status, stderr } = relayed(repository, { PRE_COMMIT_TO_REF: '1'.repeat(40) });
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('PRE_COMMIT_TO_REF') });
    }));
});

describe('when nothing is said', () => {
  test('nothing to push is clean', () =>
    withRemote((repository) => expect(prePush(repository)).toMatchObject(CLEAN)));

  test.each<[string, (repository: ScratchRepository) => void]>([
    ['the branch', () => undefined],
    ['another branch', (repository) => void repository.git('switch', '-q', '-c', 'other', 'HEAD^')],
    [
      'a tag',
      (repository) => {
        repository.git('tag', 'v1');
        repository.git('reset', '-q', '--hard', 'HEAD^');
      },
    ],
    [
      'what is checked out',
      (repository) => {
        repository.git('switch', '-q', '--detach');
        repository.git('branch', '-f', 'main', 'HEAD^');
      },
    ],
  ])('a key that the remote does not have is found on %s', (_, arrange) =>
    withRemote((repository) => {
      commitFile(repository, 'x', freshKey());
      arrange(repository);
      expect(prePush(repository)).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    }),
  );
});

describe('exit code 2, and nothing of it repeated', () => {
  const ID = 'a'.repeat(40);
  test.each([
    ['words', 'no such thing\n'],
    ['an id that is cut off', `refs/heads/a ${ID} refs/heads/a ${ID.slice(1)}\n`],
    ['a line too few words', `refs/heads/a ${ID} refs/heads/a\n`],
    ['a second line that is none', `refs/heads/a ${'0'.repeat(40)} refs/heads/a ${ID}\nx\n`],
    ['an empty line', '\n'],
  ])('%s', (_, input) =>
    withRemote((repository) => {
      const { status, stdout, stderr } = prePush(repository, { input });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe('keyscan: standard input is not what git gives this hook\n');
    }),
  );

  test('an object that is not here', () =>
    withRemote((repository) => {
      const input = `refs/heads/a ${ID} refs/heads/a ${'0'.repeat(40)}\n`;
      expect(prePush(repository, { input }).status).toBe(2);
    }));
});
