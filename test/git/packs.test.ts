// The reader of packs against git itself: the same types and bytes, in whatever way a pack is made. What is damaged is not
// read, or read as git reads it.

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readEvery } from '../../src/git/every-object.ts';
import { readWhole } from '../../src/git/objects.ts';
import { gitIn } from '../../src/git/process.ts';
import {
  deltaOf,
  deltaOfId,
  type Entry,
  type GitObject,
  idOf,
  object,
  overwrite,
  packsOf,
  printedObjects,
  readPack,
  writePack,
} from '../support/packs.ts';
import { seed, seeded } from '../support/random.ts';
import { type ScratchRepository, scratchRepository, withScratch } from '../support/repository.ts';

/** A history as text for git fast-import: edits, copies and removals at random, in files of many kinds. */
function story(random: () => number): Buffer {
  const below = (end: number): number => Math.floor(random() * end);
  const bytes = (length: number, kinds: number): Buffer =>
    Buffer.from(Array.from({ length }, () => below(kinds)));
  const text = (length: number): Buffer => bytes(length, 26).map((each) => each + 97) as Buffer;
  const files = new Map<string, Buffer>([
    ['log', text(400)],
    ['long', text(200_000)],
    ['binary', bytes(5000, 256)],
    ['zeros', Buffer.alloc(1000)],
    ['empty', Buffer.alloc(0)],
  ]);
  const edited = (old: Buffer): Buffer => {
    const from = below(old.length);
    const to = from + below(random() < 0.2 ? old.length - from : 20);
    const moved = random() < 0.3 ? [old.subarray(below(from + 1), from)] : [];
    return Buffer.concat([old.subarray(0, from), text(below(40)), ...moved, old.subarray(to)]);
  };
  const pieces: (string | Buffer)[] = [];
  const data = (content: Buffer | string): number =>
    pieces.push(`data ${Buffer.byteLength(content)}\n`, content, '\n');
  for (let n = 1; n <= 150; n += 1) {
    pieces.push(`commit refs/heads/b${below(3)}\nmark :${n}\ncommitter A <a@b> ${1_700_000_000 + n} +0000\n`);
    data(text(below(300)));
    if (n > 1 && random() < 0.2) pieces.push(`merge :${1 + below(n - 1)}\n`);
    const names = [...files.keys()];
    const name = n < 80 ? 'log' : (names[below(names.length)] ?? '');
    const other = `${'d/'.repeat(below(3))}${below(9)}`;
    if (random() < 0.1 && name.length < 4) files.delete(name);
    else files.set(random() < 0.2 && n >= 80 ? other : name, edited(files.get(name) ?? text(50)));
    pieces.push('deleteall\n');
    for (const [path, content] of files) {
      pieces.push(`M 100644 inline ${path}\n`);
      data(content);
    }
    if (random() < 0.1) {
      pieces.push(`tag t${n}\nfrom :${n}\ntagger A <a@b> 1700000000 +0000\n`);
      data(text(below(200)));
    }
  }
  return Buffer.concat(pieces.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)));
}

const sameAs = (expected: ReadonlyMap<string, GitObject>, read: ReadonlyMap<string, GitObject>): string[] =>
  [...read].flatMap(([id, { type, bytes }]) => {
    const other = expected.get(id);
    return other?.type === type && other.bytes.equals(bytes) ? [] : id;
  });

