// Which last bytes of windows should fall together in src/detect/literal-search.ts, so that as few places of source text as
// can be are looked at closely. Prints the groups; to be run when rules bring many new literals.
//
//   npm run bench -- endings [FILE…]    for what `prefilter` reads, and for these files as much

import { readFileSync } from 'node:fs';
import { loadTests } from './load-tests.mjs';
import { ordinaryFiles } from './texts.mjs';

const KINDS = 16;
const ATTEMPTS = 30;

const { builtinRules, planOf, seeded } = await loadTests(
  './src/detect/compile.ts',
  './src/rules/builtin.ts',
  './test/support/random.ts',
);
const { literals, windows: places } = planOf(builtinRules).table;
const windows = [
  ...new Set(literals.map((literal, index) => literal.slice(places[index], places[index] + 4))),
].map((window) => Buffer.from(window, 'latin1'));

/** Pairs that may begin a window, and pairs that may end one, each with the last bytes of those windows. */
const beginning = new Map();
const ending = new Map();
for (const window of windows) {
  note(beginning, window.readUInt16LE(0), window[3]);
  note(beginning, window.readUInt16LE(1), window[3]);
  note(ending, window.readUInt16LE(2), window[3]);
}
const lasts = [...new Set(windows.map((window) => window[3]))];

const ordinary = Buffer.concat(ordinaryFiles().map(({ bytes }) => bytes));
const texts = [ordinary, ...process.argv.slice(2).map((path) => readFileSync(path))];
/** How often a text would be looked at closely if two last bytes fell together, for each two of them. */
const costs = new Map();
for (const text of texts) count(text);

let best = { cost: Infinity };
const random = seeded(1);
for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
  const kinds = new Map(lasts.map((last) => [last, Math.floor(random() * KINDS)]));
  while (lasts.some((last) => improve(kinds, last)));
  const cost = lasts.reduce((sum, last) => sum + costIn(kinds, last, kinds.get(last)), 0);
  if (cost < best.cost) best = { cost, kinds };
}
const groups = Array.from({ length: KINDS }, (_, kind) =>
  String.fromCharCode(...lasts.filter((last) => best.kinds.get(last) === kind)),
);
console.log(groups);

function note(map, pair, last) {
  map.set(pair, (map.get(pair) ?? new Set()).add(last));
}

function count(text) {
  for (let at = 2; at + 1 < text.length; at += 2) {
    const begun = beginning.get(text.readUInt16LE(at - 2));
    if (begun === undefined) continue;
    const ended = new Set(ending.get(text.readUInt16LE(at)));
    if (lasts.includes(text[at])) ended.add(text[at]);
    for (const one of begun)
      for (const other of ended) {
        const both = one * 256 + other;
        costs.set(both, (costs.get(both) ?? 0) + 1 / text.length);
      }
  }
}

/** Moves a last byte to the kind where it costs least; whether it was moved. */
function improve(kinds, last) {
  const own = kinds.get(last);
  let [lowest, cheapest] = [costIn(kinds, last, own), own];
  for (let kind = 0; kind < KINDS; kind++) {
    const cost = costIn(kinds, last, kind);
    if (cost < lowest - 1e-12) [lowest, cheapest] = [cost, kind];
  }
  kinds.set(last, cheapest);
  return cheapest !== own;
}

function costIn(kinds, last, kind) {
  return lasts
    .filter((other) => other !== last && kinds.get(other) === kind)
    .reduce(
      (sum, other) => sum + (costs.get(last * 256 + other) ?? 0) + (costs.get(other * 256 + last) ?? 0),
      0,
    );
}
