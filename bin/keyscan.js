#!/usr/bin/env node
// Starts keyscan. Until a finished run lowers it, the exit code says "could not complete". CommonJS, as package.json beside
// it says: what Node loads for a module takes a quarter of its own start (bench/README.md).
process.exitCode = 2;
try {
  require('../dist/cli.cjs');
} catch (error) {
  process.stderr.write(
    `keyscan: cannot start (${error?.code ?? error?.name}); it needs Node >= 20.19 and a built dist/\n`,
  );
}
