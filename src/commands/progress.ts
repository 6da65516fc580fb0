// How far a scan has come, on one line of the terminal that is written over and in the end gone.

import type { Writable } from 'node:stream';
import type { Io } from '../io.ts';
import type { ScanOptions } from '../options.ts';
import { count, size } from '../report/amounts.ts';

export interface Progress {
  /** What a scan calls whenever it has read something; undefined where nobody looks. `total`: objects, where known. */
  watch(total: number | undefined, noun: string): ((seen: Seen) => void) | undefined;
  /** Leaves the line empty; may be called again. */
  clear(): void;
}

interface Seen {
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Shows itself on a terminal only, not in CI, and not before a moment has passed. Nothing of the terminal is changed that
 * an interrupted keyscan would leave behind. `now`: milliseconds.
 */
export function openProgress(
  options: Pick<ScanOptions, 'quiet' | 'progress'>,
  io: Io,
  now: () => number = () => performance.now(),
): Progress {
  if (options.quiet || !options.progress || io.env.CI || io.env.TERM === 'dumb' || !isTerminal(io.stderr))
    return { watch: () => undefined, clear: () => undefined };
  const stream = io.stderr;
  let isShown = false;
  const show = (text: string): void => {
    isShown = true;
    stream.write(`\r${text.slice(0, widthOf(stream) - 1)}${ERASE_REST}`);
  };
  const listing = setTimeout(() => show('keyscan: listing'), PATIENCE).unref();

  return {
    watch(total, noun) {
      clearTimeout(listing);
      const start = now();
      let next = start + (isShown ? 0 : PATIENCE);
      return (seen) => {
        const time = now();
        if (time < next) return;
        next = time + INTERVAL;
        show(`keyscan: ${amounts(seen, time - start, total, noun).join(', ')}`);
      };
    },
    clear() {
      clearTimeout(listing);
      if (isShown) stream.write(`\r${ERASE_REST}`);
      isShown = false;
    },
  };
}

/** Milliseconds. */
const PATIENCE = 300;
const INTERVAL = 100;
const ERASE_REST = '\x1b[K';

function amounts(
  { objects, bytes }: Seen,
  elapsed: number,
  total: number | undefined,
  noun: string,
): string[] {
  const seen = total === undefined ? count(objects, noun) : `${objects} of ${count(total, noun)}`;
  const rate = elapsed > 0 ? [`${size(Math.round((bytes / elapsed) * 1000))}/s`] : [];
  return [seen, size(bytes), ...rate, ...(total === undefined ? [] : timeLeft(objects, total, elapsed))];
}

/** As long for each of the rest as for those before; said only when a few have been seen. */
function timeLeft(objects: number, total: number, elapsed: number): string[] {
  if (objects < ENOUGH || objects >= total) return [];
  const seconds = Math.ceil(((total - objects) * elapsed) / objects / 1000);
  return [seconds < 100 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`];
}

const ENOUGH = 10;

function isTerminal(stream: Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

function widthOf(stream: Writable): number {
  return 'columns' in stream && typeof stream.columns === 'number' && stream.columns > 0
    ? stream.columns
    : 80;
}
