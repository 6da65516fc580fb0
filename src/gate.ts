// Between main() and the process: the exit code says "could not complete" until a finished run says otherwise.
//
// Node exits with 0 when a promise never settles, when a write fails, when a library calls process.exit(0)
// (reference/git-and-hooks.md R60). There are no signal handlers: without any, Node dies by the signal, as it should.

import { fstatSync, writeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { bugReportOf, complaintOf } from './complaint.ts';
import { ExitCode, UsageError } from './errors.ts';
import type { Io } from './io.ts';

/** Runs `main` on the streams of this process; its value becomes the exit code. Call it once, first of all. */
export function runGated(main: (io: Io) => Promise<ExitCode>): void {
  let verdict: ExitCode = ExitCode.incomplete;
  let isBroken = false;

  process.exitCode = ExitCode.incomplete;
  process.on('exit', () => {
    process.exitCode = isBroken ? ExitCode.incomplete : verdict;
  });
  const crash = (error: unknown): never => {
    isBroken = true;
    try {
      writeSync(process.stderr.fd, bugReportOf(error));
    } finally {
      // Not process.exitCode alone: git children or open handles could keep a broken process waiting for ever.
      process.exit(ExitCode.incomplete);
    }
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  const guarded = (stream: Writable): Writable =>
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough (`| head`) changes nothing; anything else is output nobody got.
      if (error.code !== 'EPIPE') isBroken = true;
    });
  let stdout: Writable | undefined;
  let stderr: Writable | undefined;
  // Streams are made when they are asked for: a clean commit needs none, and would wait for them.
  const io: Io = {
    get stdin() {
      return readableStdin();
    },
    get stdout() {
      stdout ??= guarded(process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= guarded(process.stderr);
      return stderr;
    },
    env: process.env,
    cwd: process.cwd(),
  };

  const run = async (): Promise<void> => {
    verdict = await main(io);
  };
  run()
    .catch(async (error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      io.stderr.write(complaintOf(error, await masking()));
    })
    .catch(crash);
}

/** For what it cannot read (a folder, a block device) Node gives a stream that is simply empty. */
function readableStdin(): Readable {
  const kind = fstatSync(0);
  if (!kind.isFile() && !kind.isFIFO() && !kind.isSocket() && !kind.isCharacterDevice())
    throw new UsageError('standard input is nothing that can be read', 'give a file, a pipe or a terminal');
  return process.stdin;
}

/** Loaded only now: whoever gets here has not needed the rules, or has failed. */
async function masking(): Promise<(text: string) => string> {
  const { builtinDetector } = await import('./detect/detector.ts');
  const detector = builtinDetector();
  return (text) => detector.mask(text);
}
