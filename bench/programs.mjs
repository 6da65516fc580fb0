// Starts what is measured: each program to its end, as a program of its own.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const CLI = join(root, 'bin', 'keyscan.js');
const share = Number(process.env.BENCH_SHARE ?? 1);
/** How much there is to do: as much as is said, or less where only the benchmark itself is tried. */
export const sized = (count) => Math.max(4, Math.round(count * share));
const PEAK = join(import.meta.dirname, 'peak.cjs');

/** What it printed. Throws unless it ends with one of `statuses`. */
export function must(command, args, { statuses = [0], ...options } = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    maxBuffer: 1 << 28,
    ...options,
  });
  if (error) throw error;
  if (!statuses.includes(status))
    throw new Error(`${command} ${args.join(' ')} ended with ${status ?? signal}: ${stderr}`);
  return stdout;
}

/** The most memory a node program had, in megabytes: the median of three runs. */
function peakMemory(args, options = {}) {
  const runs = Array.from({ length: share < 1 ? 1 : 3 }, () => {
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe'];
    const { statuses = [0], ...rest } = options;
    const { status, stderr, output } = spawnSync(process.execPath, ['--require', PEAK, ...args], {
      ...rest,
      stdio,
    });
    if (!statuses.includes(status)) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return Number(output[3]) / 1e3;
  });
  return runs.sort((a, b) => a - b)[runs.length >> 1];
}

/** A row of the table that says how much memory more than node itself; `most`: megabytes. */
export function memoryRow(measured, args, options, most) {
  return {
    measured,
    floor: 'node -e 0',
    megabytes: peakMemory(args, options),
    floorMegabytes: peakMemory(['-e', '0'], { ...options, statuses: [0] }),
    most,
  };
}
