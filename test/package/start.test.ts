// What every commit waits for: the hook loads nothing that only a finding, a report or a failure needs. And what every run
// waits for: V8, unless what it has compiled before is at hand.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { type ScratchRepository, withScratch } from '../support/repository.ts';

const hook = join(__dirname, '../../dist/hook.cjs');
const HEAVY =
  /^NativeModule (?:crypto|fs\/promises|internal\/fs\/promises|tty|zlib|http|worker_threads|perf_hooks|module)$/;

test('a clean commit loads no hash functions, file promises or output streams', () =>
  withScratch((repository) => {
    repository.write('clean.ts', 'export const answer = 42;\n');
    expect(heavyModules(repository)).toEqual([]);
  }));

test('a refused one does: the list above is a list of something', () =>
  withScratch((repository) => {
    repository.write('leak.ts', `const key = '${freshKey()}';\n`);
    expect(heavyModules(repository)).toContain('NativeModule crypto');
  }));

describe('what V8 has compiled of the command line', () => {
  let scratch: string;
  const compiled = () =>
    readdirSync(join(scratch, 'dist'))
      .filter((name) => name.endsWith('.cache'))
      .sort();
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(scratch, 'bin/keyscan.js'), ...args], {
      cwd: scratch,
      input: 'nothing in it\n',
      encoding: 'utf8',
    });

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'keyscan-start-'));
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(__dirname, '../..', part), join(scratch, part), {
        recursive: true,
        filter: (path) => !path.endsWith('.cache'),
      });
  });
  afterEach(() => rmSync(scratch, { recursive: true }));

  test('is kept beside it, apart for each verb', () => {
    expect(run('--version').status).toBe(0);
    expect(run('-').status).toBe(0);
    expect(run('bin/keyscan.js').status).toBe(0);
    const version = `${process.version}-${process.arch}`;
    const ends = ['-', 'files', 'options'].map((verb) => `.cjs.${verb}.${version}.cache`);
    expect(compiled().map((name) => name.slice(name.indexOf('.')))).toEqual(ends);
  });

  // V8 takes it with the flags only that it was made with, and some verbs set their own while they run.
  test.each([['-'], ['file'], ['--version'], ['history', '--no-cache']])(
    'is taken by the next run: %s',
    (...args) =>
      withScratch(({ path, env }) => {
        const program = join(scratch, 'bin/keyscan.js');
        writeFileSync(join(path, 'file'), 'nothing in it\n');
        const made = (): bigint => {
          const { status } = spawnSync(process.execPath, [program, ...args], { cwd: path, env, input: '' });
          expect(status).toBe(0);
          return statSync(join(scratch, 'dist', compiled()[0] ?? ''), { bigint: true }).mtimeNs;
        };
        expect(made()).toBe(made());
      }),
  );

  test('is not kept of a run that could not complete', () => {
    expect(run('no such file').status).toBe(2);
    expect(compiled()).toEqual([]);
  });

  test('is done without when it is none', () => {
    run('-');
    const [name = ''] = compiled();
    writeFileSync(join(scratch, 'dist', name), 'not compiled code');
    expect(run('-')).toMatchObject({ status: 0, stderr: expect.stringContaining('no OpenAI credentials') });
  });

  // V8 takes it with most bits flipped, and then crashes, hangs or does something else.
  test.each([1 / 4, 3 / 4])('is made anew when a bit of it has flipped, at %f of it', (part) => {
    run('-');
    const path = join(scratch, 'dist', compiled()[0] ?? '');
    const damaged = readFileSync(path);
    const at = Math.floor(damaged.length * part);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    writeFileSync(path, damaged);
    expect(run('-')).toMatchObject({ status: 0, stderr: expect.stringContaining('no OpenAI credentials') });
    const mended = readFileSync(path);
    expect(mended.equals(damaged)).toBe(false);
    expect(mended.subarray(0, mended.length / 2).equals(mended.subarray(mended.length / 2))).toBe(true);
  });
});

/** What the hook loads for what lies in the work tree, beyond what Node itself begins with. */
function heavyModules(repository: ScratchRepository): string[] {
  repository.git('add', '--all');
  const list = join(repository.root, 'list.cjs');
  writeFileSync(
    list,
    `process.on('exit', () => require('fs').writeSync(3, process.moduleLoadList.join('\\n')));`,
  );
  const loadedBy = (...program: string[]): string[] => {
    const { output } = spawnSync(process.execPath, ['-r', list, ...program], {
      cwd: repository.path,
      env: repository.env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    return String(output[3]).split('\n');
  };
  const always = new Set(loadedBy('-e', '0'));
  const loaded = loadedBy(hook, 'pre-commit').filter((name) => !always.has(name));
  expect(loaded).toContain('NativeModule child_process');
  return loaded.filter((name) => HEAVY.test(name));
}
