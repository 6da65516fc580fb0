// What people have accepted, in the hooks of a push and of messages: the work tree's word counts for its user, and what is
// pushed has no say on the server.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { keyscan, report } from '../support/keyscan.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';
import {
  addRemote,
  commitFile,
  expectPushed,
  expectRefused,
  PREVIEW,
  setHook,
  withRemote,
} from './pushing.ts';

/** `keyscan ignore`, as a report says it. */
function accept(repository: ScratchRepository, key: string): void {
  const { findings } = report(repository, ['-'], { input: key });
  expect(findings).toHaveLength(1);
  const fingerprint = findings[0]?.fingerprint ?? '';
  expect(keyscan(repository, ['ignore', fingerprint, '--reason', 'revoked']).status).toBe(0);
}

describe('before a push', () => {
  test('what the baseline of the work tree holds passes, committed or not; another key does not', () =>
    withRemote((repository) => {
      const key = freshKey();
      commitFile(repository, 'x', key);
      expectRefused(repository, key, ['origin', 'main']);
      accept(repository, key);
      expectPushed(repository, ['origin', 'main']);
      const other = freshKey();
      commitFile(repository, 'x', other);
      expectRefused(repository, other, ['origin', 'main']);
    }));

  test.each<[string, (repository: ScratchRepository, key: string) => unknown]>([
    [
      'a comment on its line',
      (repository, key) => commitFile(repository, 'x', `${key} # keyscan:ignore -- a test\n`),
    ],
    [
      'a path in the configuration',
      (repository, key) => {
        repository.write('.keyscan.json', '{ "ignore": [{ "paths": ["x"], "reason": "a test" }] }\n');
        commitFile(repository, 'x', key);
      },
    ],
  ])('%s', (_, arrange) =>
    withRemote((repository) => {
      arrange(repository, freshKey());
      expectPushed(repository, ['origin', 'main']);
    }),
  );
});

test('before a commit: a key in its message that is accepted passes, another one does not', () =>
  withScratch((repository) => {
    setHook(repository, 'commit-msg');
    const [key, other] = [freshKey(), freshKey()];
    accept(repository, key);
    const commit = (message: string) => repository.tryGit(['commit', '-q', '--allow-empty', '-m', message]);
    expect(commit(`revoke ${key}`)).toMatchObject({ status: 0, stderr: '' });
    expect(commit(`revoke ${other}`)).toMatchObject({ status: 1, stderr: expect.stringMatching(PREVIEW) });
    expect(repository.git('log', '--format=%s')).toBe(`revoke ${key}`);
  }));

test('before a branch changes: a key that is accepted passes, another one does not', () =>
  withScratch((repository) => {
    setHook(repository, 'reference-transaction');
    const [key, other] = [freshKey(), freshKey()];
    accept(repository, key);
    commitFile(repository, 'x', key);
    expect(() => commitFile(repository, 'x', other)).toThrow(PREVIEW);
    expect(repository.git('cat-file', 'blob', 'HEAD:x')).toBe(key);
  }));

test('standard input: what is accepted is ignored, and counted', () =>
  withScratch((repository) => {
    const [key, other] = [freshKey(), freshKey()];
    accept(repository, key);
    const { findings, ignored } = report(repository, ['-'], { input: `${key}\n${other}\n` });
    expect(ignored.map(({ line, by, reason }) => ({ line, by, reason }))).toEqual([
      { line: 1, by: 'baseline', reason: 'revoked' },
    ]);
    expect(findings.flatMap(({ occurrences }) => occurrences.map(({ line }) => line))).toEqual([2]);
  }));

describe('on a server', () => {
  /** The client has no hook. */
  const withServer = (use: (repository: ScratchRepository) => void): Promise<void> =>
    withRemote((repository) => {
      rmSync(join(repository.path, '.git/hooks/pre-push'));
      repository.git('switch', '-q', '-c', 'topic');
      const server = join(repository.root, 'origin.git');
      setHook(
        { ...repository, path: server, git: (...args) => repository.git('-C', server, ...args) },
        'pre-receive',
      );
      use(repository);
    });

  const FOOLS: Readonly<Record<string, (repository: ScratchRepository, key: string) => unknown>> = {
    'a comment': (repository, key) => commitFile(repository, 'x', `${key} # keyscan:ignore -- a test\n`),
    'a configuration': (repository, key) => {
      repository.write('.keyscan.json', '{ "ignore": ["x"], "failOn": "certain" }\n');
      commitFile(repository, 'x', key);
    },
    'a baseline': (repository, key) => {
      accept(repository, key);
      commitFile(repository, 'x', key);
    },
  };

  test.each(Object.entries(FOOLS))('%s that comes with the key does not let it in', (_, arrange) =>
    withServer((repository) => {
      arrange(repository, freshKey());
      for (const branch of ['topic', 'topic:main']) {
        const { status, stderr } = repository.tryGit(['push', 'origin', branch]);
        expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(PREVIEW) });
      }
      addRemote(repository, 'unguarded');
      expectPushed(repository, ['unguarded', 'topic']);
    }),
  );

  test('what its main branch has accepted before the push passes', () =>
    withServer((repository) => {
      const key = freshKey();
      accept(repository, key);
      commitFile(repository, 'y', 'clean\n');
      expectPushed(repository, ['origin', 'topic:main']);
      commitFile(repository, 'x', key);
      expectPushed(repository, ['origin', 'topic']);
    }));
});
