// The one pass every byte goes through, against one Buffer.indexOf over the same bytes.

import { loadTests } from './load-tests.mjs';
import { paired } from './paired.mjs';
import { sourceText } from './source-text.mjs';

const BYTES = 16 * 2 ** 20;
const ROUNDS = 9;

export async function prefilter() {
  const { compileRules, builtinRules } = await loadTests('./src/detect/compile.ts', './src/rules/builtin.ts');
  const { search } = compileRules(builtinRules);
  const bytes = Buffer.from(sourceText(1, BYTES), 'latin1');
  let hits = 0;
  const measured = paired(
    () => search.search(bytes, 0, bytes.length, () => hits++),
    () => bytes.indexOf('no such text in it', 0, 'latin1'),
    ROUNDS,
  );
  const speed = (BYTES / 1e6 / (measured.workMs / 1e3)).toFixed(0);
  return [{ work: `prefilter, all literals (${speed} MB/s)`, floor: 'one Buffer.indexOf', ...measured }];
}
