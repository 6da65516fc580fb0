// The line on the terminal that says how far a scan has come: where it shows, what it says, and that it goes.

import { Writable } from 'node:stream';
import { openProgress } from '../../src/commands/progress.ts';
import type { Io } from '../../src/io.ts';
import { keyscan } from '../support/keyscan.ts';
import { withScratch } from '../support/repository.ts';

class Terminal extends Writable {
  written = '';
  readonly isTTY: boolean;
  readonly columns: number;
  constructor(isTTY = true, columns = 80) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
  /** What a person sees: `\r` goes back, `\x1b[K` erases to the right. */
  seen(): string {
    let line = '';
    let at = 0;
    for (const part of this.written.match(/\r|\x1b\[K|[^\r\x1b]/g) ?? []) {
      if (part === '\r') at = 0;
      else if (part === '\x1b[K') line = line.slice(0, at);
      else {
        line = line.slice(0, at) + part + line.slice(at + 1);
        at += 1;
      }
    }
    return line;
  }
}

const io = (stderr: Writable, env: Io['env'] = {}): Io => ({ stderr, env }) as Io;
const DEFAULT = { quiet: false, progress: true };

/** A progress display whose clock the test sets, in milliseconds. */
function started(terminal: Terminal, total: number | 'unknown' = 1000) {
  let time = 5000;
  const progress = openProgress(DEFAULT, io(terminal), () => time);
  const watch = progress.watch(total === 'unknown' ? undefined : total, 'file');
  return {
    progress,
    at: (elapsed: number, objects: number, bytes: number): string => {
      time = 5000 + elapsed;
      watch?.({ objects, bytes });
      return terminal.seen();
    },
  };
}

test('files, bytes, rate, and the time left where it can be known', () => {
  const { at, progress } = started(new Terminal());
  expect(at(100, 50, 1e6)).toBe('');
  expect(at(1000, 250, 5e6)).toBe('keyscan: 250 of 1000 files, 5 MB, 5 MB/s, 3 s left');
  expect(at(400_000, 500, 5e6)).toBe('keyscan: 500 of 1000 files, 5 MB, 13 kB/s, 7 min left');
  progress.clear();
  const single = started(new Terminal(), 1);
  expect(single.at(1000, 0, 2.5e6)).toBe('keyscan: 0 of 1 file, 2.5 MB, 2.5 MB/s');
  const unknown = started(new Terminal(), 'unknown');
  unknown.at(0, 0, 0);
  expect(unknown.at(2000, 7, 4000)).toBe('keyscan: 7 files, 4 kB, 2 kB/s');
});

test('a shorter line leaves nothing of a longer one, and clear leaves nothing at all', () => {
  const terminal = new Terminal();
  const { at, progress } = started(terminal);
  expect(at(1000, 999, 1).length).toBeLessThan(at(3000, 5, 123_456_789).length + 20);
  expect(at(4000, 1000, 123_456_789)).toBe('keyscan: 1000 of 1000 files, 123 MB, 31 MB/s');
  progress.clear();
  expect(terminal.seen()).toBe('');
  const { written } = terminal;
  progress.clear();
  expect(terminal.written).toBe(written);
});

test('at most ten times a second, and never wider than the terminal', () => {
  const terminal = new Terminal(true, 30);
  const { at } = started(terminal);
  for (let elapsed = 0; elapsed < 2000; elapsed++)
    expect(at(elapsed, elapsed, elapsed).length).toBeLessThan(30);
  expect(terminal.written.split('\r').length - 1).toBe(17);
});

test('a listing that takes long is said', () => {
  jest.useFakeTimers();
  try {
    const terminal = new Terminal();
    const progress = openProgress(DEFAULT, io(terminal));
    jest.advanceTimersByTime(200);
    expect(terminal.seen()).toBe('');
    jest.advanceTimersByTime(200);
    expect(terminal.seen()).toBe('keyscan: listing');
    progress.clear();
    expect(terminal.seen()).toBe('');
  } finally {
    jest.useRealTimers();
  }
});

test.each([
  ['no terminal', {}, {}, false],
  ['--quiet', { quiet: true }, {}, true],
  ['--no-progress', { progress: false }, {}, true],
  ['CI', {}, { CI: 'true' }, true],
  ['a terminal that cannot go back', {}, { TERM: 'dumb' }, true],
])('nothing with %s', (_, options, env, isTTY) => {
  const terminal = new Terminal(isTTY);
  const progress = openProgress({ ...DEFAULT, ...options }, io(terminal, env));
  expect(progress.watch(10, 'file')).toBeUndefined();
  progress.clear();
  expect(terminal.written).toBe('');
});

test('keyscan whose standard error is a pipe says no more than its summary', () =>
  withScratch((repository) => {
    repository.write('a', 'clean');
    expect(keyscan(repository, ['.']).stderr).toBe('keyscan: 1 file, 5 bytes: no OpenAI credentials\n');
  }));
