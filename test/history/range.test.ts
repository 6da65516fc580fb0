// Which part of the history the words of the command line mean, and what is said of it.

import { dayOf } from '../../src/day.ts';
import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, scratchRepository, withScratch } from '../support/repository.ts';
import { history } from './told.ts';

let repository: ScratchRepository;
const key = freshKey();
beforeAll(() => {
  repository = scratchRepository();
  repository.write('file', `key = "${key}"\n`);
  repository.commit();
  repository.git('branch', key);
});
afterAll(() => repository.remove());

test('a date is what git makes of it, and that is told', async () => {
  const since = '2000-01-02 03:04 +0000';
  const told = { code: 1, stderr: expect.stringContaining('keyscan: commits since 2000-01-02 03:04 UTC\n') };
  expect(await history(repository, { since })).toMatchObject(told);
  const { stderr } = await history(repository, { since, quiet: true });
  expect(stderr).not.toContain('commits since');
});

// git would take it for the time of day that it is now.
test.each([
  ['one in the past', '2020-02-02'],
  ['today', dayOf(new Date())],
])('a day is meant from its first minute on: %s', (_, day) =>
  withScratch(async (scratch) => {
    scratch.write('file', `key = "${key}"\n`);
    scratch.git('add', '--all');
    const env = { GIT_COMMITTER_DATE: `${day} 00:00:01` };
    expect(scratch.tryGit(['commit', '--quiet', '-m', 'x'], { env }).status).toBe(0);
    expect(await history(scratch, { since: day })).toMatchObject({ code: 1 });
  }),
);

// As git rebase --committer-date-is-author-date makes it; git would not look behind it.
test('what stands behind a commit that is older by its date is not left out', () =>
  withScratch(async (scratch) => {
    scratch.write('file', `key = "${key}"\n`);
    scratch.commit();
    scratch.write('file', 'clean\n');
    scratch.git('add', '--all');
    const env = { GIT_COMMITTER_DATE: '2020-02-02 00:00:00' };
    expect(scratch.tryGit(['commit', '--quiet', '-m', 'x'], { env }).status).toBe(0);
    expect(await history(scratch, { since: '2020-02-03' })).toMatchObject({ code: 1 });
    expect(await history(scratch, { since: '1 hour ago', operands: ['HEAD~..'] })).toMatchObject({ code: 0 });
  }));

test.each(['garbage', '', 'now', '2099-01-01'])(
  'what is no date in the past is refused, and no clean nothing: %j',
  async (since) => {
    expect(await history(repository, { since })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no date in the past to git'),
    });
  },
);

test('a branch that is called like a credential is masked where the range is told', async () => {
  const { report } = await history(repository, { operands: [key] });
  expect(report.coverage.range).toMatch(/^sk-proj-….{4}$/);
  expect(leakOf(key, JSON.stringify(report))).toBeUndefined();
});
