// Opens files so that nothing hangs, and reads them to their end, however they change meanwhile.

import fs, { type Stats } from 'node:fs';
import { UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import { codeOf } from './system-error.ts';
import { kindOf } from './walk.ts';

export type Opened =
  /** To be read to its end before the next file is opened. */
  | { readonly kind: 'content'; readonly content: Uint8Array | AsyncIterable<Uint8Array> }
  | { readonly kind: 'gone' }
  /** Neither a regular file nor a link: a `named pipe`, say. */
  | { readonly kind: 'odd'; readonly what: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

export interface FileReader {
  /**
   * `path` is absolute. Of a link, what it says, or with `follow` what it leads to. `onChange` is called for a file that
   * was not the same after it was read.
   */
  open(path: RawPath, follow: boolean, onChange: () => void): Opened;
}

/** What is used of `node:fs`. */
export type FileSystem = Pick<
  typeof fs,
  'openSync' | 'fstatSync' | 'readSync' | 'read' | 'closeSync' | 'readlinkSync'
>;

/** Small files are read at once: for a thousand of them, asking the thread pool takes ten times as long. */
export function fileReader(system: FileSystem = fs): FileReader {
  /** In turns: one is being scanned, one the scan may still hold, one is being filled (model.ts, BlobScan). */
  const buffers: Buffer[] = [];
  const buffer = (at: number): Buffer => {
    buffers[at % 3] ??= Buffer.allocUnsafeSlow(CHUNK);
    return buffers[at % 3] as Buffer;
  };

  function open(path: RawPath, follow: boolean, onChange: () => void): Opened {
    const name = fileName(path);
    let file: number;
    try {
      file = system.openSync(name, follow ? FOLLOWING : FOLLOWING | fs.constants.O_NOFOLLOW);
    } catch (error) {
      return codeOf(error) === 'ELOOP' && !follow ? readLink(name) : failure(error);
    }
    let isStreamed = false;
    try {
      const stats = system.fstatSync(file);
      if (!stats.isFile()) return { kind: 'odd', what: stats.isDirectory() ? 'folder' : kindOf(stats) };
      const size = fill(file, stats.size);
      isStreamed = size === CHUNK;
      const content = isStreamed ? stream(file, stats, onChange) : settled(file, stats, size, onChange);
      return { kind: 'content', content };
    } catch (error) {
      return failure(error);
    } finally {
      if (!isStreamed) system.closeSync(file);
    }
  }

  function readLink(name: Buffer | string): Opened {
    try {
      const target = system.readlinkSync(name, { encoding: 'buffer' });
      return { kind: 'content', content: target };
    } catch (error) {
      return failure(error);
    }
  }

  /**
   * Reads from the beginning into the first buffer, to the end of the file or of the buffer. At the size the file is said
   * to have nothing more is expected: whether that still holds is looked at afterwards.
   */
  function fill(file: number, expected: number): number {
    const into = buffer(0);
    for (let size = 0; ; ) {
      const more = system.readSync(file, into, size, CHUNK - size, size);
      size += more;
      if (more === 0 || size === CHUNK || size === expected) return size;
    }
  }

  /** What `fill` has read; again where the file has changed since it was opened. */
  function settled(file: number, opened: Stats, read: number, onChange: () => void): Uint8Array {
    let [before, size] = [opened, read];
    for (let tries = 0; ; tries++) {
      const after = system.fstatSync(file);
      if (isSame(before, after)) {
        checkWhole(size, after);
        break;
      }
      if (tries === MOST_TRIES) {
        onChange();
        break;
      }
      before = after;
      size = fill(file, after.size);
    }
    return buffer(0).subarray(0, size);
  }

  /** Goes on after `fill` has filled the first buffer; reads ahead of what is being scanned. */
  async function* stream(
    file: number,
    before: Stats,
    onChange: () => void,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    let ahead: Promise<number> = Promise.resolve(CHUNK);
    try {
      let total = 0;
      for (let at = 0; ; at++) {
        const size = await ahead;
        if (size === 0) break;
        total += size;
        if (total > before.size + MOST_GROWTH) throw new UsageError('grows faster than it can be read');
        ahead = readAt(file, buffer(at + 1), total);
        ahead.catch(() => undefined);
        yield buffer(at).subarray(0, size);
      }
      const after = system.fstatSync(file);
      if (isSame(before, after)) checkWhole(total, after);
      else onChange();
    } finally {
      await ahead.catch(() => undefined);
      system.closeSync(file);
    }
  }

  function readAt(file: number, into: Buffer, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      system.read(file, into, 0, into.length, position, (error, size) =>
        error ? reject(error) : resolve(size),
      );
    });
  }

  return { open };
}

/** As Node wants it; a string, which is faster, where that is the same. */
const fileName = (path: RawPath): Buffer | string =>
  /^[\x01-\x7f]*$/.test(path) ? path : Buffer.from(path, 'latin1');

/** Opening a pipe would wait for someone to write into it (R70). */
const FOLLOWING = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;
/** Bytes. */
const CHUNK = 1 << 20;
/** Bytes; a log file may become longer while it is read, but not without end. */
const MOST_GROWTH = 64 << 20;
const MOST_TRIES = 3;

const isSame = (a: Stats, b: Stats): boolean => a.size === b.size && a.mtimeMs === b.mtimeMs;

/** Files in /proc hold more than they say. */
function checkWhole(read: number, { size }: Stats): void {
  if (read < size) throw new UsageError(`only ${read} of its ${size} bytes could be read`);
}

function failure(error: unknown): Opened {
  if (error instanceof UsageError) return { kind: 'unreadable', reason: error.message };
  const code = codeOf(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  return code === 'ENXIO'
    ? { kind: 'odd', what: 'socket' }
    : { kind: 'unreadable', reason: `cannot be read (${code})` };
}
