// Reading files that change, break off or are no files: to the end, in bounded pieces, and never waiting.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../src/errors.ts';
import { exitCodeOf, scan } from '../../src/scan.ts';
import { type FileSystem, fileReader } from '../../src/sources/file-content.ts';
import { openFiles } from '../../src/sources/files.ts';
import { freshKey } from '../support/keys.ts';
import { listed } from '../support/listed.ts';
import { detector } from '../support/scanning.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'keyscan-content-')));
  file = join(folder, 'file');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const MIB = 1 << 20;
const lines = (system: Partial<FileSystem> = {}): Promise<string[]> =>
  listed({ path: folder, env: {} }, { system: { ...fs, ...system } });

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'read' });
}

/** Does something at the n-th reading, counted from 1. */
function atReading(n: number, what: () => void): Partial<FileSystem> {
  let readings = 0;
  const before = (): void => {
    readings += 1;
    if (readings === n) what();
  };
  return {
    readSync: ((...args: Parameters<typeof fs.readSync>) => {
      before();
      return fs.readSync(...args);
    }) as typeof fs.readSync,
    read: ((...args: Parameters<typeof fs.read>) => {
      before();
      return fs.read(...args);
    }) as typeof fs.read,
  };
}

async function verdict(system: Partial<FileSystem> = {}) {
  const request = { cwd: folder, env: {}, paths: ['.'], includeIgnored: false, top: folder };
  const { source } = await openFiles(request, 1, { ...fs, ...system });
  const report = await scan({ source, detector });
  return {
    found: report.findings.flatMap(({ occurrences }) => occurrences.map(({ line }) => line)),
    bytes: report.coverage.bytes,
    problems: report.coverage.problems.map(({ path, reason }) => `${path}: ${reason}`),
    code: exitCodeOf(report, { failOn: 'likely', exitZero: false }),
  };
}

describe('large files', () => {
  const filler = Buffer.from('const answer = 42; // nothing to see here\n');

  test('keys across every edge of a piece, and at the very end', async () => {
    const pieces: Buffer[] = [];
    let length = 0;
    const add = (bytes: Buffer): void => {
      pieces.push(bytes);
      length += bytes.length;
    };
    for (let edge = MIB; edge <= 6 * MIB; edge += MIB) {
      while (length < edge - 100 - filler.length) add(filler);
      add(Buffer.from(`${' '.repeat(edge - 100 - length)}\n${freshKey()}\n`));
    }
    while (length < 6.5 * MIB) add(filler);
    add(Buffer.from(freshKey()));
    fs.writeFileSync(file, Buffer.concat(pieces));
    const { found, bytes, code } = await verdict();
    expect(found).toHaveLength(7);
    expect({ bytes, code }).toEqual({ bytes: length, code: ExitCode.findings });
  });

  test.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB - 1])(
    '%d bytes arrive as they are',
    async (size) => {
      const content = Buffer.from(Array.from({ length: size }, (_, at) => (at * 7) % 251));
      fs.writeFileSync(file, content);
      const opened = fileReader().open(file, false, () => undefined);
      if (opened.kind !== 'content') throw new Error(opened.kind);
      const pieces: Buffer[] = [];
      const read = opened.content instanceof Uint8Array ? [opened.content] : opened.content;
      for await (const piece of read) pieces.push(Buffer.from(piece));
      expect(Buffer.concat(pieces).equals(content)).toBe(true);
    },
  );

  test('one that breaks off is a problem, and what was found before stays', async () => {
    fs.writeFileSync(file, `${freshKey()}\n${filler.toString().repeat(100_000)}`);
    const breaking = ((...args: Parameters<typeof fs.read>) => {
      const [position, done] = args.slice(-2) as [number, (error: Error | null, size: number) => void];
      if (position >= 3 * MIB) done(systemError('EIO'), 0);
      else fs.read(...args);
    }) as typeof fs.read;
    expect(await verdict({ read: breaking })).toMatchObject({
      found: [1],
      problems: ['file: cannot be read (EIO)'],
      code: ExitCode.incomplete,
    });
  });

  test('one that is cut short while it is read', async () => {
    fs.writeFileSync(file, Buffer.alloc(4 * MIB, 'a\n'));
    const cut = atReading(3, () => fs.truncateSync(file, 10));
    expect((await lines(cut)).at(-1)).toBe('changed file');
    expect(await verdict(atReading(3, () => fs.truncateSync(file, 10)))).toMatchObject({ problems: [] });
  });

  test('one that grows is read to its end; without end it is a problem', async () => {
    fs.writeFileSync(file, Buffer.alloc(2 * MIB, 'a\n'));
    expect(await verdict(atReading(3, () => fs.appendFileSync(file, `\n${freshKey()}\n`)))).toMatchObject({
      found: [MIB + 2],
      code: ExitCode.findings,
    });
    const endless = ((...args: Parameters<typeof fs.read>) => {
      const done = args.at(-1) as (error: null, size: number) => void;
      setImmediate(done, null, MIB);
    }) as typeof fs.read;
    expect(await verdict({ read: endless })).toMatchObject({
      problems: ['file: grows faster than it can be read'],
      code: ExitCode.incomplete,
    });
  });

  test('every file is closed again', async () => {
    for (const name of ['a', 'b', 'c']) fs.writeFileSync(join(folder, name), Buffer.alloc(2 * MIB, 'a\n'));
    fs.writeFileSync(file, 'small');
    const open = new Set<number>();
    const counting: Partial<FileSystem> = {
      openSync: ((...args: Parameters<typeof fs.openSync>) => {
        const descriptor = fs.openSync(...args);
        open.add(descriptor);
        return descriptor;
      }) as typeof fs.openSync,
      closeSync: (descriptor) => {
        open.delete(descriptor);
        fs.closeSync(descriptor);
      },
    };
    await lines({ ...counting, ...atReading(6, () => fs.truncateSync(join(folder, 'b'), 5)) });
    expect([...open]).toEqual([]);
  });
});

