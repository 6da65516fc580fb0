// What is packed comes to what it comes to as loose objects, byte for byte, read by threads or not, wherever the packs lie; and
// no damage to a pack, a thread or a store is a clean run.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gitIn } from '../../src/git/process.ts';
import { freshKey } from '../support/keys.ts';
import { BIN, keyscan, report } from '../support/keyscan.ts';
import { leakOf } from '../support/leaks.ts';
import { deltaOfId, type Entry, idOf, object, overwrite, packsOf, writePack } from '../support/packs.ts';
import { seed, seeded } from '../support/random.ts';
import { type Ran, type ScratchRepository, scratchRepository, withScratch } from '../support/repository.ts';
import { generate } from './generated.ts';
import { history } from './told.ts';

const WHOLE = ['history', '--no-cache', '-f', 'json'];

describe(`a repository of everything (seed ${seed})`, () => {
  let repository: ScratchRepository;
  let objects: string;
  /** What is said of it while nothing is packed. */
  let loose: Ran;
  const key = freshKey();
  beforeAll(() => {
    repository = scratchRepository();
    objects = join(repository.path, '.git/objects');
    generate(repository, seeded(seed), 40);
    const lines = Array.from({ length: 3000 }, (_, n) => `line ${n} of a long file\n`);
    for (let n = 0; n < 20; n += 1) {
      lines[n * 100] = n % 4 === 3 ? `OPENAI_API_KEY=${freshKey()}\n` : `${n}\n`;
      repository.write('long', lines.join(''));
      repository.write(
        'wide',
        Buffer.from(n % 5 === 4 ? `\ufeffkey = "${freshKey()}"` : `\ufeff${n}`, 'utf16le'),
      );
      repository.write(
        'binary',
        Buffer.concat([Buffer.alloc(n), Buffer.from(`=${n === 9 ? freshKey() : ''}`), Buffer.alloc(n)]),
      );
      repository.commit();
    }
    repository.write(`folder/${freshKey()}/x`, 'x\n');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},submodule`);
    repository.git('commit', '-q', '-m', 'a submodule');
    repository.git('add', 'folder');
    repository.git('commit', '-q', '-m', key);
    repository.git('tag', '-a', 'tagged', '-m', freshKey());
    // What makes the pack worth several threads.
    for (let n = 0; n < 3; n += 1) repository.write(`random/${n}`, randomBytes(1 << 20));
    repository.git('add', 'random');
    repository.git('commit', '-q', '-m', 'random');
    for (const path of packsOf(repository)) {
      const pack = readFileSync(path);
      for (const ending of ['pack', 'idx', 'rev']) rmSync(path.replace(/pack$/, ending), { force: true });
      repository.bytes(['unpack-objects', '-q'], pack);
    }
    loose = keyscan(repository, WHOLE);
  });
  afterAll(() => repository.remove());

  const repack = (...args: readonly string[]): void => {
    repository.git('repack', '-adfkq', ...args);
    repository.git('prune-packed', '-q');
  };

  test('loose, it is complete', () => {
    expect(loose.status).toBe(1);
    expect(JSON.parse(loose.stdout).coverage.complete).toBe(true);
    expect(packsOf(repository)).toEqual([]);
  });

  test.each([['--depth=250', '--window=50'], ['--depth=1'], ['--depth=50', '--max-pack-size=1100k']])(
    'packed: %s',
    (...args) => {
      repack(...args);
      const sizes = packsOf(repository).map((path) => statSync(path).size);
      expect(Math.max(...sizes) > 1 << 21).toBe(args.length < 2 || args[1] === '--window=50');
      expect(keyscan(repository, WHOLE)).toEqual(loose);
    },
  );

  test('in parts', () => {
    repack();
    const parts = [1, 2, 3].map((n) => {
      const file = join(repository.root, `part-${n}.json`);
      keyscan(repository, [...WHOLE, '--shard', `${n}/3`, '-o', file]);
      return file;
    });
    expect(keyscan(repository, ['merge', ...parts, '-f', 'json'])).toEqual(loose);
  });

  test('twice, with the cache', () => {
    const whole = JSON.parse(loose.stdout);
    const first = report(repository, ['history']);
    const second = report(repository, ['history']);
    expect(first).toEqual(whole);
    expect(second.findings).toEqual(whole.findings);
    expect(second.coverage).toMatchObject({ complete: true, problems: [] });
    expect(second.coverage.objects + (second.coverage.known ?? 0)).toBe(
      first.coverage.objects + (first.coverage.known ?? 0),
    );
    expect(second.coverage.objects).toBeLessThan(first.coverage.objects);
    rmSync(join(repository.path, '.git/keyscan'), { recursive: true });
  });

  test('in a store that others borrow from, and one that is named', () => {
    const store = join(repository.root, 'store');
    renameSync(objects, store);
    mkdirSync(join(objects, 'info'), { recursive: true });
    expect(keyscan(repository, WHOLE, { env: { GIT_OBJECT_DIRECTORY: store } })).toEqual(loose);
    const alternates = join(objects, 'info/alternates');
    for (const written of [store, '../../../store']) {
      writeFileSync(alternates, `# a store\n${written}\n`);
      expect(keyscan(repository, WHOLE)).toEqual(loose);
    }
    rmSync(objects, { recursive: true });
    renameSync(store, objects);
  });

  test('packed anew while it is read', () => {
    const bin = join(repository.root, 'bin');
    mkdirSync(bin);
    const fake = join(bin, 'git');
    const during = (script: string): Ran => {
      const real = gitIn(repository.path, repository.env).path;
      writeFileSync(
        fake,
        `#!/bin/sh\ncase "$*" in *--batch-all-objects*) ${script} ;; esac\nexec '${real}' "$@"\n`,
      );
      chmodSync(fake, 0o755);
      return keyscan(repository, WHOLE, { env: { PATH: `${bin}:${repository.env.PATH}`, REAL: real } });
    };
    const before = packsOf(repository);
    expect(during('"$REAL" repack -adfkq --depth=3 --window=3')).toEqual(loose);
    expect(packsOf(repository)).not.toEqual(before);
    // All that is left is what has been read of it by then.
    const folder = dirname(packsOf(repository)[0] ?? '');
    cpSync(folder, join(repository.root, 'kept'), { recursive: true });
    expect(during(`rm -f '${folder}'/*.pack '${folder}'/*.idx '${folder}'/*.rev`).status).toBe(2);
    cpSync(join(repository.root, 'kept'), folder, { recursive: true });
    expect(keyscan(repository, WHOLE)).toEqual(loose);
  });

  test('a pack that is damaged anywhere is no complete run', () => {
    const [path = ''] = packsOf(repository);
    const sound = readFileSync(path);
    for (const at of [5, 10, 40, sound.length >> 1, sound.length - 1]) {
      const turned = Buffer.from(sound);
      turned[at] = 0xff - (turned[at] ?? 0);
      overwrite(path, turned);
      const { status, stdout } = keyscan(repository, WHOLE);
      expect({ at, status }).toEqual({ at, status: 2 });
      expect(leakOf(stdout, key.slice(8))).toBeUndefined();
    }
    overwrite(path, sound.subarray(0, sound.length >> 1));
    expect(keyscan(repository, WHOLE).status).toBe(2);
    overwrite(path, sound);
  });

  describe('by a program whose threads are broken', () => {
    let folder: string;
    let program: string;
    beforeAll(() => {
      folder = join(repository.root, 'package');
      const root = join(BIN, '../..');
      mkdirSync(folder);
      for (const name of ['bin', 'dist', 'package.json'])
        cpSync(join(root, name), join(folder, name), { recursive: true });
      const [thread = ''] = readdirSync(join(folder, 'dist')).filter((name) => /^sieve-.*\.cjs$/.test(name));
      program = join(folder, 'dist', thread);
    });
    const args = (): string[] => [join(folder, 'bin/keyscan.js'), ...WHOLE];

    test.each([
      ['throws', `throw new Error('${key}')`],
      ['ends', 'process.exit(0)'],
      ['has nothing to do', ''],
      ['is no program', 'no program'],
      [
        'ends in the middle',
        "require('node:worker_threads').parentPort.on('message', () => process.exit(1))",
      ],
      ['is missing', undefined],
    ])('one that %s', (_, text) => {
      if (text === undefined) rmSync(program);
      else writeFileSync(program, text);
      const { path: cwd, env } = repository;
      const { status, stdout } = spawnSync(process.execPath, args(), { cwd, env, encoding: 'utf8' });
      const { coverage } = JSON.parse(stdout);
      expect(status).toBe(2);
      expect(coverage.complete).toBe(false);
      expect(coverage.problems[0].reason).toMatch(/^internal error: \w+/);
      expect(leakOf(stdout, key.slice(8))).toBeUndefined();
    });

    test('with --jobs 1 there are none', () => {
      writeFileSync(program, 'process.exit(0)');
      const { path: cwd, env } = repository;
      const { status, stdout } = spawnSync(process.execPath, [...args(), '--jobs', '1'], {
        ...{ cwd, env, encoding: 'utf8' },
      });
      expect({ status, stdout }).toEqual({ status: loose.status, stdout: loose.stdout });
    });

    test.each(['SIGINT', 'SIGTERM'] as const)('%s ends one that is busy', async (signal) => {
      const begun = join(folder, 'begun');
      rmSync(begun, { force: true });
      writeFileSync(
        program,
        `require('node:worker_threads').parentPort.on('message', () => {
          require('node:fs').writeFileSync(${JSON.stringify(begun)}, '');
          for (;;);
        });`,
      );
      const { path: cwd, env } = repository;
      const child = spawn(process.execPath, args(), { cwd, env, stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('close', (code, by) => resolve(by ?? code)));
      while (!readdirSync(folder).includes('begun')) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      expect(await ended).toBe(signal);
    });
  });
});

