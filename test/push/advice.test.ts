// The commands a refused push shows: typed as they stand, they make the push pass.

import { spawnSync } from 'node:child_process';
import { freshKey } from '../support/keys.ts';
import type { ScratchRepository } from '../support/repository.ts';
import { commitFile, expectPushed, expectRefused, holders, withRemote } from './pushing.ts';

/** The lines of the report that are commands, with a file in the place of FILE. */
function commands(report: string, file: string): string[] {
  const lines = report.split('\n').filter((line) => /^ {7}git /.test(line));
  return lines.map((line) => line.trim().replace('FILE', file));
}

function shell(repository: ScratchRepository, command: string, env: NodeJS.ProcessEnv = {}): void {
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd: repository.path,
    env: { ...repository.env, ...env },
    encoding: 'utf8',
  });
  expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: expect.any(String) });
}

test('the last commit', () =>
  withRemote((repository) => {
    const key = freshKey();
    commitFile(repository, 'x', key);
    const [amend = ''] = commands(expectRefused(repository, key, ['origin', 'main']).stderr, 'x');
    repository.write('x', 'clean\n');
    shell(repository, amend);
    expectPushed(repository, ['origin', 'main']);
    expect(holders(repository, repository.root, key)).toEqual([]);
  }));

test('older commits', () =>
  withRemote((repository) => {
    const key = freshKey();
    commitFile(repository, 'clean', 'clean\n');
    const guilty = commitFile(repository, 'x', key);
    commitFile(repository, 'after', 'clean\n');
    const [rebase = '', goOn = ''] = commands(expectRefused(repository, key, ['origin', 'main']).stderr, 'x');
    const mark = `perl -pi -e 's/^pick ${guilty.slice(0, 7)}/edit ${guilty.slice(0, 7)}/'`;
    shell(repository, rebase, { GIT_SEQUENCE_EDITOR: mark });
    repository.write('x', 'clean\n');
    shell(repository, goOn);
    expect(repository.git('rev-list', '--count', 'origin/main..main')).toBe('3');
    expectPushed(repository, ['origin', 'main']);
    expect(holders(repository, repository.root, key)).toEqual([]);
  }));

test('a tag', () =>
  withRemote((repository) => {
    const key = freshKey();
    repository.git('tag', '-a', '-m', key, 'v1');
    const [drop = ''] = commands(expectRefused(repository, key, ['origin', 'v1']).stderr, 'x');
    shell(repository, drop);
    repository.git('tag', '-a', '-m', 'first', 'v1');
    expectPushed(repository, ['origin', 'v1']);
  }));
