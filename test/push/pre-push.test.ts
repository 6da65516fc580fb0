// Real pushes: whatever way a key would leave in, the push is refused; and what the remote has already is let alone.

import { MOST_ARGUMENTS } from '../../src/git/object-list.ts';
import { freshKey } from '../support/keys.ts';
import type { ScratchRepository } from '../support/repository.ts';
import {
  addRemote,
  addressOf,
  commit,
  commitFile,
  expectPushed,
  expectRefused,
  withRemote,
} from './pushing.ts';

interface Case {
  readonly args: readonly string[];
  /** Arranges it; gives the commit that has to be named. */
  arrange(repository: ScratchRepository, key: string): string | undefined;
}

const REFUSED: Readonly<Record<string, Case>> = {
  'a new branch': {
    args: ['origin', 'topic'],
    arrange: (repository, key) => {
      repository.git('switch', '-q', '-c', 'topic');
      return commitFile(repository, 'config.ts', `const key = '${key}'\n`);
    },
  },
  'a key that a later commit takes out again': {
    args: ['origin', 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'config.ts', key);
      commitFile(repository, 'config.ts', 'clean\n');
      return guilty;
    },
  },
  'several references, the key in the last one': {
    args: ['origin', 'a', 'b', 'c'],
    arrange: (repository, key) => {
      for (const name of ['a', 'b', 'c']) {
        repository.git('switch', '-q', '-c', name, 'main');
        commitFile(repository, name, name === 'c' ? key : 'clean\n');
      }
      return repository.git('rev-parse', 'c');
    },
  },
  'a force push': {
    args: ['--force', 'origin', 'main'],
    arrange: (repository, key) => {
      commitFile(repository, 'x', 'clean\n');
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      repository.git('reset', '-q', '--hard', 'HEAD^');
      return commitFile(repository, 'y', key);
    },
  },
  'a force push over commits this clone has never seen': {
    args: ['--force', 'origin', 'main'],
    arrange: (repository, key) => {
      repository.git('clone', '-q', addressOf('origin'), '../other');
      repository.git('-C', '../other', 'commit', '-q', '--allow-empty', '-m', 'theirs');
      repository.git('-C', '../other', 'push', '-q');
      return commitFile(repository, 'y', key);
    },
  },
  'an annotated tag only': {
    args: ['origin', 'v1'],
    arrange: (repository, key) => void repository.git('tag', '-a', '-m', `release ${key}`, 'v1'),
  },
  'a tag to a blob': {
    args: ['origin', 'blob'],
    arrange: (repository, key) => {
      repository.git(
        'tag',
        'blob',
        repository.bytes(['hash-object', '-w', '--stdin'], key).toString().trim(),
      );
      return undefined;
    },
  },
  'a tag to a tree': {
    args: ['origin', 'tree'],
    arrange: (repository, key) => {
      const blob = repository.bytes(['hash-object', '-w', '--stdin'], key).toString().trim();
      repository.git(
        'tag',
        'tree',
        repository.bytes(['mktree'], `100644 blob ${blob}\tdeep\n`).toString().trim(),
      );
      return undefined;
    },
  },
  'a tag to a commit on no branch': {
    args: ['origin', 'lost'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('tag', 'lost');
      repository.git('reset', '-q', '--hard', 'HEAD^');
      return guilty;
    },
  },
  'the name of a branch': {
    args: ['origin', 'HEAD:refs/heads/KEY'],
    arrange: () => undefined,
  },
  'an expression with spaces in the place of a branch': {
    args: ['origin', ':/the guilty one:refs/heads/x'],
    arrange: (repository, key) => {
      repository.write('x', key);
      return commit(repository, 'the guilty one');
    },
  },
  'a merge that makes a key neither side has': {
    args: ['origin', 'main'],
    arrange: (repository, key) => {
      repository.git('switch', '-q', '-c', 'side');
      commitFile(repository, 'side', 'clean\n');
      repository.git('switch', '-q', 'main');
      commitFile(repository, 'main', 'clean\n');
      repository.git('merge', '-q', '--no-commit', '--no-ff', 'side');
      return commitFile(repository, 'evil', key);
    },
  },
  'the message of a commit': {
    args: ['origin', 'main'],
    arrange: (repository, key) => commit(repository, `subject\n\nbody with ${key}\n`),
  },
  'the name of an author': {
    args: ['origin', 'main'],
    arrange: (repository, key) => {
      repository.git(
        'commit',
        '-q',
        '--no-verify',
        '--allow-empty',
        '-m',
        'x',
        `--author=${key} <a@example.com>`,
      );
      return repository.git('rev-parse', 'HEAD');
    },
  },
  'the name of a file whose content is known': {
    args: ['origin', 'main'],
    arrange: (repository, key) => commitFile(repository, `x/${key}.txt`, 'clean\n'),
  },
  'by address': {
    args: [addressOf('origin'), 'main'],
    arrange: (repository, key) => commitFile(repository, 'x', key),
  },
  'by the address of a remote that has it, to one that has not': {
    args: [addressOf('public'), 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      addRemote(repository, 'public');
      return guilty;
    },
  },
  'to a public remote what a private one has': {
    args: ['public', 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      addRemote(repository, 'public');
      return guilty;
    },
  },
  'to a remote whose name begins that of a private one': {
    args: ['team', 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      addRemote(repository, 'team');
      addRemote(repository, 'team/private', 'private');
      repository.git('push', '-q', '--no-verify', 'team/private', 'main');
      return guilty;
    },
  },
  'to a remote whose address has become another one': {
    args: ['origin', 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      addRemote(repository, 'public');
      repository.git('remote', 'remove', 'public');
      repository.git('remote', 'set-url', 'origin', addressOf('public'));
      return guilty;
    },
  },
  'to the second address of a remote': {
    args: ['origin', 'topic'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      addRemote(repository, 'public');
      repository.git('remote', 'remove', 'public');
      repository.git('config', '--add', 'remote.origin.pushurl', addressOf('public'));
      repository.git('branch', 'topic');
      return guilty;
    },
  },
  'to a remote whose name is a pattern': {
    args: ['*', 'main'],
    arrange: (repository, key) => {
      const guilty = commitFile(repository, 'x', key);
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      addRemote(repository, 'star');
      // git remote refuses such a name; a configuration may have it.
      repository.git('config', 'remote.*.url', addressOf('star'));
      repository.git('config', 'remote.*.fetch', '+refs/heads/*:refs/remotes/star/*');
      repository.git('remote', 'remove', 'star');
      return guilty;
    },
  },
};