describe('small files', () => {
  beforeEach(() => fs.writeFileSync(file, 'x'.repeat(1000)));

  test('one that changes while it is read is read again', async () => {
    expect(await lines(atReading(1, () => fs.writeFileSync(file, 'less')))).toEqual(['blob file: less']);
    fs.writeFileSync(file, 'short');
    let asked = 0;
    const growing = ((descriptor: number) => {
      asked += 1;
      if (asked === 2) fs.writeFileSync(file, 'longer than it was');
      return fs.fstatSync(descriptor);
    }) as typeof fs.fstatSync;
    expect(await lines({ fstatSync: growing })).toEqual(['blob file: longer than it was']);
  });

  test('one that never keeps still is scanned as it was last, and said', async () => {
    let time = 0;
    const restless = ((...args: Parameters<typeof fs.readSync>) => {
      fs.writeFileSync(file, 'y');
      fs.utimesSync(file, ++time, time);
      return fs.readSync(...args);
    }) as typeof fs.readSync;
    const [content, ...rest] = await lines({ readSync: restless });
    expect(content).toBe('blob file: y');
    expect(rest).toEqual(['changed file']);
  });

  test('one of which only a part can be read is a problem', async () => {
    const stopping = ((...args: Parameters<typeof fs.readSync>) => {
      const position = args.at(-1) as number;
      return position >= 10 ? 0 : fs.readSync(args[0], args[1] as Buffer, position, 10, position);
    }) as typeof fs.readSync;
    expect(await lines({ readSync: stopping })).toEqual([
      'problem file: only 10 of its 1000 bytes could be read',
    ]);
  });

  test('one that is read in bits is read whole', async () => {
    const bitwise = ((...args: Parameters<typeof fs.readSync>) => {
      const position = args.at(-1) as number;
      return fs.readSync(args[0], args[1] as Buffer, position, 7, position);
    }) as typeof fs.readSync;
    expect(await lines({ readSync: bitwise })).toEqual([`blob file: ${'x'.repeat(1000)}`]);
  });

  test.each([
    ['cannot be opened', { openSync: failing('EACCES') }, 'cannot be read (EACCES)'],
    ['has no free descriptor', { openSync: failing('EMFILE') }, 'cannot be read (EMFILE)'],
    ['cannot be read', { readSync: failing('EIO') }, 'cannot be read (EIO)'],
    ['cannot be asked', { fstatSync: failing('ESTALE') }, 'cannot be read (ESTALE)'],
    ['is gone', { openSync: failing('ENOENT') }, 'vanished before it could be read'],
  ])('one that %s is a problem', async (_, system, reason) => {
    expect(await lines(system)).toEqual([`problem file: ${reason}`]);
  });

  test('a bug is not taken for a file that cannot be read', async () => {
    const broken = () => {
      throw new TypeError('a bug');
    };
    await expect(lines({ fstatSync: broken as never })).rejects.toThrow(TypeError);
  });
});

test('a file that says it is empty and is not, as those in /proc', async () => {
  const { source } = await openFiles(
    { cwd: '/proc/self', env: {}, paths: ['status'], includeIgnored: false, top: '/' },
    1,
  );
  const report = await scan({ source, detector });
  expect(report.coverage).toMatchObject({ complete: true, objects: 1 });
  expect(report.coverage.bytes).toBeGreaterThan(100);
});

describe('a file that is something else by the time it is opened', () => {
  const swapped = (what: () => void): Promise<string[]> => {
    fs.writeFileSync(file, 'x');
    let isSwapped = false;
    const openSync = ((...args: Parameters<typeof fs.openSync>) => {
      if (!isSwapped) {
        fs.rmSync(file);
        what();
      }
      isSwapped = true;
      return fs.openSync(...args);
    }) as typeof fs.openSync;
    return lines({ openSync });
  };
  const nothing = expect.stringMatching(/^problem \.: there is no file to scan here/);

  test('nothing', async () => {
    expect(await swapped(() => undefined)).toEqual(['problem file: vanished before it could be read']);
  });
  test('a pipe nobody writes to', async () => {
    expect(await swapped(() => spawnSync('mkfifo', [file]))).toEqual([
      'skipped file: named pipe, not scanned',
      nothing,
    ]);
  });
  test('a link', async () => {
    expect(await swapped(() => fs.symlinkSync('/dev/zero', file))).toEqual(['blob file: /dev/zero']);
  });
  test('a folder', async () => {
    expect(await swapped(() => fs.mkdirSync(file))).toEqual([
      expect.stringMatching(/^skipped file: /),
      nothing,
    ]);
  });
});

function failing(code: string): never {
  return (() => {
    throw systemError(code);
  }) as never;
}
