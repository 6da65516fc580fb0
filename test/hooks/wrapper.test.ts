// The hook file as text, run by the shells that are here: which Node and which package it starts, and when it refuses.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { recognizeWrapper, renderWrapper } from '../../src/hooks/wrapper.ts';
import { COMMIT, withoutSystemNode } from './guarding.ts';

const PARTS = {
  // Without asking git: there is no repository here.
  hook: { ...COMMIT, asks: false },
  node: process.execPath,
  entry: '/nowhere/dist/hook.cjs',
  previous: 'beside',
} as const;
const SHELLS = ['sh', 'dash', 'bash', 'ksh', 'busybox'].filter(
  (shell) => spawnSync(shell, shell === 'busybox' ? ['sh', '-c', ':'] : ['-c', ':']).status === 0,
);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "keyscan wrapper 'ü "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function file(path: string, text: string, mode = 0o644): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, mode);
  return full;
}

/** A stand-in for the installed package: says how it was started and ends with 7. */
function installPackage(folder: string, manifest = '{\n  "name": "keyscan-cli"\n}\n'): string {
  file(join(folder, 'package.json'), manifest);
  return file(
    join(folder, 'dist/hook.cjs'),
    `const { readFileSync } = require('node:fs');
     const { NODE_OPTIONS, NODE_PATH } = process.env;
     console.log(JSON.stringify({ from: ${JSON.stringify(folder)}, node: process.execPath, args: process.argv.slice(2),
       stdin: readFileSync(0, 'utf8'), environment: [NODE_OPTIONS, NODE_PATH].filter(Boolean) }));
     process.exitCode = 7;`,
  );
}

