// Fault injection for ranges: whatever git does in the middle, a key is found or the run has failed. Never a clean exit.

import { ExitCode } from '../../src/errors.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { scan } from '../../src/scan.ts';
import { openRange } from '../../src/sources/objects.ts';
import { ENDS, FAULTS, type FailingGit, failingGit, verdictOf } from '../support/failing-git.ts';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

let repository: ScratchRepository;
let tip: string;
let git: FailingGit;
beforeAll(() => {
  repository = scratchRepository();
  repository.write('a/b', 'clean\n');
  repository.commit();
  repository.write('c', `OPENAI_API_KEY=${freshKey()}\n`);
  repository.commit();
  tip = repository.git('rev-parse', 'HEAD');
  const key = repository.git('rev-parse', 'HEAD:c');
  const listing = repository.bytes(['rev-list', '--objects', tip]);
  const ids = listing.toString().replace(/ .*/g, '');
  const changes = [
    'diff-tree',
    '--stdin',
    '-r',
    '-m',
    '--root',
    '--raw',
    '-z',
    '--no-abbrev',
    `--find-object=${key}`,
  ];
  const answers = {
    'rev-list': listing,
    'cat-file': repository.bytes(['cat-file', '--batch'], ids),
    'diff-tree': repository.bytes(changes, repository.bytes(['rev-list', tip])),
  };
  git = failingGit(repository, gitIn(repository.path, repository.env), answers);
});
afterAll(() => repository.remove());

const verdict = (broken: Git) =>
  verdictOf(() => {
    const range = { from: [tip], without: [] };
    const { source, close } = openRange(broken, { mode: 'push', shown: null, allowShallow: false, range });
    return scan({ source, detector, finish: close });
  });

test('with a sound git the key is found', async () => {
  expect(await verdict(git.failing('nothing', ''))).toEqual({ code: ExitCode.findings, found: 1 });
});

const STEP = 37;

describe.each(['rev-list', 'cat-file', 'diff-tree'])('%s', (command) => {
  test.each(ENDS)('%s after n bytes', async (_, end) => {
    for (const n of git.lengths(command, STEP)) {
      const { code } = await verdict(git.cut(command, n, end));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test('ends well in the middle of something', async () => {
    for (const n of git.lengths(command, STEP).filter((each) => each % STEP !== 0)) {
      const { code } = await verdict(git.cut(command, n, 'exit 0'));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each(FAULTS)('%s', async (_, script) => {
    expect((await verdict(git.failing(command, script))).code).toBe(ExitCode.incomplete);
  });

  test.each([
    ['has closed its output', 'exec 1>&-; exec "$REAL" "$@"'],
    ['cannot read', 'exec 0<&-; exec "$REAL" "$@"'],
  ])('%s', async (_, script) => {
    expect((await verdict(git.failing(command, script))).code).not.toBe(ExitCode.clean);
  });
});

test('what is found is told although nobody can say who brought it', async () => {
  expect(await verdict(git.failing('diff-tree', 'exit 1'))).toEqual({ code: ExitCode.incomplete, found: 1 });
});

test('an object that is listed and gone when it is read', async () => {
  const script = `sed -u '3s/.*/${'1'.repeat(40)}/' | "$REAL" "$@"`;
  expect((await verdict(git.failing('cat-file', script))).code).toBe(ExitCode.incomplete);
});
