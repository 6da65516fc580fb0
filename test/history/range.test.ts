// Which part of the history the words of the command line mean, and what is said of it.

import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
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

test('a date is what git makes of it', async () => {
  expect(await history(repository, { since: '2000-01-01' })).toMatchObject({ code: 1 });
});

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
