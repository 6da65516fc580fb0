// Loaded before a program that is measured: says at its end, on file descriptor 3, how much memory it had at most (kB).

const { existsSync, readFileSync, writeSync } = require('node:fs');

/** What getrusage(2) says begins with what the program that started this one had; what /proc says does not. */
const STATUS = '/proc/self/status';

process.on('exit', () => {
  const peak = existsSync(STATUS) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'latin1'))?.[1];
  writeSync(3, peak || String(process.resourceUsage().maxRSS));
});
