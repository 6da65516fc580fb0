// keyscan's block in a husky script: where it is put, that it comes out without a trace, and what it does when it runs.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { insertBlock, renderBlock } from '../../src/hooks/block.ts';
import { BlockError, removeBlock } from '../../src/hooks/marked.ts';
import { COMMIT, PUSH } from './guarding.ts';

const BLOCK = renderBlock(COMMIT);

function obstacle(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof BlockError ? error.obstacle : error;
  }
}

describe('in and out', () => {
  const scripts: readonly (readonly [string, string | undefined])[] = [
    ['no file', undefined],
    ['empty file', ''],
    ['only a newline', '\n'],
    ['one line', 'npm test\n'],
    ['no newline at the end', 'npm test'],
    ['empty lines at the end', 'npm test\n\n\n'],
    ['CRLF', 'npm test\r\nnpm run lint\r\n'],
    ['old husky', '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n'],
    ['exit 0 as its last command', 'npm test\nexit 0\n'],
    ['exit 0 without newline, comment after', 'npm test\nexit 0 # done\n# the end'],
    ['only exit 0', 'exit 0'],
    ['exit under a condition', 'if [ -n "$CI" ]; then\n  exit 0\nfi\n[ -n "$X" ] && exit 0\nnpm test\n'],
    ['exec that only redirects', 'exec 2>&1\nexec <&-\nexec 3>log\nnpm test\n'],
    ['a word that begins like it', 'exit_early=1\nexecute\n'],
    ['bytes that are not UTF-8', 'echo \xe9\xff\n'],
  ];

  test.each(scripts)('%s', (_, script) => {
    const text = insertBlock(script, COMMIT);
    expect(text.split(BLOCK.trimEnd())).toHaveLength(2);
    expect(removeBlock(text)).toBe(script);
    expect(insertBlock(text, COMMIT)).toBe(text);
  });

  test.each(scripts)('%s: an older block is renewed', (_, script) => {
    const older = BLOCK.replace(/^\(\n[\s\S]*^\) .*$/m, 'keyscan hook pre-commit').trimEnd();
    const text = insertBlock(script, COMMIT);
    expect(
      insertBlock(
        text.replace(BLOCK.trimEnd(), () => older),
        COMMIT,
      ),
    ).toBe(text);
  });

  test('lines added below the block end up above it', () => {
    expect(insertBlock(`npm test\n${BLOCK}npx lint-staged\n`, COMMIT)).toBe(
      `npm test\nnpx lint-staged\n${BLOCK}`,
    );
  });

  test('a block that a checkout turned to CRLF is taken out, too', () => {
    expect(removeBlock(`npm test\r\n${BLOCK.replaceAll('\n', '\r\n')}`)).toBe('npm test\r\n');
  });

  test('a file that lost its last newline', () => {
    expect(removeBlock(BLOCK.trimEnd())).toBe('');
  });
});

describe('what reads stdin goes first', () => {
  test.each([
    ['no file', undefined, ''],
    ['empty file', '', '\n'],
    ['one line', 'npm test\n', ''],
    ['no newline at the end', 'npm test', ''],
    [
      'a first line that says by what it is run',
      '#!/bin/sh\n# tests\n\nnpm test\n',
      '#!/bin/sh\n# tests\n\n',
    ],
    [
      'old husky',
      '#!/bin/sh\n. "$(dirname -- "$0")/_/husky.sh"\nnpm test\n',
      '#!/bin/sh\n. "$(dirname -- "$0")/_/husky.sh"\n',
    ],
    ['old husky, nothing else', '. ./_/husky.sh', '. ./_/husky.sh\n'],
    ['a line that ends the script', 'npm test\nexit 0\nmore\n', ''],
  ])('%s', (_, script, before) => {
    const text = insertBlock(script, PUSH);
    expect(text.startsWith(`${before}# >>> keyscan >>>\n`)).toBe(true);
    expect(removeBlock(text)).toBe(script);
    expect(insertBlock(text, PUSH)).toBe(text);
  });
});

describe('refused', () => {
  test.each([
    ['exit 0\nnpm test\n', 1],
    ['npm test\nexec npm run lint\n', 2],
    ['npm test\nexit $?\n', 2],
    ['npm test\nexit\n', 2],
    ['if [ "$CI" ]; then\nexit 0\nfi\nnpm test\n', 2],
    ['npm test &&\nexit 0\n', 2],
    ['npm test || \\\nexit 1\n', 2],
    ['end() {\nexit 0; }\n', 2],
    ['exec npm test', 1],
    ['true\nreturn 0\n', 2],
  ])('%j may end before the block', (script, line) => {
    const text = script.split('\n')[line - 1];
    expect(obstacle(() => insertBlock(script, COMMIT))).toEqual({ kind: 'unreachable', line, text });
  });

  test.each([
    '# >>> keyscan >>>\nnpm test\n',
    'npm test\n# <<< keyscan <<<\n',
    '# <<< keyscan <<<\n# >>> keyscan >>>\n',
    `${BLOCK}${BLOCK}`,
    `${BLOCK}npm test\n# >>> keyscan >>>\n`,
  ])('half a block or two (case %#)', (script) => {
    expect(obstacle(() => removeBlock(script))).toEqual({ kind: 'broken-block' });
    expect(obstacle(() => insertBlock(script, COMMIT))).toEqual({ kind: 'broken-block' });
  });
});

