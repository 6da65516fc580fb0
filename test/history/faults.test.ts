// Fault injection for keyscan history: whatever git does in the middle, the key is found or the run has failed. Never a clean
// exit, nothing remembered of it, and nothing left behind.

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../../src/git/process.ts';
import { FAULTS } from '../support/failing-git.ts';
import { freshKey } from '../support/keys.ts';
import { BIN, keyscan } from '../support/keyscan.ts';
import { type ScratchRepository, scratchRepository, type WorkTree } from '../support/repository.ts';
import { history } from './told.ts';

let repository: ScratchRepository;
let real: string;
let cache: string;
/** How many bytes a sound git answers, by what was asked. */
let sizes: Readonly<Record<string, number>>;
const LISTS = 'cat-file --batch-all-objects --batch-check=%(objectname)';
const READS = 'cat-file --batch --buffer';
const key = freshKey();
beforeAll(() => {
  repository = scratchRepository();
  repository.write('clean', 'clean\n');
  repository.write('large', `${'x'.repeat(99)}\n`.repeat(12_000));
  repository.commit();
  repository.write('a/file', `OPENAI_API_KEY=${key}\n`);
  repository.commit();
  real = gitIn(repository.path, repository.env).path;
  cache = join(repository.path, '.git/keyscan');
  const ids = repository.bytes(LISTS.split(' '));
  sizes = { [LISTS]: ids.length, [READS]: repository.bytes(READS.split(' '), ids).length };
});
afterAll(() => repository.remove());
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** A git that does this instead where its words match; `$REAL` is the real one. */
function failing(words: string, script: string, of = repository): Pick<WorkTree, 'path' | 'env'> {
  const folder = join(of.root, 'bin');
  const path = join(folder, 'git');
  mkdirSync(folder, { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(
    path,
    `#!/bin/sh\nREAL='${real}'\ncase "$*" in *'${words}'*) ;; *) exec "$REAL" "$@" ;; esac\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return { path: of.path, env: { ...of.env, PATH: `${folder}:${of.env.PATH}` } };
}

async function codeOf(words: string, script: string): Promise<{ code: number; found: number }> {
  const { code, report } = await history(failing(words, script), { cache: true });
  if (code === 2) expect(existsSync(join(cache, 'clean-objects'))).toBe(false);
  return { code, found: report?.findings.length ?? 0 };
}

test('with a sound git the key is found', async () => {
  expect(await codeOf('nothing', '')).toEqual({ code: 1, found: 1 });
});

/** Bytes after which an answer is cut: at its start and end, around heads, and in the middle of what is large. */
const cuts = (size: number): number[] => [0, 40, Math.floor(size / 2), size - 1];

describe.each([
  ['the list', LISTS],
  ['the objects', READS],
])('%s', (_, words) => {
  test.each([
    ['is killed', 'kill -KILL $$'],
    ['exits with 128', 'echo "fatal: it broke" >&2; exit 128'],
    ['ends as if all were well', 'exit 0'],
  ])('git %s after n bytes', async (how, end) => {
    for (const n of cuts(sizes[words] ?? 0)) {
      // A list that is cut at a line end is a shorter list, to anyone.
      if (how === 'ends as if all were well' && words === LISTS && n % 41 === 0 && n > 0) continue;
      const script = `"$REAL" "$@" | head -c ${n}; ${end}`;
      expect({ n, code: (await codeOf(words, script)).code }).toEqual({ n, code: 2 });
    }
  });

  test.each([...FAULTS, ['has closed its output', 'exec 1>&-; exec "$REAL" "$@"'] as const])(
    'git %s',
    async (_, script) => {
      expect((await codeOf(words, script)).code).toBe(2);
    },
  );
});

test.each([
  'for-each-ref',
  'rev-list --date-order',
  'diff-tree',
  'log -g',
  'ls-files',
  'symbolic-ref',
  '--batch-check=%(objecttype) %(objectname)',
  'cat-file --batch',
  'rev-parse --is-shallow-repository',
  'extensions',
])('git is killed when it is asked for %s: what was found is told', async (words) => {
  const early = ['for-each-ref', 'cat-file --batch', 'rev-parse --is-shallow-repository', 'extensions'];
  const { code, found } = await codeOf(words, 'kill -KILL $$');
  expect(code).toBe(2);
  if (!early.includes(words)) expect(found).toBe(1);
});

test('a list that is short once, and whole when git is asked again', async () => {
  for (const n of [0, 41]) {
    const mark = join(repository.root, `asked-${n}`);
    const script = `[ -e '${mark}' ] && exec "$REAL" "$@"; : >'${mark}'; "$REAL" "$@" | head -c ${n}`;
    const { code, report } = await history(failing(LISTS, script));
    expect({ n, code }).toEqual({ n, code: 2 });
    expect(report.coverage.problems.map(({ reason }) => reason).join()).toContain('run keyscan again');
  }
});

test('a list without what a pack has: that is needed although the pack could be read', async () => {
  const packed = scratchRepository();
  try {
    packed.write('folder/file', 'words\n');
    packed.commit();
    packed.git('repack', '-adq');
    expect((await history(packed)).code).toBe(0);
    for (const left of ['HEAD', 'HEAD:folder', 'HEAD:folder/file']) {
      const script = `"$REAL" "$@" | grep -v ${packed.git('rev-parse', left)}`;
      const once = `[ -e "$PWD/../${left.length}" ] && exec "$REAL" "$@"; : >"$PWD/../${left.length}"`;
      const { code, report } = await history(failing(LISTS, `${once}; ${script}`, packed));
      expect({ left, code }).toEqual({ left, code: 2 });
      expect(report.coverage.problems.map(({ reason }) => reason).join()).toContain('run keyscan again');
    }
  } finally {
    packed.remove();
  }
});

test('an object that vanishes between the list and the reading', async () => {
  const oid = repository.git('rev-parse', 'HEAD:clean');
  const script = `sed -u 's/${oid}/${'1'.repeat(40)}/' | "$REAL" "$@"`;
  expect((await history(failing(READS, script))).code).toBe(2);
  const loose = repository.bytes(['hash-object', '-w', '--stdin'], 'nothing leads to it\n').toString().trim();
  // git gc in the middle of it.
  const { code, report } = await history(failing(READS, '"$REAL" gc -q --prune=now; exec "$REAL" "$@"'));
  expect({ code, found: report.findings.length }).toEqual({ code: 2, found: 1 });
  expect(report.coverage.problems).toMatchObject([{ path: `object/${loose}` }]);
  expect(await codeOf('nothing', '')).toEqual({ code: 1, found: 1 });
});

test('a report that cannot be written whole is exit code 2, and what was found is printed', () => {
  const { status, stdout, stderr } = keyscan(repository, ['history', '-o', '/dev/full']);
  expect(status).toBe(2);
  expect(stdout).toContain(key.slice(-4));
  expect(stderr).toContain('cannot be written');
  expect(readdirSync(repository.root).filter((name) => /^\.(?!cache$)/.test(name))).toEqual([]);
});

describe('ended from outside', () => {
  /** Runs it on a git that waits in the middle of an object, and ends it there. */
  async function endedBy(signal: NodeJS.Signals) {
    const script = `"$REAL" "$@" | head -c 300; echo $$ > '${join(repository.root, 'pid')}'; exec sleep 60`;
    const { path, env } = failing(READS, script);
    rmSync(join(repository.root, 'pid'), { force: true });
    const child = spawn(process.execPath, [BIN, 'history', '-o', 'report.json', '-f', 'json'], {
      cwd: path,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await until(() => existsSync(join(repository.root, 'pid')));
    // As a terminal does: to all of them.
    process.kill(-(child.pid ?? 0), signal);
    const ended = await new Promise((resolve) => child.on('close', (code, by) => resolve(by ?? code)));
    const isGone = (): boolean => {
      try {
        process.kill(-(child.pid ?? 0), 0);
        return false;
      } catch {
        return true;
      }
    };
    await until(isGone);
    return ended;
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing behind', async (signal) => {
    const before = readdirSync(repository.path);
    expect(await endedBy(signal)).toBe(signal);
    expect(readdirSync(repository.path)).toEqual(before);
    expect(existsSync(cache)).toBe(false);
  });

  test('a reader that has seen enough changes nothing', async () => {
    const child = spawn(
      'sh',
      ['-c', `{ '${process.execPath}' '${BIN}' history; echo $? >&2; } | head -c 1 >/dev/null`],
      { cwd: repository.path, env: repository.env, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    for await (const chunk of child.stderr) said += chunk;
    expect(said.trim().split('\n').at(-1)).toBe('1');
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let n = 0; n < 1000; n += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it does not come to that');
}