describe('refused', () => {
  test.each(Object.entries(REFUSED))('%s', (_, { args, arrange }) =>
    withRemote((repository) => {
      const key = freshKey();
      const guilty = arrange(repository, key);
      const { stderr } = expectRefused(
        repository,
        key,
        args.map((word) => word.replace('KEY', key)),
      );
      if (guilty !== undefined) expect(stderr).toContain(guilty.slice(0, 12));
    }),
  );

  test('more references than fit into a command line, the key in the last one', () =>
    withRemote((repository) => {
      const key = freshKey();
      repository.bytes(
        ['fast-import', '--quiet'],
        branches(MOST_ARGUMENTS + 1, repository.git('rev-parse', 'HEAD'), key),
      );
      expectRefused(repository, key, ['origin', '--all']);
    }));

  test('1,000 commits, the key in the oldest', () =>
    withRemote((repository) => {
      const key = freshKey();
      repository.bytes(['fast-import', '--quiet'], thousand(repository.git('rev-parse', 'HEAD'), key));
      expectRefused(repository, key, ['origin', 'main']);
    }));
});

/** What git fast-import takes: as many branches as asked for, the last one with a key. */
function branches(count: number, parent: string, key: string): string {
  const commits = Array.from({ length: count }, (_, n) => {
    const content = n === count - 1 ? `key = ${key}\n` : `clean ${n}\n`;
    const name = `refs/heads/b${String(n).padStart(4, '0')}`;
    const who = `committer A <a@example.com> ${1_700_000_000 + n} +0000`;
    return `commit ${name}\n${who}\ndata 2\nc\nfrom ${parent}\nM 644 inline f\ndata ${content.length}\n${content}\n`;
  });
  return commits.join('');
}

/** What git fast-import takes: a thousand commits on main, with a key in the first one only. */
function thousand(parent: string, key: string): string {
  const commits = Array.from({ length: 1000 }, (_, n) => {
    const content = n === 0 ? `key = ${key}\n` : `clean ${n}\n`;
    const who = `committer A <a@example.com> ${1_700_000_000 + n} +0000`;
    const from = n === 0 ? `from ${parent}\n` : '';
    return `commit refs/heads/main\n${who}\ndata 2\nc\n${from}M 644 inline ${n === 0 ? 'key' : `dir${n % 7}/f`}\ndata ${content.length}\n${content}\n`;
  });
  return commits.join('');
}

describe('let through', () => {
  test('clean commits, in silence', () =>
    withRemote((repository) => {
      commitFile(repository, 'x', 'clean\n');
      expectPushed(repository, ['origin', 'main']);
      expectPushed(repository, ['origin', 'main:refs/heads/another']);
      expectPushed(repository, ['origin', ':another']);
      expectPushed(repository, ['origin', 'main']);
    }));

  test('new commits over a key the remote has already', () =>
    withRemote((repository) => {
      commitFile(repository, 'x', freshKey());
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      commitFile(repository, 'y', 'clean\n');
      expectPushed(repository, ['origin', 'main']);
      repository.git('switch', '-q', '-c', 'topic');
      commitFile(repository, 'z', 'clean\n');
      expectPushed(repository, ['origin', 'topic']);
      // Pushed by address, and the remote says itself what it has.
      commitFile(repository, 'z', 'clean too\n');
      expectPushed(repository, [addressOf('origin'), 'topic']);
    }));

  test('a branch again that was deleted on the remote', () =>
    withRemote((repository) => {
      commitFile(repository, 'x', freshKey());
      repository.git('push', '-q', '--no-verify', 'origin', 'main', 'main:topic');
      repository.git('-C', addressOf('origin'), 'branch', '-D', 'topic');
      repository.git('switch', '-q', '-c', 'topic');
      commitFile(repository, 'y', 'clean\n');
      expectPushed(repository, ['origin', 'topic']);
    }));

  test('from a shallow clone: what is not here cannot be pushed', () =>
    withRemote((repository) => {
      commitFile(repository, 'x', freshKey());
      repository.git('push', '-q', '--no-verify', 'origin', 'main');
      repository.git('clone', '-q', '--depth=1', `file://${repository.root}/origin.git`, '../shallow');
      expect(repository.git('-C', '../shallow', 'rev-parse', '--is-shallow-repository')).toBe('true');
      repository.git('-C', '../shallow', 'commit', '-q', '--allow-empty', '-m', 'clean');
      const hooks = `core.hooksPath=${repository.path}/.git/hooks`;
      const { status, stderr } = repository.tryGit([
        '-C',
        '../shallow',
        '-c',
        hooks,
        'push',
        '-q',
        'origin',
        'main',
      ]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }));
});