describe('when it runs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "keyscan block 'ü "));
    file('bin/sh-tools', '');
    symlinkSync(process.execPath, join(root, 'bin/node'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function file(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  }

  const says = (name: string) =>
    `console.log(${JSON.stringify(name)}, process.argv.slice(2), process.env.NODE_OPTIONS); process.exitCode = 7;`;

  function run(
    script: string,
    { flags = ['-e'], path = `node_modules/.bin:${join(root, 'bin')}`, cwd = '.' } = {},
  ) {
    file('script', insertBlock(script, COMMIT));
    const env = { PATH: path, NODE_OPTIONS: '--no-warnings' };
    return spawnSync('/bin/sh', [...flags, join(root, 'script'), 'argument'], {
      cwd: join(root, cwd),
      env,
      encoding: 'utf8',
    });
  }

  test.each([[['-e']], [[]], [['-eu']]])('the package of the project decides, under sh %p', (flags) => {
    file('node_modules/keyscan-cli/dist/hook.cjs', says('ours'));
    const { status, stdout, stderr } = run('', { flags });
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' });
    expect(stdout).toBe("ours [ 'pre-commit', 'argument' ] undefined\n");
  });

  test('its verdict is the last word, whatever the script ends with', () => {
    file('node_modules/keyscan-cli/dist/hook.cjs', says('ours'));
    for (const flags of [['-e'], []]) expect(run('true\nexit 0\n', { flags }).status).toBe(7);
  });

  test('a script that fails before it decides', () => {
    file('node_modules/keyscan-cli/dist/hook.cjs', says('ours'));
    expect(run('false\n')).toMatchObject({ status: 1, stdout: '' });
  });

  test('an earlier cd does not hide the package', () => {
    file('node_modules/keyscan-cli/dist/hook.cjs', says('ours'));
    file('packages/a/file', '');
    expect(run('cd packages/a\n').stdout).toContain('ours');
  });

  test('a keyscan in PATH that is installed elsewhere', () => {
    file('bin/keyscan', '#!/bin/sh\necho global "$@"\nexit 5\n', 0o755);
    expect(run('')).toMatchObject({ status: 5, stdout: 'global hook pre-commit argument\n', stderr: '' });
  });

  test('a keyscan in node_modules/.bin without keyscan-cli is a stranger and is not run', () => {
    file('node_modules/.bin/keyscan', '#!/bin/sh\necho stranger\n', 0o755);
    file('packages/a/file', '');
    for (const path of ['node_modules/.bin', join(root, 'node_modules/.bin')]) {
      const { status, stdout, stderr } = run('', { path: `${path}:${join(root, 'bin')}` });
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/keyscan-cli is not installed, so nothing was checked/);
    }
  });

  test('no Node', () => {
    file('node_modules/keyscan-cli/dist/hook.cjs', says('ours'));
    const { status, stderr } = run('', { path: '/nowhere' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^keyscan: node is not in PATH or keyscan-cli is not installed/);
    expect(stderr).toMatch(/--no-verify/);
  });

  describe('with what git says on stdin', () => {
    const reads = `let input = ''; process.stdin.on('data', (data) => { input += data; }).on('end', () => {
      console.log('keyscan', JSON.stringify(input), process.argv.slice(2)); process.exitCode = input.includes('bad') ? 7 : 0; });`;
    const push = (script: string, input: string, flags = ['-e']) => {
      file('node_modules/keyscan-cli/dist/hook.cjs', reads);
      file('script', insertBlock(script, PUSH));
      const env = { PATH: `${join(root, 'bin')}:/usr/bin:/bin` };
      return spawnSync('/bin/sh', [...flags, join(root, 'script'), 'origin'], {
        cwd: root,
        env,
        input,
        encoding: 'utf8',
      });
    };

    test.each([
      'one\ntwo\n',
      'no newline at the end',
      '',
      '$HOME `id` \\n "x"\n',
      `${'x'.repeat(300_000)}\n`,
    ])('keyscan and the lines after it both get it (case %#)', (input) => {
      const { status, stdout, stderr } = push('wc -c\ncat\nexit 3\n', input);
      expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
      expect(stdout).toContain(`keyscan ${JSON.stringify(input)} [ 'pre-push', 'origin' ]\n`);
      const whole = input === '' || input.endsWith('\n') ? input : `${input.slice(0, -1)}\n`;
      expect(stdout).toMatch(new RegExp(`\\n\\s*${whole.length}\\n$`));
    });

    test.each([[['-e']], [[]]])('its verdict decides, before the others start, under sh %p', (flags) => {
      const { status, stdout } = push('echo next\n', 'bad\n', flags);
      expect(status).toBe(7);
      expect(stdout).not.toContain('next');
    });
  });

  test('nothing in it fetches a package', () => {
    expect(BLOCK).not.toMatch(/\bnpx\b|\bnpm\b|\byarn\b|\bpnpm\b/);
    expect(BLOCK).toMatch(/^[\x20-\x7e\n]+$/);
  });
});
