// keyscan doctor: each thing that can be wrong with the gate is told apart, with what cures it, and nothing is changed by
// asking.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { run as runDoctor } from '../../src/commands/doctor.ts';
import { GATED_HOOKS } from '../../src/hooks/gated.ts';
import { renderWrapper } from '../../src/hooks/wrapper.ts';
import { DEFAULT_OPTIONS, type Options } from '../../src/options.ts';
import { freshKey } from '../support/keys.ts';
import { keyscan } from '../support/keyscan.ts';
import {
  type ScratchRepository,
  scratchRepository,
  type WorkTree,
  withScratch,
} from '../support/repository.ts';
import {
  COMMIT,
  guard,
  hooksFolder,
  installPackage,
  PROJECT,
  snapshot,
  treeAt,
  withoutSystemNode,
  withVariables,
  writeHook,
} from './guarding.ts';

let repository: ScratchRepository;
beforeEach(() => {
  repository = scratchRepository();
});
afterEach(() => repository.remove());

async function say(tree: WorkTree, options: Partial<Options> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([]), stdout, stderr, env: tree.env, cwd: tree.path };
  const code = await runDoctor({ ...DEFAULT_OPTIONS, ...options }, io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

interface Told {
  readonly code: string;
  readonly level: string;
  readonly hook: string | null;
  readonly message: string;
  readonly cure: { readonly text: string; readonly commands: readonly string[] } | null;
}

/** What doctor says, as data: of every check that is not in order `hook code`. Asking leaves everything as it is. */
async function examined(tree: WorkTree = repository) {
  const world = 'root' in tree ? String(tree.root) : repository.root;
  const before = snapshot(world);
  const { code, stdout, stderr } = await say(tree, { format: 'json' });
  expect(snapshot(world)).toEqual(before);
  expect(stderr).toBe('');
  expect(stdout).not.toMatch(/sk-[A-Za-z0-9_-]{20}/);
  const { verdict, checks }: { verdict: string; checks: readonly Told[] } = JSON.parse(stdout);
  const amiss = checks.filter(({ level }) => level !== 'ok');
  for (const { message, cure, level } of amiss) {
    if (level !== 'wrong') continue;
    expect(message).toMatch(/^\S.*[^.]$/);
    expect(cure?.text).toMatch(/^[A-Za-z].*[:.]$/);
  }
  return {
    code,
    verdict,
    amiss: amiss.map(({ hook, code: each }) => (hook === null ? each : `${hook} ${each}`)),
    said: amiss.map(({ message }) => message).join('\n'),
    cures: [...new Set(amiss.flatMap(({ cure }) => cure?.commands ?? []))],
    proven: checks.filter((check) => check.code === 'refused').map(({ hook }) => hook),
  };
}

/** What `npm install` does in a project that uses both. */
function startHusky(): void {
  repository.write('package.json', '{ "devDependencies": { "husky": "*" } }\n');
  mkdirSync(join(repository.path, 'node_modules'));
  symlinkSync(PROJECT, join(repository.path, 'node_modules', 'keyscan-cli'));
  const husky = join(PROJECT, 'node_modules', 'husky', 'bin.js');
  mkdirSync(join(repository.path, '.husky'));
  expect(spawnSync(process.execPath, [husky], { cwd: repository.path, env: repository.env }).status).toBe(0);
}

/** A stand-in that heeds its variable, and is told of keyscan by install. */
async function startLefthook(): Promise<void> {
  repository.write('lefthook.yml', 'colors: false\n');
  const launcher =
    '#!/bin/sh\n[ "$LEFTHOOK" = 0 ] && exit 0\ncall_lefthook() { sh ".lefthook/$2/keyscan"; }\n';
  writeHook(repository, 'post-merge', `${launcher}call_lefthook run "post-merge" "$@"\n`);
  mkdirSync(join(repository.path, 'node_modules'));
  symlinkSync(PROJECT, join(repository.path, 'node_modules', 'keyscan-cli'));
  await guard(repository);
  expect(await examined()).toMatchObject({ ...HOLDS, proven: ALL });
}

const ALL = ['pre-commit', 'pre-merge-commit', 'pre-push'];
const HOLDS = { code: 0, verdict: 'holds', amiss: [], proven: ALL };
const each = (code: string): string[] => ALL.map((hook) => `${hook} ${code}`);
const hookPath = (name = 'pre-commit'): string => join(hooksFolder(repository), name);
const hookText = (name?: string): string => readFileSync(hookPath(name), 'utf8');

describe('fine', () => {
  test('in words, before the first commit', async () => {
    await guard(repository);
    const before = snapshot(repository.root);
    const { code, stdout } = await say(repository);
    expect(snapshot(repository.root)).toEqual(before);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `keyscan doctor: the gate holds.

  ok       git ${repository.git('version').replace('git version ', '')}
  ok       git looks for hooks in .git/hooks
  ok       pre-commit: keyscan refuses a test key, and nothing else
  ok       pre-merge-commit: keyscan refuses a test key, and nothing else
  ok       pre-push: keyscan refuses a test key, and nothing else
`,
    });
  });

  const PLACES: Readonly<Record<string, () => WorkTree>> = {
    'something staged, something changed, in a split index': () => {
      repository.write('file.txt', 'one\n');
      repository.commit();
      repository.git('update-index', '--split-index');
      repository.write('file.txt', `token = ${freshKey()}\n`);
      repository.write('other.txt', 'two\n');
      repository.git('add', 'other.txt');
      return repository;
    },
    'a merge that is not resolved': () => {
      for (const branch of ['main', 'side', 'other']) {
        if (branch !== 'main') repository.git('switch', '--quiet', '--create', branch, 'main');
        repository.write('file.txt', `${branch}\n`);
        repository.commit();
      }
      expect(repository.tryGit(['merge', 'side']).status).toBe(1);
      return repository;
    },
    'a linked work tree': () => {
      repository.commit();
      return repository.worktree('linked');
    },
    'a submodule': () => {
      repository.commit();
      return repository.submodule('module');
    },
    'a path with quotes, a colon and a newline, and a core.hooksPath of its own': () => {
      const path = join(repository.root, 'it\'s "a"\n:place');
      renameSync(repository.path, path);
      const tree = treeAt(repository, path);
      tree.git('config', 'core.hooksPath', 'tools/hooks');
      return tree;
    },
  };

  test.each(Object.entries(PLACES))('%s', async (_, arrange) => {
    const tree = arrange();
    await guard(tree);
    expect(await examined(tree)).toMatchObject(HOLDS);
  });

  test('for every repository; every change of a branch; object ids of SHA-256', () =>
    withScratch(
      async (tree) => {
        await guard(tree, { global: true, strict: true });
        const strict = [...ALL, 'reference-transaction'];
        expect(await examined(tree)).toMatchObject({ ...HOLDS, proven: strict });
      },
      { objectFormat: 'sha256' },
    ));

  test('around hooks that stage and write; no password in the address of a remote comes to a hook', async () => {
    repository.git('remote', 'add', 'origin', 'https://me:password@example.invalid/x');
    writeHook(repository, 'pre-push', '#!/bin/sh\n[ "$2" = https://example.invalid/x ]\n');
    writeHook(
      repository,
      'pre-commit',
      '#!/bin/sh\ncp "$0" generated.txt && git add generated.txt && rm generated.txt\n',
    );
    await guard(repository);
    expect(await examined()).toMatchObject(HOLDS);
  });

  test('a key that a hook takes out of the index, or checks out', async () => {
    repository.write('file.txt', 'one\n');
    repository.commit();
    writeHook(repository, 'pre-commit', '#!/bin/sh\ngit checkout --quiet -- . && git add --all\n');
    await guard(repository);
    expect(await examined()).toMatchObject(HOLDS);
  });
});

