// The cache: what is known to be clean is not read again, and nothing else depends on it.

import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { leakOf } from '../support/leaks.ts';
import { type ScratchRepository, scratchRepository } from '../support/repository.ts';
import { history, type Told } from './told.ts';

let repository: ScratchRepository;
let folder: string;
let file: string;
const key = freshKey();
const line = `key = "${key}"\n`;
beforeEach(() => {
  repository = scratchRepository();
  folder = join(repository.path, '.git/keyscan');
  file = join(folder, 'clean-objects');
  repository.write('clean', 'clean\n');
  repository.commit();
  repository.write('file', line);
  repository.commit();
});
afterEach(() => repository.remove());

const again = (more: Parameters<typeof history>[1] = {}): Promise<Told> =>
  history(repository, { cache: true, ...more });
const read = ({ report }: Told): number => report.coverage.objects;
/** All of it but how much of it was read. */
const said = ({ code, report: { coverage, ...rest } }: Told): unknown => ({
  code,
  ...rest,
  coverage: { complete: coverage.complete, problems: coverage.problems, skipped: coverage.skipped },
});

test('a second run reads the references and what holds something; what is found is found in each', async () => {
  const first = await again();
  expect(first.report.coverage).toMatchObject({ known: 0 });
  const second = await again();
  expect(said(second)).toEqual(said(first));
  expect(second.code).toBe(1);
  expect([read(second), second.report.coverage.known]).toEqual([2, read(first) - 2]);
  repository.write('new', 'new\n');
  repository.commit();
  // A blob, a tree and a commit more.
  expect(read(await again())).toBe(5);
  expect(read(await again())).toBe(2);
  const whole = await history(repository);
  expect(read(whole)).toBe(read(first) + 3);
  expect(whole.report.coverage.known).toBe(0);
});

