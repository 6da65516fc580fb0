// Fault injection: whatever git does in the middle, a staged key is found or the run has failed. Never a clean exit.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, UsageError } from '../../src/errors.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { exitCodeOf, scan } from '../../src/scan.ts';
import { openStaged } from '../../src/sources/staged.ts';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

let repository: ScratchRepository;
let real: Git;
/** What git answers when all is well, by command. */
let answers: Readonly<Record<string, Buffer>>;
beforeAll(() => {
  repository = scratchRepository();
  repository.commit();
  repository.write('a', 'clean\n');
  repository.write('b', `OPENAI_API_KEY=${freshKey()}\n`);
  repository.write('c', 'clean too\n');
  repository.git('add', '.');
  real = gitIn(repository.path, repository.env);
  const ids = [':a', ':b', ':c'].map((name) => repository.git('rev-parse', name));
  const asked = ['HEAD^{commit}', 'MERGE_HEAD^{commit}', ...ids].join('\n');
  answers = {
    'diff-index': repository.bytes(['diff-index', '--cached', '--raw', '-z', '--no-abbrev', 'HEAD']),
    'cat-file': repository.bytes(['cat-file', '--batch'], `${asked}\n`),
  };
  for (const [command, answer] of Object.entries(answers))
    writeFileSync(join(repository.root, command), answer);
});
afterAll(() => repository.remove());

/** A git that does this instead of `command`; `$REAL` is the real one. */
function failing(command: string, script: string): Git {
  const path = join(repository.root, 'failing-git');
  writeFileSync(
    path,
    `#!/bin/sh\nREAL='${real.path}'\n[ "$7" = ${command} ] || exec "$REAL" "$@"\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return { ...real, path };
}

async function verdict(git: Git): Promise<{ code: ExitCode; found: number }> {
  try {
    const { source, objects } = await openStaged(git);
    const report = await scan({ source, detector, finish: () => objects.close() });
    return { code: exitCodeOf(report, { failOn: 'likely', exitZero: false }), found: report.findings.length };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: ExitCode.incomplete, found: 0 };
  }
}

test('with a sound git the key is found', async () => {
  expect(await verdict(failing('nothing', ''))).toEqual({ code: ExitCode.findings, found: 1 });
});

const STEP = 23;
/** Lengths at which an answer is cut: every so many bytes, and just before its end. */
function lengths(command: string): number[] {
  const whole = answers[command]?.length ?? 0;
  return [...Array.from({ length: Math.ceil(whole / STEP) }, (_, n) => n * STEP), whole - 1];
}

/** A git that says the first n bytes of what git would say. */
const cut = (command: string, n: number, end: string): Git =>
  failing(command, `head -c ${n} '${join(repository.root, command)}'; ${end}`);

describe.each(['diff-index', 'cat-file'])('%s', (command) => {
  test.each([
    ['is killed', 'kill -KILL $$'],
    ['exits with 1 and no word', 'exit 1'],
    ['exits with 128', 'echo "fatal: it broke" >&2; exit 128'],
  ])('%s after n bytes', async (_, end) => {
    for (const n of lengths(command)) {
      const { code } = await verdict(cut(command, n, end));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each([
    ['fails though it said everything', '"$REAL" "$@"; exit 1'],
    ['is killed though it said everything', '"$REAL" "$@"; kill -KILL $$'],
    ['says garbage first', 'echo garbage; exec "$REAL" "$@"'],
    ['says garbage last', '"$REAL" "$@"; echo garbage'],
    ['has closed its output', 'exec 1>&-; exec "$REAL" "$@"'],
    ['does not start', 'exec /nonexistent'],
    ['writes to a full disk', 'exec "$REAL" "$@" >/dev/full'],
  ])('%s', async (_, script) => {
    expect((await verdict(failing(command, script))).code).toBe(ExitCode.incomplete);
  });
});

test.each(['diff-index', 'cat-file'])('%s cannot read', async (command) => {
  const { code } = await verdict(failing(command, 'exec 0<&-; exec "$REAL" "$@"'));
  expect(code).not.toBe(ExitCode.clean);
});

describe('cat-file', () => {
  test.each([
    ['ends well after n bytes', 'exit 0'],
    ['closes its output after n bytes and lives on', 'exec 1>&-; exec sleep 1000'],
  ])('%s', async (_, end) => {
    for (const n of lengths('cat-file')) {
      const { code } = await verdict(cut('cat-file', n, end));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each([
    ['drops an answer', '3d'],
    ['answers twice', '3p'],
    ['answers for another object', '4s/.*/HEAD/'],
    ['does not have an object', '4s/.*/1111111111111111111111111111111111111111/'],
  ])('%s', async (_, edit) => {
    const { code } = await verdict(failing('cat-file', `sed -u '${edit}' | "$REAL" "$@"`));
    expect(code).toBe(ExitCode.incomplete);
  });

  test('what was found before it broke is reported', async () => {
    const most = (answers['cat-file']?.length ?? 0) - 5;
    expect(await verdict(cut('cat-file', most, 'kill -KILL $$'))).toEqual({
      code: ExitCode.incomplete,
      found: 1,
    });
  });
});
