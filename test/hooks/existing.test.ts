// Hooks that were there before: kept to the byte, run first exactly when git would have run them, and put back.

import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import {
  commitKey,
  expectLeak,
  expectRefused,
  expectSilent,
  expectStagedKeyRefused,
  guard,
  hooksFolder,
  install,
  snapshot,
  uninstall,
  writeHook,
} from './guarding.ts';

let repository: ScratchRepository;
let hooks: string;
beforeEach(() => {
  repository = scratchRepository();
  hooks = hooksFolder(repository);
});
afterEach(() => repository.remove());

const MARK = 'touch "$(git rev-parse --git-dir)/ran-before"';
const ran = (): boolean => {
  const mark = join(repository.path, repository.git('rev-parse', '--git-dir'), 'ran-before');
  const found = existsSync(mark);
  rmSync(mark, { force: true });
  return found;
};

interface Existing {
  arrange(): void;
  /** git runs it, so keyscan's hook does. */
  readonly runs: boolean;
}

const EXISTING: Readonly<Record<string, Existing>> = {
  'a shell script': { arrange: () => hook(`#!/bin/sh\n${MARK}\n`), runs: true },
  'a script that ends with exit 0': { arrange: () => hook(`#!/bin/sh\n${MARK}\nexit 0\n`), runs: true },
  'no shebang, no newline at the end': { arrange: () => hook(MARK), runs: true },
  'bytes that are not UTF-8': {
    arrange: () => hook(Buffer.from(`#!/bin/sh\n# \xe9\xff\n${MARK}\n`, 'latin1')),
    runs: true,
  },
  'an odd mode': { arrange: () => hook(`#!/bin/sh\n${MARK}\n`, 0o2710), runs: true },
  python: {
    arrange: () =>
      hook(`#!/usr/bin/env python3
import pathlib, subprocess
folder = subprocess.check_output(["git", "rev-parse", "--git-dir"], text=True).strip()
(pathlib.Path(folder) / "ran-before").touch()
`),
    runs: true,
  },
  'not executable': { arrange: () => hook(`#!/bin/sh\n${MARK}\n`, 0o644), runs: false },
  empty: { arrange: () => hook(''), runs: false },
  'a symbolic link': {
    arrange: () => {
      repository.write('scripts/check', `#!/bin/sh\n${MARK}\n`);
      repository.git('update-index', '--add', '--chmod=+x', 'scripts/check');
      repository.git('checkout', '--', 'scripts/check');
      hook('');
      rmSync(join(hooks, 'pre-commit'));
      symlinkSync('../../scripts/check', join(hooks, 'pre-commit'));
      repository.commit();
    },
    runs: true,
  },
  'a dangling link': {
    arrange: () => {
      hook('');
      rmSync(join(hooks, 'pre-commit'));
      symlinkSync('nowhere', join(hooks, 'pre-commit'));
    },
    runs: false,
  },
};

function hook(content: string | Buffer, mode?: number): void {
  writeHook(repository, 'pre-commit', content, mode);
}

describe.each(Object.entries(EXISTING))('%s', (_, { arrange, runs }) => {
  test('kept, run first if git ran it, put back', async () => {
    arrange();
    expectLeak(repository);
    expect(ran()).toBe(runs);
    const path = join(hooks, 'pre-commit');
    if (!lstatSync(path).isSymbolicLink()) utimesSync(path, 1_000_000_000, 1_000_000_000);
    const before = snapshot(hooks);
    const time = lstatSync(path).mtimeMs;

    const said = await guard(repository);
    expect(said).toMatch(/pre-commit +written, around the hook that was there\n/);
    expect(snapshot(hooks)['pre-commit.keyscan-prev']).toBe(before['pre-commit']);
    expectRefused(repository);
    expect(ran()).toBe(runs);
    expectSilent(repository);
    expect(ran()).toBe(runs);

    const guarded = snapshot(hooks);
    expect((await install(repository)).stdout).toMatch(/^keyscan was set already; nothing has changed\./);
    expect(snapshot(hooks)).toEqual(guarded);

    const { code, stdout } = await uninstall(repository);
    expect(code).toBe(0);
    expect(stdout).toMatch(/pre-commit +as it was before\n/);
    expect(snapshot(hooks)).toEqual(before);
    expect(lstatSync(path).mtimeMs).toBe(time);
    expectLeak(repository);
  });
});

test('an earlier hook that refuses: its exit code, its words, no keyscan', async () => {
  hook('#!/bin/sh\necho tests fail >&2\nexit 42\n');
  await guard(repository);
  const { landed, status, stderr } = commitKey(repository);
  expect({ landed, status, stderr }).toEqual({ landed: false, status: 1, stderr: 'tests fail\n' });
});

test.each([
  ['CRLF', '#!/bin/sh\r\nexit 0\r\n'],
  ['an interpreter that is gone', '#!/nowhere/interpreter\nexit 0\n'],
  ['killed', '#!/bin/sh\nkill -9 $$\n'],
])('an earlier hook that git could not run to its end blocks as before: %s', async (_, content) => {
  hook(content);
  repository.write('clean.txt', 'clean\n');
  repository.git('add', '.');
  expect(repository.tryGit(['commit', '-m', 'x']).status).toBe(1);
  await guard(repository);
  expect(repository.tryGit(['commit', '-m', 'x']).status).toBe(1);
  const before = readFileSync(join(hooks, 'pre-commit.keyscan-prev'), 'utf8');
  expect(before).toBe(content);
});