test('it holds ids and nothing of what was scanned, for nobody else to read', async () => {
  await again();
  const content = readFileSync(file);
  expect(leakOf(key, content.toString('latin1') + content.toString('hex'))).toBeUndefined();
  expect(content.includes(Buffer.from(repository.git('rev-parse', 'HEAD:clean'), 'hex'))).toBe(true);
  expect(content.includes(Buffer.from(repository.git('rev-parse', 'HEAD:file'), 'hex'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['clean-objects']);
});

describe('it is not believed, and made anew', () => {
  const seal = (): string => join(repository.env.HOME ?? '', '.cache/keyscan/seal');
  const SPOILT: readonly (readonly [string, () => unknown])[] = [
    ['when a byte is another', () => flip(-1)],
    ['when its first line is another', () => flip(0)],
    ['when its key is another: other rules, another version', () => flip(60)],
    ['when its end is missing', () => writeFileSync(file, readFileSync(file).subarray(0, -20))],
    ['when something is added', () => appendFileSync(file, repository.git('rev-parse', 'HEAD:file'), 'hex')],
    ['when it is empty', () => writeFileSync(file, '')],
    ['when it is a folder', () => [rmSync(file), mkdirSync(file)]],
    ['when others may write it', () => chmodSync(file, 0o666)],
    ['when somebody else has made it', () => rmSync(seal())],
    ['when its owner is broken', () => writeFileSync(seal(), 'short')],
  ];

  test('whatever is wrong with it', async () => {
    const first = await again();
    for (const [what, spoil] of SPOILT) {
      expect({ what, known: (await again()).report.coverage.known }).toEqual({
        what,
        known: read(first) - 2,
      });
      spoil();
      const second = await again();
      expect({ what, known: second.report.coverage.known, said: said(second) }).toEqual({
        ...{ what, known: 0 },
        said: said(first),
      });
      if (!what.endsWith('folder')) continue;
      rmSync(file, { recursive: true });
      await again();
    }
  });

  function flip(at: number): void {
    const bytes = readFileSync(file);
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  }

  test('and nobody is led elsewhere by it, or kept waiting', async () => {
    const elsewhere = join(repository.root, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, folder);
    expect((await again()).code).toBe(1);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(folder);
    mkdirSync(folder);
    repository.bytes(['-c', `alias.pipe=!mkfifo '${file}'`, 'pipe']);
    expect((await again()).code).toBe(1);
  });
});

test('without a home, or one that cannot be written to, there is none', async () => {
  const { HOME: _, USERPROFILE: __, XDG_CACHE_HOME: ___, ...env } = repository.env;
  for (const more of [{}, { XDG_CACHE_HOME: '/dev/null' }]) {
    const { code } = await history({ path: repository.path, env: { ...env, ...more } }, { cache: true });
    expect(code).toBe(1);
    expect(existsSync(file)).toBe(false);
  }
});

test('a run that something went wrong in is not remembered', async () => {
  writeFileSync(join(repository.path, '.keyscan-baseline'), 'this is no baseline\n');
  expect((await again()).code).toBe(2);
  expect(existsSync(file)).toBe(false);
});

test('what the policy lets pass may count tomorrow', async () => {
  repository.write('marked', `key = "${freshKey()}" # keyscan:ignore -- example\n`);
  repository.write('.keyscan.json', JSON.stringify({ ignore: [{ paths: ['file'], reason: 'a test' }] }));
  repository.commit();
  for (const _ of [1, 2]) {
    const { code, report } = await again();
    expect({ code, by: report.ignored.map(({ by }) => by).sort() }).toEqual({
      code: 0,
      by: ['inline', 'path'],
    });
  }
  rmSync(join(repository.path, '.keyscan.json'));
  expect((await again()).report.findings).toHaveLength(1);
  expect((await again({ inlineIgnore: false })).report.findings).toHaveLength(2);
});

test('with other rules everything is read', async () => {
  const token = freshKey('acme_<alnum:24>');
  repository.write('acme', `token = '${token}'\n`);
  repository.commit();
  const first = await again();
  const rule = {
    id: 'acme-token',
    title: 'Acme access token',
    severity: 'high',
    summary: 'Opens everything the team has at Acme.',
    match: { forms: [{ form: 'acme_<alnum:24>', edges: 'token', confidence: 'certain' }] },
    advice: ['Revoke it.'],
    links: [],
  };
  repository.write('.keyscan.json', JSON.stringify({ rules: [rule] }));
  const second = await again();
  expect([first, second].map(({ report }) => report.findings.length)).toEqual([1, 2]);
  expect(read(second)).toBe(read(first));
});

describe('what held something and has vanished since', () => {
  const objectFile = (name: string): string => {
    const oid = repository.git('rev-parse', name);
    return join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2));
  };

  test('is missed in every run for as long as something needs it', async () => {
    expect((await again()).code).toBe(1);
    rmSync(objectFile('HEAD:file'));
    for (const _ of [1, 2, 3]) {
      const { code, report } = await again();
      expect(code).toBe(2);
      expect(report.coverage.problems).toMatchObject([{ reason: expect.stringContaining('is missing') }]);
    }
    repository.git('update-ref', 'HEAD', 'HEAD~1');
    repository.git('read-tree', 'HEAD');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    for (const _ of [1, 2]) expect((await again()).code).toBe(0);
  });

  test('is missed, too, when it had been damaged before', async () => {
    const damaged = objectFile('HEAD:file');
    chmodSync(damaged, 0o644);
    writeFileSync(damaged, 'no object');
    expect((await again()).code).toBe(2);
    rmSync(damaged);
    for (const _ of [1, 2]) expect((await again()).code).toBe(2);
  });

  test('is missed by the parts of a split run', async () => {
    const parts = async (): Promise<number[]> => {
      const codes = [];
      for (const index of [1, 2]) codes.push((await again({ shard: { index, count: 2 } })).code);
      return codes;
    };
    expect(await parts()).toContain(1);
    expect(await parts()).toContain(1);
    rmSync(objectFile('HEAD:file'));
    for (const _ of [1, 2]) expect(await parts()).toContain(2);
  });
});

test('the pointer of a large file is looked behind each time', async () => {
  const oid = 'a'.repeat(64);
  repository.write(
    'big',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${line.length}\n`,
  );
  repository.commit();
  const first = await again();
  expect(first.report.coverage.skipped).toHaveLength(1);
  expect(said(await again())).toEqual(said(first));
  const other = freshKey();
  const there = join(repository.path, '.git/lfs/objects/aa/aa');
  mkdirSync(there, { recursive: true });
  writeFileSync(join(there, oid), `key = "${other}"\n`);
  expect((await again()).report.findings).toHaveLength(2);
});

test('runs at the same time do not disturb each other', async () => {
  const runs = await Promise.all(Array.from({ length: 6 }, () => again()));
  for (const run of runs) expect(said(run)).toEqual(said(runs[0] as Told));
  expect(readdirSync(folder)).toEqual(['clean-objects']);
  expect(read(await again())).toBe(2);
});

test('the parts of a split run share it', async () => {
  const whole = await history(repository);
  const count = 3;
  for (const _ of [1, 2]) {
    const parts = [];
    for (const index of [1, 2, 3]) parts.push(await again({ shard: { index, count } }));
    const total = parts.reduce((sum, part) => sum + read(part) + (part.report.coverage.known ?? 0), 0);
    expect(total).toBe(read(whole));
  }
  expect(read(await again())).toBe(2);
});

test('a git directory that cannot be written to costs nothing but time', async () => {
  const first = await history(repository);
  writeFileSync(folder, 'no folder\n');
  for (const _ of [1, 2]) expect(said(await again())).toEqual(said(first));
  expect(readFileSync(folder, 'utf8')).toBe('no folder\n');
});
