#!/usr/bin/env node
// Starts keyscan. Until a finished run lowers it, the exit code says "could not complete".
process.exitCode = 2;
import('../dist/cli.js').catch((error) => {
  process.stderr.write(
    `keyscan: cannot start (${error?.code ?? error?.name}); it needs Node >= 20.19 and a built dist/\n`,
  );
});