interface Run {
  readonly shell?: string;
  readonly args?: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runHook(
  text: string,
  { shell = 'sh', args = [], input = '', env = { PATH: process.env.PATH ?? '' } }: Run = {},
) {
  const hook = file('hooks/pre-commit', text, 0o755);
  const absolute = spawnSync('sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();
  const run = spawnSync(absolute, [...(shell === 'busybox' ? ['sh'] : []), hook, ...args], {
    cwd: root,
    input,
    env,
    encoding: 'utf8',
  });
  const said = run.stdout.split('\n').find((line) => line.startsWith('{'));
  return {
    status: run.status,
    stdout: run.stdout,
    stderr: run.stderr,
    started: said ? JSON.parse(said) : undefined,
  };
}

describe.each(SHELLS)('under %s', (shell) => {
  test('it starts the baked package with the baked Node and hands on arguments, stdin and exit code', () => {
    const entry = installPackage('it’s here/$(false) "`x`');
    const run = runHook(renderWrapper({ ...PARTS, entry }), { shell, args: ['a b', '*'], input: 'one\ntwo' });
    expect(run.started).toMatchObject({
      node: process.execPath,
      args: ['pre-commit', 'a b', '*'],
      stdin: 'one\ntwo',
    });
    expect(run).toMatchObject({ status: 7, stderr: '' });
  });

  test.each(['refs a\nrefs b\n', 'no newline at the end', '', '\n\n', 'x'.repeat(300_000)])(
    'previous hook and keyscan both get stdin (case %#)',
    (input) => {
      const entry = installPackage('package');
      file('hooks/pre-commit.keyscan-prev', '#!/bin/sh\ncat >previous-stdin\n', 0o755);
      const run = runHook(renderWrapper({ ...PARTS, hook: { ...PARTS.hook, stdin: true }, entry }), {
        shell,
        input,
      });
      expect(readFileSync(join(root, 'previous-stdin'), 'utf8')).toBe(input);
      expect(run.started?.stdin).toBe(input);
      expect(run).toMatchObject({ status: 7, stderr: '' });
    },
  );

  test('a previous hook that does not read stdin does no harm', () => {
    const entry = installPackage('package');
    file('hooks/pre-commit.keyscan-prev', '#!/bin/sh\nexit 0\n', 0o755);
    const input = 'ref '.repeat(100_000);
    const run = runHook(renderWrapper({ ...PARTS, hook: { ...PARTS.hook, stdin: true }, entry }), {
      shell,
      input,
    });
    expect(run.started?.stdin.length).toBe(input.length);
    expect(run).toMatchObject({ status: 7, stderr: '' });
  });

  test('a previous hook that fails decides, with its own code; keyscan does not start', () => {
    const entry = installPackage('package');
    file('hooks/pre-commit.keyscan-prev', '#!/bin/sh\nexit 42\n', 0o755);
    for (const stdin of [false, true]) {
      const run = runHook(renderWrapper({ ...PARTS, hook: { ...PARTS.hook, stdin }, entry }), { shell });
      expect(run).toMatchObject({ status: 42, started: undefined });
    }
  });

  test('no package anywhere: refuses and says what to do', () => {
    const run = runHook(renderWrapper(PARTS), { shell });
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toMatch(/^keyscan: the package keyscan-cli was not found, so nothing was checked/);
    expect(run.stderr).toMatch(/Reinstall keyscan-cli and run keyscan install/);
    expect(run.stderr).toMatch(/keyscan uninstall/);
    expect(run.stderr).toMatch(/--no-verify/);
  });
});

describe('which package', () => {
  test('node_modules of the work tree when the baked one is gone', () => {
    installPackage('node_modules/keyscan-cli');
    expect(runHook(renderWrapper(PARTS)).started?.from).toBe('node_modules/keyscan-cli');
  });

  test.each([
    ['{"name":"keyscan-cli"}', true],
    ['{"version":"1.0.0",\r\n  "name": "keyscan-cli",\r\n  "author": {"name": "x"}\r\n}', true],
    ['{"name":"keyscan","author":{"name":"keyscan-cli"}}', false],
    ['{\n  "name": "keyscan",\n  "author": {\n    "name": "keyscan-cli"\n  }\n}', false],
    ['{\n  "name": "keyscan-cli-fork"\n}', false],
    ['{}', false],
    ['', false],
  ])('package.json %j is ours: %p', (manifest, ours) => {
    const entry = installPackage('package', manifest);
    expect(runHook(renderWrapper({ ...PARTS, entry })).status).toBe(ours ? 7 : 1);
  });

  test('no package.json', () => {
    const entry = installPackage('package');
    rmSync(join(root, 'package/package.json'));
    expect(runHook(renderWrapper({ ...PARTS, entry })).status).toBe(1);
  });
});

describe('which Node', () => {
  const gone = { ...PARTS, node: '/nowhere/node' };
  /** A directory for PATH that holds nothing but these: what sh finds in it is what the test put there. */
  const fakeNode = (path: string, version: string): string =>
    file(
      path,
      `#!/bin/sh\n[ "$1" = --version ] && echo ${version} && exit\nexec ${process.execPath} "$@"\n`,
      0o755,
    );

  test('the one in PATH when the baked one is gone', () => {
    installPackage('node_modules/keyscan-cli');
    mkdirSync(join(root, 'path'));
    symlinkSync(process.execPath, join(root, 'path/node'));
    expect(runHook(renderWrapper(gone), { env: { PATH: join(root, 'path') } }).status).toBe(7);
  });

  test.each([
    '.nvm/versions/node/v22.1.0/bin/node',
    '.volta/bin/node',
    '.asdf/installs/nodejs/20.19.0/bin/node',
    '.local/share/fnm/node-versions/v24.0.0/installation/bin/node',
    'Library/Application Support/fnm/node-versions/v24.0.0/installation/bin/node',
    '.local/share/mise/installs/node/22.1.0/bin/node',
  ])('%s when PATH has none', (path) => {
    installPackage('node_modules/keyscan-cli');
    fakeNode(path, 'v22.1.0');
    expect(runHook(renderWrapper(gone), { env: { PATH: '/nowhere', HOME: root } }).status).toBe(7);
  });

  test('one that is too old is passed over', () => {
    installPackage('node_modules/keyscan-cli');
    fakeNode('path/node', 'v8.17.0');
    fakeNode('.nvm/versions/node/v18.20.0/bin/node', 'v18.20.0');
    const env = { PATH: join(root, 'path'), HOME: root };
    const alone = runHook(withoutSystemNode(renderWrapper(gone)), { env });
    expect(alone.status).toBe(1);
    expect(alone.stderr).toMatch(/^keyscan: Node\.js 20 or newer was not found, so nothing was checked/);
    fakeNode('.nvm/versions/node/v20.19.0/bin/node', 'v20.19.0');
    expect(runHook(renderWrapper(gone), { env }).status).toBe(7);
  });

  test('NODE_OPTIONS and NODE_PATH are kept from ours, not from the previous hook', () => {
    const entry = installPackage('package');
    const hostile = file(
      'hostile.cjs',
      `require('node:fs').writeFileSync(${JSON.stringify(join(root, 'loaded'))}, '')`,
    );
    file('hooks/pre-commit.keyscan-prev', '#!/bin/sh\necho "previous saw $NODE_OPTIONS"\n', 0o755);
    const env = {
      PATH: process.env.PATH ?? '',
      NODE_OPTIONS: `--require=${JSON.stringify(hostile)}`,
      NODE_PATH: root,
    };
    expect(spawnSync(process.execPath, ['-e', '0'], { env }).status).toBe(0);
    expect(existsSync(join(root, 'loaded'))).toBe(true);
    rmSync(join(root, 'loaded'));
    const run = runHook(renderWrapper({ ...PARTS, entry }), { env });
    expect(run.stdout).toContain('previous saw --require');
    expect(run.started?.environment).toEqual([]);
    expect(existsSync(join(root, 'loaded'))).toBe(false);
  });
});

describe('recognizeWrapper', () => {
  const text = renderWrapper({ ...PARTS, entry: '/größer/dist/hook.cjs' });

  test.each([
    ['what was written', text, 'intact'],
    ['one character more', `${text} `, 'modified'],
    ['one character less', text.slice(0, -1), 'modified'],
    ['CRLF', text.replaceAll('\n', '\r\n'), 'modified'],
    ['another first line', text.replace('/bin/sh', '/bin/bash'), 'modified'],
    ['another hook', '#!/bin/sh\nexit 0\n', 'foreign'],
    [
      'a hook that speaks of ours',
      '#!/bin/sh\n# keyscan hook pre-commit\nkeyscan hook pre-commit\n',
      'foreign',
    ],
    ['nothing', '', 'foreign'],
  ])('%s', (_, found, expected) => {
    expect(recognizeWrapper(Buffer.from(found))).toBe(expected);
  });

  test('the hook says nothing that would fetch a package', () => {
    expect(text).not.toMatch(/\bnpx\b|\bnpm\b|\byarn\b|\bpnpm\b/);
    expect(text).not.toContain('\r');
  });
});
