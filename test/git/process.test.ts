// How a git child ends decides what its output is worth.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { askGit, doesGit, explainFailure, type Git, gitIn, startGit } from '../../src/git/process.ts';
import { checkVersion, isAtLeast } from '../../src/git/version.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

let repository: ScratchRepository;
let real: Git;
beforeAll(() => {
  repository = scratchRepository();
  real = gitIn(repository.path, repository.env);
});
afterAll(() => repository.remove());

let count = 0;
function fake(script: string): Git {
  const path = join(repository.root, `git-${count++}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { ...real, path };
}

test('output and input', async () => {
  expect((await askGit(real, ['hash-object', '-t', 'blob', '--stdin'], 'x')).toString()).toMatch(
    /^[0-9a-f]{40}\n$/,
  );
});

test('no monitor, no hooks and no replacements, whatever the repository says', async () => {
  for (const [name, value] of Object.entries({ fsmonitor: 'true', hooksPath: 'x', useReplaceRefs: 'true' }))
    repository.git('config', `core.${name}`, value);
  for (const [name, value] of Object.entries({
    fsmonitor: '',
    hooksPath: '/dev/null',
    useReplaceRefs: 'false',
  }))
    expect((await askGit(real, ['config', `core.${name}`])).toString()).toBe(`${value}\n`);
});

test.each([
  ['a code and words', 'echo x; echo "warning: a" >&2; echo "fatal: b" >&2; exit 128', /ended with 128: b$/],
  ['a code without a word', 'echo x; exit 1', /ended with 1$/],
  ['a signal', 'echo x; kill -KILL $$', /ended with SIGKILL$/],
])('%s: what was printed does not count', async (_, script, message) => {
  await expect(askGit(fake(script), ['diff-index'])).rejects.toThrow(message);
});

test('what failed is called by its name, whatever setting stands before it', async () => {
  const failed = askGit(fake('exit 1'), ['-c', 'log.showSignature=false', 'log']);
  await expect(failed).rejects.toThrow(/^git log ended with 1$/);
});

test('warnings on the side do not matter', async () => {
  expect((await askGit(fake('echo "warning: a" >&2; echo x'), ['rev-parse'])).toString()).toBe('x\n');
});

test('a flood of complaints is kept to what a person reads', async () => {
  const error = await askGit(fake('yes fatal: again | head -c 1000000 >&2; exit 1'), ['x']).catch((e) => e);
  expect(error).toBeInstanceOf(GitError);
  expect(error.detail.length).toBeLessThan(100_000);
});

test('input that nobody reads', async () => {
  expect((await askGit(fake('exec 0<&-; echo x'), ['x'], 'y'.repeat(1_000_000))).toString()).toBe('x\n');
});

test('yes, no, and neither', async () => {
  expect(await doesGit(real, ['symbolic-ref', '--quiet', 'HEAD'])).toBe(true);
  expect(await doesGit(real, ['rev-parse', '--quiet', '--verify', 'HEAD'])).toBe(false);
  await expect(doesGit(real, ['rev-parse', '--verify', 'HEAD'])).rejects.toThrow(GitError);
  await expect(doesGit(fake('kill -TERM $$'), ['x'])).rejects.toThrow(GitError);
});

test('a program that cannot be started', async () => {
  const nowhere = { ...real, path: join(repository.root, 'nowhere') };
  await expect(askGit(nowhere, ['version'])).rejects.toThrow(/could not be started \(ENOENT\)/);
  expect(await explainFailure(nowhere, 'as it was')).toBe('as it was');
});

test('one that is killed ends', async () => {
  const child = startGit(fake('exec sleep 1000'), ['x']);
  child.kill();
  await expect(child.ended).rejects.toThrow(/SIGKILL/);
});

test('the script around git is killed, and git behind it ends', async () => {
  const child = startGit(fake('cat; exit 0'), ['x']);
  child.kill();
  await expect(child.ended).rejects.toThrow(GitError);
});

test('a failure is explained by the age of git', async () => {
  const failed = new GitError('git diff-index ended with 129');
  expect(await explainFailure(fake('echo git version 2.20.1'), failed)).toMatchObject({
    message: /2\.20\.1 is too old/,
  });
  expect(await explainFailure(real, failed)).toBe(failed);
});

test.each(['2.25.0', '2.39.5', '2.39.5 (Apple Git-154)', '2.45.1.windows.1', '3.0.0', '10.1'])(
  '%s will do',
  (version) => {
    expect(checkVersion(`git version ${version}\n`)).toBe(version.split(' ')[0]);
  },
);

test.each(['git version 2.24.9', 'git version 1.99.0', 'git version', 'hello', ''])(
  '%j will not',
  (answer) => {
    expect(() => checkVersion(answer)).toThrow(GitError);
  },
);

test.each<[version: string, major: number, minor: number, isIt: boolean]>([
  ['2.25.0', 2, 25, true],
  ['2.24.9', 2, 25, false],
  ['2.9.25', 2, 25, false],
  ['2.100', 2, 25, true],
  ['2.45.1.windows.1', 2, 45, true],
  ['2.45.1.windows.1', 2, 46, false],
  ['3.0.0', 2, 54, true],
  ['1.99', 2, 0, false],
  ['10.1', 2, 25, true],
])('%s is at least %i.%i: %s', (version, major, minor, isIt) =>
  expect(isAtLeast(version, major, minor)).toBe(isIt),
);
