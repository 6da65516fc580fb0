// Workload "prefilter": how fast ordinary source text without a key goes through, against one Buffer.indexOf over it.

import { loadTests } from './load-tests.mjs';
import { compare, inTurns } from './paired.mjs';
import { ordinaryFiles } from './texts.mjs';

export async function prefilter(rounds) {
  const { builtinRules, compileRules, MARKER, scan } = await loadTests(
    './src/detect/compile.ts',
    './src/rules/builtin.ts',
    './src/rules/form.ts',
    './test/support/scanning.ts',
  );
  const { search } = compileRules(builtinRules);
  const texts = ordinaryFiles().map(({ bytes }) => bytes);
  const text = Buffer.concat(texts);
  let hits = 0;
  const times = await inTurns(rounds, {
    'Buffer.indexOf': () => text.indexOf(MARKER, 0, 'latin1'),
    'literal search': () => search.search(text, () => hits++),
    'whole scan': () => texts.map((each) => scan(each)),
  });
  const speed = (name, more) => {
    const row = compare(times, name, 'Buffer.indexOf', more);
    const [megabytesPerSecond, floorMegabytesPerSecond] = [row.milliseconds, row.floorMilliseconds].map(
      (milliseconds) => text.length / 1e3 / milliseconds,
    );
    return { ...row, megabytes: text.length / 1e6, megabytesPerSecond, floorMegabytesPerSecond };
  };
  return [speed('literal search', { target: 1.11 }), speed('whole scan')];
}