describe('the gate does not hold', () => {
  interface Case {
    arrange(): Promise<unknown> | unknown;
    readonly amiss: readonly string[];
    readonly said: RegExp;
    /** Of the cures, by their beginning. */
    readonly cures: readonly string[];
  }
  const guarded = (work: () => unknown) => async () => {
    await guard(repository);
    await work();
  };
  const CASES: Readonly<Record<string, Case>> = {
    'no hook': {
      arrange: () => undefined,
      amiss: each('no-hook'),
      said: /there is no \.git\/hooks\/pre-commit/,
      cures: ['keyscan install'],
    },
    'not executable, empty, gone': {
      arrange: guarded(() => {
        chmodSync(hookPath(), 0o644);
        writeFileSync(hookPath('pre-merge-commit'), '');
        rmSync(hookPath('pre-push'));
      }),
      amiss: ['pre-commit not-executable', 'pre-merge-commit empty', 'pre-push no-hook'],
      said: /pre-commit is not executable, so git passes over it\n.* is empty.*\n.*there is no \.git\/hooks\/pre-push/,
      cures: ['chmod +x .git/hooks/pre-commit', 'keyscan install'],
    },
    'a link that leads nowhere, CRLF, an interpreter that is not there': {
      arrange: guarded(() => {
        rmSync(hookPath());
        symlinkSync('nowhere', hookPath());
        const merge = hookPath('pre-merge-commit');
        writeFileSync(merge, readFileSync(merge, 'utf8').replaceAll('\n', '\r\n'));
        writeFileSync(hookPath('pre-push'), '#!/nowhere/sh\nkeyscan hook pre-push "$@"\n');
      }),
      amiss: [
        'pre-commit broken-link',
        'pre-merge-commit crlf',
        'pre-merge-commit changed',
        'pre-push no-interpreter',
      ],
      said: /leads nowhere(.|\n)*the first line of .* ends in CR and LF(.|\n)*the program that the first line of .* names/,
      cures: ['keyscan install', "tr -d '\\r' <.git/hooks/pre-merge-commit", 'head -n 1 .git/hooks/pre-push'],
    },
    'another hook in its place, an end before it comes to keyscan, an exit code that does not count': {
      arrange: guarded(() => {
        writeFileSync(hookPath('pre-push'), '#!/bin/sh\nexit 0\n');
        writeFileSync(hookPath('pre-merge-commit'), '#!/bin/sh\nexit 0\nkeyscan hook pre-merge-commit\n');
        const call = `node '${PROJECT}/bin/keyscan.js' hook pre-commit`;
        writeFileSync(hookPath(), `#!/bin/sh\n${call}\ntrue\n`);
      }),
      amiss: [
        'pre-commit not-reached',
        'pre-commit not-last',
        'pre-merge-commit not-reached',
        'pre-push not-called',
      ],
      said: /ends before it comes to keyscan(.|\n)*pre-push does not call keyscan(.|\n)*line 3 of .* comes after keyscan .*: true/,
      cures: ['keyscan install'],
    },
    'core.hooksPath elsewhere': {
      arrange: guarded(() => repository.git('config', 'core.hooksPath', '/nowhere/hooks')),
      amiss: each('hooks-elsewhere'),
      said: /core\.hooksPath is set in \.git\/config; keyscan is in \.git\/hooks/,
      cures: ['git config --file '],
    },
    'core.hooksPath elsewhere, for all repositories': {
      arrange: guarded(() => {
        const shared = join(repository.root, 'shared');
        mkdirSync(shared);
        repository.git('config', '--global', 'core.hooksPath', shared);
        writeHook(repository, 'pre-commit', '#!/bin/sh\nexit 0\n');
      }),
      amiss: each('hooks-elsewhere'),
      said: /core\.hooksPath is set in \.\.\/home\/\.gitconfig/,
      cures: ['keyscan install'],
    },
    'hooks switched off': {
      arrange: guarded(() => repository.git('config', 'core.hooksPath', '/dev/null')),
      amiss: ['hooks-off'],
      said: /core\.hooksPath is "\/dev\/null", set in \.git\/config/,
      cures: ['git config --file '],
    },
    'Node missing at the recorded path and in PATH': {
      arrange: guarded(() => {
        for (const name of ALL)
          writeFileSync(
            hookPath(name),
            withoutSystemNode(hookText(name)).replace(/^node=.*$/m, "node='/nowhere/node'"),
          );
        const bin = join(repository.root, 'bin');
        mkdirSync(bin);
        for (const name of ['git', 'cat', 'cut', 'sh', 'dirname', 'uname', 'sed', 'basename'])
          symlinkSync(
            spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(),
            join(bin, name),
          );
        repository = withVariables(repository, { PATH: bin });
      }),
      amiss: [...each('node-missing'), ...each('changed')],
      said: /Node\.js was not found, neither \/nowhere\/node nor in PATH/,
      cures: ['keyscan install'],
    },
    'husky was never started': {
      arrange: async () => {
        startHusky();
        await guard(repository);
        repository.git('config', '--unset', 'core.hooksPath');
      },
      amiss: each('husky-off'),
      said: /husky is not running here: git does not look there/,
      cures: ['npm run prepare'],
    },
    'HUSKY=0': {
      arrange: async () => {
        startHusky();
        await guard(repository);
        repository = withVariables(repository, { HUSKY: '0' });
      },
      amiss: each('switched-off'),
      said: /pre-commit: switched off by HUSKY=0$/m,
      cures: ['unset HUSKY'],
    },
    'HUSKY=0 in the file that husky reads': {
      arrange: async () => {
        startHusky();
        await guard(repository);
        repository.write('../xdg/husky/init.sh', 'export HUSKY=0\n');
      },
      amiss: each('switched-off'),
      said: /switched off by HUSKY=0 \(.*init\.sh\)/,
      cures: [],
    },
    'LEFTHOOK=0': {
      arrange: async () => {
        await startLefthook();
        repository = withVariables(repository, { LEFTHOOK: '0' });
      },
      amiss: each('switched-off'),
      said: /pre-push: switched off by LEFTHOOK=0$/m,
      cures: ['unset LEFTHOOK'],
    },
    'SKIP_SIMPLE_GIT_HOOKS=1': {
      arrange: async () => {
        await guard(repository);
        repository.write('package.json', '{ "simple-git-hooks": {} }\n');
        for (const name of ALL)
          writeFileSync(
            hookPath(name),
            hookText(name).replace('#!/bin/sh\n', '#!/bin/sh\n[ "$SKIP_SIMPLE_GIT_HOOKS" = 1 ] && exit 0\n'),
          );
        repository = withVariables(repository, { SKIP_SIMPLE_GIT_HOOKS: '1' });
      },
      amiss: [...each('switched-off'), ...each('changed')],
      said: /pre-commit: switched off by SKIP_SIMPLE_GIT_HOOKS=1$/m,
      cures: ['unset SKIP_SIMPLE_GIT_HOOKS'],
    },
    'lefthook has keyscan, git has no lefthook': {
      arrange: () =>
        repository.write('lefthook.yml', 'pre-commit:\n  scripts:\n    "keyscan":\n      runner: sh\n'),
      amiss: each('manager-off'),
      said: /git does not start lefthook here/,
      cures: ['lefthook install'],
    },
    'the configuration lets the key pass': {
      arrange: guarded(() => repository.write('.keyscan.json', '{ "ignore": ["keyscan-doctor-*"] }\n')),
      amiss: each('let-through'),
      said: /keyscan lets the test key pass itself/,
      cures: ['keyscan config'],
    },
  };

  test.each(Object.entries(CASES))('%s', async (_, { arrange, amiss, said, cures }) => {
    await arrange();
    const found = await examined(repository);
    expect(found).toMatchObject({ code: 1, verdict: 'broken' });
    expect([...found.amiss].sort()).toEqual([...amiss].sort());
    expect(found.said).toMatch(said);
    const missing = cures.filter((cure) => !found.cures.some((command) => command.startsWith(cure)));
    expect(missing).toEqual([]);
  });

  test('in words: one line for each check, then what to do, once', async () => {
    await guard(repository);
    chmodSync(hookPath(), 0o644);
    rmSync(hookPath('pre-push'));
    rmSync(hookPath('pre-merge-commit'));
    expect(
      (await say(repository)).stdout.replace(/git \d\S+/, 'git 2'),
    ).toBe(`keyscan doctor: the gate does not hold.

  ok       git 2
  ok       git looks for hooks in .git/hooks
  WRONG    pre-commit: .git/hooks/pre-commit is not executable, so git passes
           over it
  WRONG    pre-merge-commit: there is no .git/hooks/pre-merge-commit
  WRONG    pre-push: there is no .git/hooks/pre-push

What to do now

  1. Make it executable:
       chmod +x .git/hooks/pre-commit

  2. Set the hooks:
       keyscan install
`);
    expect((await say(repository, { color: 'always' })).stdout).toContain(
      '  \x1b[1;31mWRONG\x1b[0m    pre-commit: ',
    );
    expect(spawnSync('sh', ['-c', 'chmod +x .git/hooks/pre-commit'], { cwd: repository.path }).status).toBe(
      0,
    );
    await guard(repository);
    expect(await examined()).toMatchObject(HOLDS);
  });

  test('the package: as shipped, of another version, gone', async () => {
    repository.write('.git/info/exclude', 'node_modules\n');
    const shipped = installPackage(repository.path);
    expect(shipped.keyscan(repository, 'install').code).toBe(0);
    const { code, stdout, stderr } = shipped.keyscan(repository, 'doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^keyscan doctor: the gate holds\.\n/);

    const manifest = join(shipped.path, 'package.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
    expect(await examined()).toMatchObject({ ...HOLDS, amiss: ['other-version'] });

    rmSync(shipped.path, { recursive: true });
    const gone = await examined();
    expect(gone).toMatchObject({
      code: 1,
      amiss: each('keyscan-missing'),
      cures: ['npm ci', 'keyscan install'],
    });
    expect(gone.said).toMatch(
      /the package keyscan-cli was not found \(node_modules\/keyscan-cli\/dist\/hook\.cjs\)/,
    );
  });
});

describe('whether it holds is not known', () => {
  test('another step refuses the key; one fails anyway, and what it says is masked', async () => {
    writeHook(
      repository,
      'pre-commit',
      '#!/bin/sh\ngit diff --cached --quiet && exit\necho too much >&2\nexit 1\n',
    );
    writeHook(repository, 'pre-push', `#!/bin/sh\necho '3 tests failed: found ${freshKey()}'\nexit 1\n`);
    await guard(repository);
    const { code, verdict, amiss, said } = await examined();
    expect({ code, verdict, amiss }).toEqual({
      code: 2,
      verdict: 'unknown',
      amiss: ['pre-commit other-refusal', 'pre-push fails'],
    });
    expect(said).toMatch(/another step refuses the test key, before keyscan or instead of it: too much$/m);
    expect(said).toMatch(
      /it fails with what is staged now, whatever keyscan says: 3 tests failed: found sk-proj-…\S{4}$/m,
    );
  });

  test('no room for the test key', async () => {
    await guard(repository);
    const { status, stdout, stderr } = keyscan(repository, ['doctor'], { env: { TMPDIR: '/nowhere' } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^keyscan: .*could not be read or written \(ENOENT\)\.\nNothing was changed\.\n$/);
  });

  test('no repository, and a git that is too old', async () => {
    const outside = treeAt(repository, repository.root);
    expect(await examined(outside)).toMatchObject({ code: 2, verdict: 'unknown', amiss: ['git-failed'] });
    const bin = join(repository.root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.20.1\n', { mode: 0o755 });
    const older = withVariables(repository, { PATH: `${bin}:${repository.env.PATH}` });
    const { code, amiss, said } = await examined(older);
    expect({ code, amiss, said }).toEqual({ code: 2, amiss: ['git-too-old'], said: 'git 2.20.1 is too old' });
  });

  test('a bare repository: nothing is committed there', () =>
    withScratch(
      async (bare) => {
        const { code, stdout, stderr } = await say(bare);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(/^keyscan: there is no work tree here/);
      },
      { bare: true },
    ));
});

describe('worth knowing', () => {
  test('what is staged holds a key; a stranger called keyscan', async () => {
    await guard(repository);
    repository.write('key.txt', `token = ${freshKey()}\n`);
    repository.git('add', '.');
    repository.write('node_modules/keyscan/package.json', '{ "name": "keyscan", "version": "1.7.0" }\n');
    expect(await examined()).toMatchObject({
      code: 0,
      amiss: ['pre-commit staged-findings', 'pre-merge-commit staged-findings', 'stranger'],
      cures: expect.arrayContaining(['npm uninstall keyscan']),
    });
  });

  test('a hook that was changed, one of an older keyscan, a Node that has moved', async () => {
    await guard(repository);
    appendFileSync(hookPath('pre-push'), 'exit 0\n');
    const body = hookText()
      .split('\n')
      .slice(2)
      .join('\n')
      .replace(/^# Written by .*$/m, '# older');
    const mark = `# keyscan hook 1 ${createHash('sha256').update(body).digest('hex')}`;
    writeFileSync(hookPath(), `#!/bin/sh\n${mark}\n${body}`);
    const moved = { node: '/nowhere/node', entry: join(PROJECT, 'dist/hook.cjs') };
    const hook = GATED_HOOKS.find(({ name }) => name === 'pre-merge-commit') ?? COMMIT;
    writeFileSync(hookPath(hook.name), renderWrapper({ hook, previous: 'beside', ...moved }));
    expect(await examined()).toMatchObject({
      ...HOLDS,
      amiss: ['pre-commit outdated', 'pre-merge-commit node-moved', 'pre-push changed'],
    });
  });

  test('a command after keyscan, in a script of husky', async () => {
    startHusky();
    await guard(repository);
    appendFileSync(join(repository.path, '.husky/pre-commit'), '\n# then\ngit add .\n');
    const { code, amiss, said } = await examined();
    expect({ code, amiss }).toEqual({ code: 0, amiss: ['pre-commit not-last'] });
    expect(said).toMatch(/line \d+ of \.husky\/pre-commit comes after keyscan .*: git add \.$/m);
    await guard(repository);
    expect(await examined()).toMatchObject(HOLDS);
  });
});
