// Fault injection for ranges: whatever git does in the middle, a key is found or the run has failed. Never a clean exit.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, UsageError } from '../../src/errors.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { exitCodeOf, scan } from '../../src/scan.ts';
import { openRange } from '../../src/sources/objects.ts';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { detector } from '../support/scanning.ts';

let repository: ScratchRepository;
let real: Git;
let tip: string;
/** What git answers when all is well, by command. */
let answers: Readonly<Record<string, Buffer>>;
beforeAll(() => {
  repository = scratchRepository();
  repository.write('a/b', 'clean\n');
  repository.commit();
  repository.write('c', `OPENAI_API_KEY=${freshKey()}\n`);
  repository.commit();
  real = gitIn(repository.path, repository.env);
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
  answers = {
    'rev-list': listing,
    'cat-file': repository.bytes(['cat-file', '--batch'], ids),
    'diff-tree': repository.bytes(changes, repository.bytes(['rev-list', tip])),
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
    const range = { from: [tip], without: [] };
    const { source, close } = openRange(git, { mode: 'push', shown: null, allowShallow: false, range });
    const report = await scan({ source, detector, finish: close });
    return { code: exitCodeOf(report, { failOn: 'likely', exitZero: false }), found: report.findings.length };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: ExitCode.incomplete, found: 0 };
  }
}

test('with a sound git the key is found', async () => {
  expect(await verdict(failing('nothing', ''))).toEqual({ code: ExitCode.findings, found: 1 });
});

const STEP = 37;
/** Lengths at which an answer is cut: every so many bytes, and just before its end. */
function lengths(command: string): number[] {
  const whole = answers[command]?.length ?? 0;
  return [...Array.from({ length: Math.ceil(whole / STEP) }, (_, n) => n * STEP), whole - 1];
}

/** A git that says the first n bytes of what git would say. */
const cut = (command: string, n: number, end: string): Git =>
  failing(command, `head -c ${n} '${join(repository.root, command)}'; ${end}`);

describe.each(['rev-list', 'cat-file', 'diff-tree'])('%s', (command) => {
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

  test('ends well in the middle of something', async () => {
    for (const n of lengths(command).filter((each) => each % STEP !== 0)) {
      const { code } = await verdict(cut(command, n, 'exit 0'));
      expect({ n, code }).toEqual({ n, code: ExitCode.incomplete });
    }
  });

  test.each([
    ['fails though it said everything', '"$REAL" "$@"; exit 1'],
    ['is killed though it said everything', '"$REAL" "$@"; kill -KILL $$'],
    ['says garbage first', 'echo garbage; exec "$REAL" "$@"'],
    ['says garbage last', '"$REAL" "$@"; echo garbage'],
    ['does not start', 'exec /nonexistent'],
    ['writes to a full disk', 'exec "$REAL" "$@" >/dev/full'],
  ])('%s', async (_, script) => {
    expect((await verdict(failing(command, script))).code).toBe(ExitCode.incomplete);
  });

  test.each([
    ['has closed its output', 'exec 1>&-; exec "$REAL" "$@"'],
    ['cannot read', 'exec 0<&-; exec "$REAL" "$@"'],
  ])('%s', async (_, script) => {
    expect((await verdict(failing(command, script))).code).not.toBe(ExitCode.clean);
  });
});

test('what is found is told although nobody can say who brought it', async () => {
  expect(await verdict(failing('diff-tree', 'exit 1'))).toEqual({ code: ExitCode.incomplete, found: 1 });
});

test('an object that is listed and gone when it is read', async () => {
  const script = `sed -u '3s/.*/${'1'.repeat(40)}/' | "$REAL" "$@"`;
  expect((await verdict(failing('cat-file', script))).code).toBe(ExitCode.incomplete);
});