describe.each(['sha1', 'sha256'] as const)('a repository of %s', (objectFormat) => {
  let repository: ScratchRepository;
  let expected: ReadonlyMap<string, GitObject>;
  beforeAll(() => {
    repository = scratchRepository({ objectFormat });
    repository.bytes(['fast-import', '--quiet', '--force'], story(seeded(seed)));
    expected = printedObjects(repository);
  });
  afterAll(() => repository.remove());

  async function isRead(path: string): Promise<void> {
    const read = await readPack(path);
    expect(sameAs(expected, read)).toEqual([]);
    const index = readFileSync(path.replace(/pack$/, 'idx'));
    const listed = repository.bytes(['show-index', `--object-format=${objectFormat}`], index).toString();
    const ids = listed.match(/(?<= )[0-9a-f]{40,64}(?= |$)/gm);
    expect([...read.keys()].sort()).toEqual(ids?.sort());
  }

  const variants = [
    ['as fast-import leaves it', []],
    ['without deltas', ['repack', '-adfq', '--depth=0']],
    ['with short chains', ['repack', '-adfq', '--depth=1']],
    ['as usual', ['repack', '-adfq', '--depth=50']],
    ['with long chains', ['repack', '-adfq', '--depth=250', '--window=50']],
    ['with deltas of ids', ['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq']],
  ] as const;
  test.each(objectFormat === 'sha1' ? variants : variants.slice(-2))(`%s (seed ${seed})`, async (_, args) => {
    if (args.length > 0) repository.git(...args);
    const paths = packsOf(repository);
    expect(paths).toHaveLength(1);
    for (const path of paths) await isRead(path);
  });

  test('with an index whose offsets are long', async () => {
    const [path = ''] = packsOf(repository);
    const index = path.replace(/pack$/, 'idx');
    const before = readFileSync(index).length;
    rmSync(index);
    repository.git('index-pack', '--index-version=2,0x40', path);
    expect(readFileSync(index).length).toBeGreaterThan(before);
    await isRead(path);
  });

  test('several packs that have things in common, and loose objects', async () => {
    const ids = [...expected.keys()];
    for (const part of [ids.slice(0, ids.length / 2), ids.slice(ids.length / 3)])
      repository.bytes(
        ['pack-objects', '-q', join(repository.path, '.git/objects/pack/pack')],
        `${part.join('\n')}\n`,
      );
    repository.commit();
    const paths = packsOf(repository);
    expect(paths).toHaveLength(3);
    for (const path of paths) await isRead(path);
  });
});

/** A pack of a chain, a commit, a tree and an empty file. */
const STORY = (() => {
  const first = object('blob', 'a first line that is long enough\nand a second one\n');
  const second = object('blob', 'a first line that is long enough\n2nd\n');
  const third = object('blob', 'a first 2nd\n');
  const whole = first.bytes.length;
  const tree = object('tree', Buffer.concat([Buffer.from('100644 f\0'), Buffer.from(idOf(third), 'hex')]));
  const text = `tree ${idOf(tree)}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nm\n`;
  let at = 0;
  const back = (start: number): number => start - at;
  const root: Entry = {
    ...first,
    head: (start, size) => {
      at = start;
      return Buffer.from([0xb0 | (size & 15), size >> 4]);
    },
  };
  const deltas = [
    deltaOf(second, [whole, second.bytes.length, 0x90, 33, 4, ...Buffer.from('2nd\n')], back),
    deltaOfId(third, [second.bytes.length, third.bytes.length, 0x90, 8, 0x91, 33, 4], second),
  ];
  return [root, ...deltas, tree, object('commit', text), object('blob', '')];
})();