test('an earlier hook that stages a key: keyscan comes last and sees it', async () => {
  hook('#!/bin/sh\ncp ../generated generated.txt && git add generated.txt\n');
  await expectStagedKeyRefused(repository, '../generated');
});

test('an earlier hook gets the arguments, and is told apart when it asks for its name', async () => {
  hook('#!/bin/sh\n[ "$(basename "$0")" = pre-commit ]\n');
  expect(await guard(repository)).toMatch(/It seems to look at the name it is called by/);
});

test('each hook is wrapped around its own', async () => {
  hook('#!/bin/sh\nexit 0\n');
  writeHook(repository, 'pre-merge-commit', '#!/bin/sh\nexit 1\n');
  writeHook(repository, 'pre-push', '#!/bin/sh\nexit 1\n');
  const before = snapshot(hooks);
  await guard(repository);
  expect(Object.keys(snapshot(hooks))).toHaveLength(6);
  await uninstall(repository);
  expect(snapshot(hooks)).toEqual(before);
});

describe('a hook of an earlier keyscan', () => {
  const older = (text: string): string => {
    const body = text.split('\n').slice(2).join('\n').replace('unset NODE_OPTIONS NODE_PATH\n', '');
    return `#!/bin/sh\n# keyscan hook 0 ${createHash('sha256').update(body).digest('hex')}\n${body}`;
  };

  test.each([true, false])('is renewed in its place; an earlier hook there: %p', async (wrapping) => {
    if (wrapping) hook(`#!/bin/sh\n${MARK}\n`);
    const before = snapshot(hooks);
    await guard(repository);
    const guarded = snapshot(hooks);
    writeFileSync(join(hooks, 'pre-commit'), older(readFileSync(join(hooks, 'pre-commit'), 'utf8')));
    expect(await guard(repository)).toMatch(
      /pre-commit +brought up to date\n.*pre-merge-commit +unchanged\n.*pre-push +unchanged\n/,
    );
    expect(snapshot(hooks)).toEqual(guarded);
    await uninstall(repository);
    expect(snapshot(hooks)).toEqual(before);
  });

  test('is removed as it is', async () => {
    await guard(repository);
    writeFileSync(join(hooks, 'pre-commit'), older(readFileSync(join(hooks, 'pre-commit'), 'utf8')));
    expect((await uninstall(repository)).code).toBe(0);
    expect(snapshot(hooks)).toEqual({});
  });
});

describe('changed since', () => {
  test('our hook is neither renewed nor removed; both say what to do', async () => {
    hook('#!/bin/sh\nexit 0\n');
    await guard(repository);
    const path = join(hooks, 'pre-commit');
    writeFileSync(path, `${readFileSync(path, 'utf8')}echo mine\n`);
    const changed = snapshot(hooks);
    for (const verb of [install, uninstall]) {
      const { code, stdout, stderr } = await verb(repository);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^keyscan: .*pre-commit was written by keyscan and changed since\. Nothing was changed\./,
      );
      expect(stderr).toMatch(/pre-commit\.keyscan-prev then counts as the hook from before/);
      expect(snapshot(hooks)).toEqual(changed);
    }
  });

  test('a mode that git would not run is set right again', async () => {
    await guard(repository);
    const guarded = snapshot(hooks);
    writeHook(repository, 'pre-commit', readFileSync(join(hooks, 'pre-commit')), 0o644);
    await guard(repository);
    expect(snapshot(hooks)).toEqual(guarded);
  });

  test('another hook in its place, and the one from before: both stay', async () => {
    hook('#!/bin/sh\nexit 0\n');
    await guard(repository);
    hook('#!/bin/sh\necho of somebody else\n');
    const replaced = snapshot(hooks);
    for (const verb of [install, uninstall]) {
      const { code, stderr } = await verb(repository);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /pre-commit is another program's hook now, and .*pre-commit\.keyscan-prev is there, too/,
      );
      expect(snapshot(hooks)).toEqual(replaced);
    }
  });

  test('another program that moved ours away and still runs it', async () => {
    await guard(repository);
    renameSync(join(hooks, 'pre-commit'), join(hooks, 'pre-commit.legacy'));
    hook('#!/bin/sh\nexec "$0.legacy" "$@"\n');
    expectRefused(repository);
    const { code, stderr } = await uninstall(repository);
    expect(code).toBe(2);
    expect(stderr).toMatch(/pre-commit\.legacy is there, too/);
  });

  test('another hook in its place and nothing of ours left there: the other one is gone, this one stays', async () => {
    await guard(repository);
    hook('#!/bin/sh\necho of somebody else\n');
    const theirs = snapshot(hooks)['pre-commit'];
    const { code, stdout } = await uninstall(repository);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/pre-commit\b/);
    expect(snapshot(hooks)).toEqual({ 'pre-commit': theirs });
  });

  test.each(['install', 'uninstall'])('our hook deleted by hand: %s goes on from there', async (verb) => {
    hook(`#!/bin/sh\n${MARK}\n`);
    const before = snapshot(hooks);
    await guard(repository);
    const guarded = snapshot(hooks);
    rmSync(join(hooks, 'pre-commit'));
    if (verb === 'install') await guard(repository);
    else expect((await uninstall(repository)).code).toBe(0);
    expect(snapshot(hooks)).toEqual(verb === 'install' ? guarded : before);
  });

  test('nothing installed: uninstall changes nothing and says so', async () => {
    expect(await uninstall(repository)).toEqual({
      code: 0,
      stdout: 'keyscan is not set here; nothing has changed.\n',
      stderr: '',
    });
  });
});