describe('the same objects, loose and packed, come to the same', () => {
  const key = freshKey();
  const blob = object('blob', 'x\n');
  const lost = '2'.repeat(40);
  const treeOf = (name: string, id: string, mode = '100644'): Entry =>
    object('tree', Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]));
  const commitOf = (tree: string, text = 'm', parent?: string): Entry =>
    object(
      'commit',
      `tree ${tree}\n${parent ? `parent ${parent}\n` : ''}author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n${text}\n`,
    );
  const tree = treeOf('file', idOf(blob));
  const needsLost = treeOf('file', lost);
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`;
  const tagOf = (id: string, text: string): Entry =>
    object('tag', `object ${id}\ntype commit\ntag t\ntagger A <a@b> 1 +0000\n\n${text}\n`);
  const commit = commitOf(idOf(tree));

  const CASES: readonly (readonly [what: string, code: number, entries: readonly Entry[], tip?: Entry])[] = [
    ['nothing special', 0, [blob, tree, commit], commit],
    ['a key in a blob', 1, [object('blob', key)]],
    ['a key in a message', 1, [blob, tree, commitOf(idOf(tree), key)]],
    ['a key in a tag', 1, [blob, tree, commit, tagOf(idOf(commit), key)]],
    ['a key as a name', 1, [blob, treeOf(key, idOf(blob))]],
    ['a key in what is no commit', 1, [object('commit', key)]],
    ['a key in what is no tag', 1, [object('tag', `object\n${key}`)]],
    ['a tree that is none', 2, [object('tree', `${key}`)]],
    ['a tree that breaks off', 2, [object('tree', tree.bytes.subarray(0, -1))]],
    ['a pointer to a large file that is not there', 0, [object('blob', pointer)]],
    ['a submodule', 0, [treeOf('module', lost, '160000')]],
    ['a file that is missing', 2, [needsLost, commitOf(idOf(needsLost))], commitOf(idOf(needsLost))],
    [
      'a parent that is missing',
      2,
      [blob, tree, commitOf(idOf(tree), 'm', lost)],
      commitOf(idOf(tree), 'm', lost),
    ],
    ['a folder that is missing', 2, [commitOf(lost)], commitOf(lost)],
    ['what a tag is of is missing', 2, [tagOf(lost, 'm')], tagOf(lost, 'm')],
    // git fsck says nothing of these: nothing leads to them.
    ['a file that nothing needs is missing', 0, [needsLost]],
  ];
  test.each(CASES.map((each) => ({ of: each[0], each })))('$of', async ({ each: [, code, entries, tip] }) => {
    const [loose, packed] = await Promise.all(
      [true, false].map((isLoose) =>
        withScratch(async (repository) => {
          if (!isLoose) writePack(repository, entries);
          else
            for (const { type, bytes } of entries)
              repository.bytes(['hash-object', '-t', type, '--literally', '-w', '--stdin'], bytes);
          if (tip)
            writeFileSync(
              join(repository.path, '.git/refs', tip.type === 'tag' ? 'tags' : 'heads', 'main'),
              `${idOf(tip)}\n`,
            );
          const told = await history(repository);
          return { code: told.code, report: told.report };
        }),
      ),
    );
    expect(packed).toEqual(loose);
    expect(packed?.code).toBe(code);
  });

  test('a key that only a delta makes, of an object that is known, or of another part', async () =>
    withScratch(async (repository) => {
      // Cut in its first word and in its marker.
      const halves = object('blob', `${key.slice(0, 4)}--${key.slice(4, 86)}--${key.slice(86)}`);
      const whole = object('blob', key);
      const copies = [0x90, 4, 0x91, 6, 82, 0x91, 90, key.length - 86];
      const size = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, n >> 7]);
      const delta = [...size(halves.bytes.length), ...size(key.length), ...copies];
      writePack(repository, [halves, deltaOfId(whole, delta, halves)]);
      const parts = await Promise.all(
        [1, 2, 3, 4].map((index) => history(repository, { shard: { index, count: 4 } })),
      );
      expect(parts.map(({ code }) => code).sort()).toEqual([0, 0, 0, 1]);
      expect((await history(repository)).code).toBe(1);
    }));

  test('of the index of a pack nobody else can read, nothing is believed', async () =>
    withScratch(async (repository) => {
      const path = writePack(repository, [blob, tree, commit]);
      const index = path.replace(/pack$/, 'idx');
      const sound = readFileSync(index);
      for (const at of [0, 7, 8 + 4 * 255 + 3, 8 + 4 * 20, 8 + 4 * 256 + 3]) {
        const turned = Buffer.from(sound);
        turned[at] = 0xff - (turned[at] ?? 0);
        overwrite(index, turned);
        writeFileSync(join(repository.path, '.git/refs/heads/main'), `${idOf(commit)}\n`);
        expect({ at, code: (await history(repository)).code }).toEqual({ at, code: 2 });
      }
    }));

  test('a pack that git passes over is told of, though nothing leads there, and what lies beside it is found', async () =>
    withScratch(async (repository) => {
      const index = writePack(repository, [object('blob', freshKey())]).replace(/pack$/, 'idx');
      repository.bytes(['hash-object', '-w', '--stdin'], Buffer.from(key));
      expect((await history(repository)).report.findings).toHaveLength(2);
      const turned = readFileSync(index);
      turned.fill(0xff, 8, 12);
      overwrite(index, turned);
      const { code, report } = await history(repository);
      expect({ code, found: report.findings.length }).toEqual({ code: 2, found: 1 });
      expect(report.coverage.problems[0]?.reason).toMatch(/^git has not listed every object: \S/);
    }));
});