describe('a pack made by hand', () => {
  let repository: ScratchRepository;
  let path: string;
  let sound: ReadonlyMap<string, GitObject>;
  beforeEach(() => {
    repository = scratchRepository();
    path = writePack(repository, STORY);
    sound = printedObjects(repository);
  });
  afterEach(() => repository.remove());

  /** What git makes of these. */
  async function asGitSays(ids: readonly string[]): Promise<Map<string, GitObject>> {
    const said = new Map<string, GitObject>();
    async function* asked() {
      yield ids;
    }
    for await (const reads of readEvery(gitIn(repository.path, repository.env), asked()))
      for (const [id, read] of reads)
        if (typeof read !== 'string') {
          const bytes = await readWhole(read.content).catch(() => undefined);
          if (bytes) said.set(id, { type: read.type, bytes: Buffer.from(bytes) });
        }
    return said;
  }

  test('is sound', async () => {
    expect(sound.size).toBe(STORY.length);
    const read = await readPack(path);
    expect(read.size).toBe(STORY.length);
    expect(sameAs(sound, read)).toEqual([]);
    repository.git('fsck', '--full', '--strict');
  });

  test.each([
    ['pack', 3],
    ['idx', 1],
  ])('with any bit of the .%s turned', async (ending, bits) => {
    const file = path.replace(/pack$/, ending);
    const whole = readFileSync(file);
    const random = seeded(seed);
    let notRead = 0;
    for (let at = 0; at < whole.length; at += 1)
      for (let n = 0; n < bits; n += 1) {
        const bit = (Math.floor(random() * 8) + n) % 8;
        const turned = Buffer.from(whole);
        turned[at] = (turned[at] ?? 0) ^ (1 << bit);
        overwrite(file, turned);
        const read = await readPack(path);
        if (read.size < sound.size) notRead += 1;
        const others = sameAs(sound, read);
        const isOtherVersion = at === 7 && bit === 0;
        // git refuses such a pack as a whole; one of version 3 is the same.
        const isFrame = ending === 'pack' ? (at < 12 && !isOtherVersion) || at >= whole.length - 20 : at < 8;
        if (isFrame) expect({ at, bit, read: [...read.keys()] }).toEqual({ at, bit, read: [] });
        if (others.length > 0) {
          const said = await asGitSays(others);
          for (const id of others)
            expect({ at, bit, read: read.get(id) }).toEqual({ at, bit, read: said.get(id) });
        }
      }
    expect(notRead).toBeGreaterThan(100);
  });

  test.each(['pack', 'idx'])('with a .%s that breaks off anywhere', async (ending) => {
    const file = path.replace(/pack$/, ending);
    const whole = readFileSync(file);
    for (let end = 0; end < whole.length; end += end < 60 || end > whole.length - 60 ? 1 : 7) {
      overwrite(file, whole.subarray(0, end));
      expect((await readPack(path)).size).toBe(0);
    }
    rmSync(file);
    expect((await readPack(path)).size).toBe(0);
    mkdirSync(file);
    expect((await readPack(path)).size).toBe(0);
  });

  test('that lacks a piece', async () => {
    const whole = readFileSync(path);
    for (const end of [12, 40, whole.length - 60, whole.length - 21]) {
      overwrite(path, Buffer.concat([whole.subarray(0, end), whole.subarray(-20)]));
      const read = await readPack(path);
      expect(read.size).toBeLessThan(sound.size);
      expect(sameAs(sound, read)).toEqual([]);
    }
  });

  test('with the index of another pack, and one of version 1', async () => {
    const other = writePack(repository, STORY.slice(3));
    const index = readFileSync(path.replace(/pack$/, 'idx'));
    overwrite(path.replace(/pack$/, 'idx'), readFileSync(other.replace(/pack$/, 'idx')));
    expect((await readPack(path)).size).toBe(0);
    rmSync(path.replace(/pack$/, 'idx'));
    repository.git('index-pack', '--index-version=1', path);
    expect((await readPack(path)).size).toBe(0);
    overwrite(path.replace(/pack$/, 'idx'), index);
    expect((await readPack(path)).size).toBe(STORY.length);
  });
});

describe('what no sound pack has is left to git', () => {
  const read = async (entries: readonly Entry[]): Promise<string[]> =>
    withScratch(async (repository) =>
      [...(await readPack(writePack(repository, entries)))].map(([, { bytes }]) => bytes.toString('latin1')),
    );
  const a = object('blob', 'a');
  const b = object('blob', 'b');
  const rest = object('blob', 'rest');
  const copy = [1, 1, 0x90, 1];

  test.each([
    ['deltas of each other', [deltaOfId(a, copy, b), deltaOfId(b, copy, a), rest]],
    ['a delta of itself', [deltaOfId(a, copy, a), deltaOf(b, copy, () => 0), rest]],
    ['a delta of what is elsewhere', [deltaOfId(a, copy, b), rest]],
    ['a delta of what is before the pack', [deltaOf(a, copy, (start) => start + 1), rest]],
    ['a delta of what begins nowhere', [deltaOf(a, copy, () => 1), rest]],
    [
      'an unknown type',
      [{ ...a, head: () => Buffer.from([0x51]) }, { ...b, head: () => Buffer.from([0x01]) }, rest],
    ],
    ['a size that never ends', [{ ...a, head: () => Buffer.alloc(60, 0xbf) }, rest]],
    [
      'a distance that never ends',
      [{ ...a, head: () => Buffer.concat([Buffer.from([0x64]), Buffer.alloc(60, 0xff)]) }, rest],
    ],
    [
      'a size beyond all memory',
      [{ ...a, head: () => Buffer.from([0xbf, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]) }, rest],
    ],
    ['a smaller size', [{ ...a, head: () => Buffer.from([0x30]) }, rest]],
    ['a larger size', [{ ...a, head: () => Buffer.from([0x32]) }, rest]],
  ] satisfies readonly (readonly [string, readonly Entry[]])[])('%s', async (_, entries) => {
    expect(await read(entries)).toEqual(['rest']);
  });

  test('an object that lies in it twice', async () => {
    expect(await read([a, rest, a])).toEqual([]);
  });
});
