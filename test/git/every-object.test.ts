// Everything in an object store: each id once, each object to the byte, and never silence when git breaks off.

import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../src/errors.ts';
import { listMissing } from '../../src/git/connectivity.ts';
import { listCommits, listEvery } from '../../src/git/every-id.ts';
import { readEvery } from '../../src/git/every-object.ts';
import { existing } from '../../src/git/existing.ts';
import { readWhole } from '../../src/git/objects.ts';
import { type Git, gitIn } from '../../src/git/process.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';

const NOWHERE = 'e'.repeat(40);

let repository: ScratchRepository;
let real: Git;
beforeEach(() => {
  repository = scratchRepository();
  real = gitIn(repository.path, repository.env);
});
afterEach(() => repository.remove());

/** A git that does this instead of `command`; `$REAL` is the real one. */
function failing(command: string, script: string): Git {
  const path = join(repository.root, 'failing-git');
  writeFileSync(
    path,
    `#!/bin/sh\nREAL='${real.path}'\ncase "$*" in *' ${command}'*) ;; *) exec "$REAL" "$@" ;; esac\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return { path, cwd: real.cwd, env: real.env };
}

const store = (content: string): string =>
  repository.bytes(['hash-object', '-w', '--stdin'], content).toString().trim();

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const inBatches = async function* (...batches: readonly (readonly string[])[]) {
  yield* batches;
};

/** Ids and contents, or what there is instead. */
async function read(git: Git, ...batches: readonly (readonly string[])[]): Promise<string[]> {
  const found: string[] = [];
  for await (const reads of readEvery(git, inBatches(...batches)))
    for (const [oid, object] of reads) {
      if (typeof object === 'string') found.push(`${oid} ${object}`);
      else found.push(`${oid} ${Buffer.from(await readWhole(object.content)).toString('latin1')}`);
    }
  return found;
}

const pathOf = (oid: string): string => join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));

/** Too long to be read by the way, with an end that cannot be right: git finds it, and dies of it. */
const damaged = (size = 4000): string => {
  const oid = store(randomBytes(size / 2).toString('hex'));
  const path = pathOf(oid);
  chmodSync(path, 0o644);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x55, bytes.length - 20));
  return oid;
};

describe('what is listed', () => {
  test('every object, in packs and beside them, whether something leads to it or not', async () => {
    repository.write('a', 'one');
    repository.commit();
    repository.git('repack', '-q', '-a', '-d');
    const loose = store('two');
    const oids = ['HEAD', 'HEAD^{tree}', 'HEAD:a'].map((name) => repository.git('rev-parse', name));
    const listed = (await all(listEvery(real))).flatMap(({ bytes, length }) =>
      Array.from({ length: bytes.length / length }, (_, n) =>
        bytes.toString('hex', n * length, (n + 1) * length),
      ),
    );
    expect(listed.sort()).toEqual([...oids, loose].sort());
  });

  test('commits, those nothing leads to among them', async () => {
    repository.commit('one');
    const one = repository.git('rev-parse', 'HEAD');
    repository.git('commit', '-q', '--amend', '--no-verify', '--allow-empty', '-m', 'two');
    const two = repository.git('rev-parse', 'HEAD');
    expect((await all(listCommits(real))).sort()).toEqual([one, two].sort());
  });

  test('nothing in an empty repository', async () => {
    expect(await all(listEvery(real))).toEqual([]);
    expect(await all(listCommits(real))).toEqual([]);
    expect(await read(real)).toEqual([]);
    expect(await read(real, [])).toEqual([]);
  });

  test('the same in whatever pieces, also with ids of SHA-256', async () => {
    for (const [one, other] of [
      ['0a', 'f9'].map((digits) => digits.repeat(20)),
      ['0a', 'f9'].map((digits) => digits.repeat(32)),
    ]) {
      const text = `${one}\n${other}\n`;
      const cuts = [[0, 10], [10, 30], [30, text.length - 5], [text.length - 5]];
      const script = cuts.map(([from, to]) => `printf %s '${text.slice(from, to)}'; sleep 0.05`).join('; ');
      const listed = await all(listEvery(failing('cat-file', script)));
      expect(Buffer.concat(listed.map(({ bytes }) => bytes)).toString('hex')).toBe(`${one}${other}`);
      expect(listed.map(({ length }) => length)).toEqual(listed.map(() => (one?.length ?? 0) / 2));
    }
  });

  test.each([
    ['digits that are none', `echo ${'g'.repeat(40)}`],
    ['capitals', `echo ${'A'.repeat(40)}`],
    ['a short id', `echo ${NOWHERE.slice(1)}`],
    ['ids of two lengths', `echo ${NOWHERE}; echo ${'e'.repeat(64)}`],
    ['words', 'echo hello'],
    ['an end in the middle', `printf '${NOWHERE}\\n${NOWHERE.slice(5)}'`],
    ['a line without an end', `head -c 100000 /dev/zero | tr '\\0' a`],
    ['a failure, when all was said', `echo 'commit ${NOWHERE}' | cut -c 8-; exit 1`],
  ])('%s: an error', async (_, script) => {
    await expect(all(listEvery(failing('cat-file', script)))).rejects.toThrow(GitError);
  });

  test.each([
    ['an end in the middle', `printf 'commit ${NOWHERE.slice(5)}'`],
    ['a failure, when all was said', `echo 'commit ${NOWHERE}'; exit 1`],
  ])('of commits, %s: an error', async (_, script) => {
    await expect(all(listCommits(failing('cat-file', script)))).rejects.toThrow(GitError);
  });
});

describe('what is read', () => {
  test('each in order, however many at once, and what is missing is said', async () => {
    const [one, two, three] = ['1', 'two\n', ''].map(store) as [string, string, string];
    const expected = [`${one} 1`, `${NOWHERE} missing`, `${two} two\n`, `${three} `, `${one} 1`];
    const asked = [one, NOWHERE, two, three, one];
    expect(await read(real, asked)).toEqual(expected);
    expect(await read(real, ...asked.map((oid) => [oid]))).toEqual(expected);
    expect(await read(real, [], asked.slice(0, 2), [], asked.slice(2), [])).toEqual(expected);
  });

  test('many more ids than a pipe holds', async () => {
    const oid = store('x');
    const batch = Array.from({ length: 5000 }, () => oid);
    expect(await read(real, batch, batch)).toHaveLength(10_000);
  });

  test('a damaged one is said to be, and the rest is read', async () => {
    const [one, three] = ['1', '3'].map(store) as [string, string];
    const two = damaged();
    const expected = [`${one} 1`, `${two} damaged`, `${three} 3`];
    expect(await read(real, [one, two, three])).toEqual(expected);
    expect(await read(real, [one], [two], [three])).toEqual(expected);
  });

  test('of a damaged one that is read in pieces, whoever reads it is told, and the rest is read', async () => {
    const [one, three] = ['1', '3'].map(store) as [string, string];
    const two = damaged(3_000_000);
    const found: string[] = [];
    for await (const reads of readEvery(real, inBatches([one, two, three])))
      for (const [oid, object] of reads) {
        const content =
          typeof object === 'string' ? object : await readWhole(object.content).catch((error) => error);
        found.push(`${oid} ${content instanceof GitError ? 'an error' : Buffer.from(content).toString()}`);
      }
    expect(found).toEqual([`${one} 1`, `${two} an error`, `${three} 3`]);
  });

  test('more damaged ones than a look at the rest is worth: an error', async () => {
    const oids = Array.from({ length: 102 }, () => damaged());
    await expect(read(real, oids)).rejects.toThrow(GitError);
  });

  test.each([
    ['git is killed', '"$REAL" "$@" | head -c 60; kill -KILL $$'],
    ['git does not start', 'exec /nonexistent'],
    ['git ends without a word', 'exit 0'],
    ['git says something else', 'echo hello; cat >/dev/null'],
    ['git fails when all was said', '"$REAL" "$@"; exit 1'],
  ])('%s: an error, and nobody waits', async (_, script) => {
    const oids = ['1', '2', '3'].map(store);
    await expect(read(failing('cat-file', script), oids)).rejects.toThrow(GitError);
  });

  test('a git that reads nothing more does not hold up who asks', async () => {
    const batch = Array.from({ length: 20_000 }, () => NOWHERE);
    await expect(read(failing('cat-file', 'exec 0<&-; sleep 0.2; exit 1'), batch, batch)).rejects.toThrow(
      GitError,
    );
  });

  test('ids that cannot be listed are the error that is told', async () => {
    const lost = async function* (): AsyncGenerator<readonly string[]> {
      yield [store('1')];
      throw new GitError('the list broke off');
    };
    await expect(all(readEvery(real, lost()))).rejects.toThrow('the list broke off');
  });

  test('whoever stops reading leaves no git behind', async () => {
    const oids = Array.from({ length: 100 }, (_, n) => store(`${n}`));
    for await (const reads of readEvery(real, inBatches(oids))) {
      expect(reads.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe('what is there', () => {
  test('is told from what is not', async () => {
    const oid = store('1');
    expect(await existing(real, [oid, NOWHERE, oid])).toEqual(new Set([oid]));
    expect(await existing(failing('cat-file', 'exit 1'), [])).toEqual(new Set());
  });

  test.each([
    ['too little', `echo '${NOWHERE} missing'`],
    ['too much', `echo '${NOWHERE} missing'; echo '${'f'.repeat(40)} missing'; echo`],
    ['of another', `echo '${'f'.repeat(40)} missing'; echo '${NOWHERE} missing'`],
  ])('%s said: an error', async (_, script) => {
    await expect(existing(failing('cat-file', script), [NOWHERE, 'f'.repeat(40)])).rejects.toThrow(GitError);
  });

  test('is missed where something leads to it, and only there', async () => {
    repository.write('a', 'one');
    repository.write('b', 'two');
    repository.commit();
    expect(await listMissing(real)).toEqual([]);
    const oids = ['HEAD:a', 'HEAD:b'].map((name) => repository.git('rev-parse', name));
    for (const oid of oids) rmSync(pathOf(oid));
    expect(await listMissing(real)).toEqual([...oids].sort());
  });

  test.each([
    ['killed', 'kill -KILL $$'],
    ['unable to look', 'exit 128'],
    ['absent', 'exec /nonexistent'],
  ])('is not told by a git that is %s', async (_, script) => {
    await expect(listMissing(failing('fsck', script))).rejects.toThrow(GitError);
  });
});
