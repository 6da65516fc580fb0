// Fault injection: whatever git does in the middle, a staged key is found or the run has failed. Never a clean exit.

import { ExitCode } from '../../src/errors.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { scan } from '../../src/scan.ts';
import { openStaged } from '../../src/sources/staged.ts';
import { ENDS, FAULTS, type FailingGit, failingGit, verdictOf } from '../support/failing-git.ts';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

let repository: ScratchRepository;
let git: FailingGit;
let answers: Readonly<Record<string, Buffer>>;
beforeAll(() => {
  repository = scratchRepository();
  repository.commit();
  repository.write('a', 'clean\n');
  repository.write('b', `OPENAI_API_KEY=${freshKey()}\n`);
  repository.write('c', 'clean too\n');
  repository.git('add', '.');
  const ids = [':a', ':b', ':c'].map((name) => repository.git('rev-parse', name));
  const asked = ['HEAD^{commit}', 'MERGE_HEAD^{commit}', ...ids].join('\n');
  answers = {
    'diff-index': repository.bytes(['diff-index', '--cached', '--raw', '-z', '--no-abbrev', 'HEAD']),
    'cat-file': repository.bytes(['cat-file', '--batch'], `${asked}\n`),
  };
  git = failingGit(repository, gitIn(repository.path, repository.env), answers);
});
afterAll(() => repository.remove());

const verdict = (broken: Git) =>
  verdictOf(async () => {
    const { source, objects } = await openStaged(broken);
    return scan({ source, detector, finish: () => objects.close() });
  });

test('with a sound git the key is found', async () => {
  expect(await verdict(git.failing('nothing', ''))).toEqual({ code: ExitCode.findings, found: 1 });
});

const STEP = 23;

describe.each(['diff-index', 'cat-file'])('%s', (command) => {
  test.each(ENDS)('%s after n bytes', async (_, end) => {
    for (const n of git.lengths(command, STEP)) {
      const { code } = await verdict(git.cut(command, n, end));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each([...FAULTS, ['has closed its output', 'exec 1>&-; exec "$REAL" "$@"']] as const)(
    '%s',
    async (_, script) => {
      expect((await verdict(git.failing(command, script))).code).toBe(ExitCode.incomplete);
    },
  );
});

test.each(['diff-index', 'cat-file'])('%s cannot read', async (command) => {
  const { code } = await verdict(git.failing(command, 'exec 0<&-; exec "$REAL" "$@"'));
  expect(code).not.toBe(ExitCode.clean);
});

describe('cat-file', () => {
  test.each([
    ['ends well after n bytes', 'exit 0'],
    ['closes its output after n bytes and lives on', 'exec 1>&-; exec sleep 1000'],
  ])('%s', async (_, end) => {
    for (const n of git.lengths('cat-file', STEP)) {
      const { code } = await verdict(git.cut('cat-file', n, end));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each([
    ['drops an answer', '3d'],
    ['answers twice', '3p'],
    ['answers for another object', '4s/.*/HEAD/'],
    ['does not have an object', '4s/.*/1111111111111111111111111111111111111111/'],
  ])('%s', async (_, edit) => {
    const { code } = await verdict(git.failing('cat-file', `sed -u '${edit}' | "$REAL" "$@"`));
    expect(code).toBe(ExitCode.incomplete);
  });

  test('what was found before it broke is reported', async () => {
    const most = (answers['cat-file']?.length ?? 0) - 5;
    expect(await verdict(git.cut('cat-file', most, 'kill -KILL $$'))).toEqual({
      code: ExitCode.incomplete,
      found: 1,
    });
  });
});
