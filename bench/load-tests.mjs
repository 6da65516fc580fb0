// Loads TypeScript of the tests into a benchmark: bundled, as node 20 cannot read it.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Everything the given modules (paths from the project's root) export, together. */
export async function loadTests(...modules) {
  // Two folders below the root, as src/rules is: built-in rules are looked up from there. A new one each time: what was
  // imported from a path is never imported from it again.
  const folder = mkdtempSync(join(root, 'node_modules/.keyscan-bench-'));
  const outfile = join(folder, 'tests.mjs');
  try {
    await build({
      stdin: { contents: modules.map((path) => `export * from '${path}';`).join('\n'), resolveDir: root },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
