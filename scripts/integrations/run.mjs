// npm run integrations [-- NAME…]: everything keyscan works with, tried with the real programs. Prints a table; the exit code
// is 1 when something does not hold. What this machine does not have is said, and does not count.
// --list prints the names with the commands that prove them.

import { action, workflows } from './actions.mjs';
import { tests } from './jest.mjs';
import { lintStaged } from './lint-staged.mjs';
import { managers } from './managers.mjs';
import { parallel } from './parallel.mjs';
import { preCommit } from './pre-commit.mjs';
import { manPage, server } from './system.mjs';
import { openWorld } from './world.mjs';

const PROOFS = [
  ...managers,
  preCommit,
  lintStaged,
  server,
  action,
  workflows,
  tests('CI jobs', 'test/ci/documents'),
  parallel,
  tests('shards', 'test/history/documents'),
  tests('completion', 'test/cli/completion', ['bash', 'zsh', 'fish']),
  manPage,
].map((proof) => ({ command: `npm run integrations -- ${quoted(proof.name)}`, ...proof }));

const words = process.argv.slice(2);
if (words[0] === '--list') for (const { name, command } of PROOFS) console.log(`${name}\t${command}`);
else process.exitCode = await main(words);

async function main(names) {
  const unknown = names.find((name) => !PROOFS.some((proof) => proof.name === name));
  if (unknown !== undefined) {
    console.error(
      `there is no integration ${unknown}; there are ${PROOFS.map(({ name }) => name).join(', ')}`,
    );
    return 2;
  }
  const world = openWorld();
  try {
    const rows = [];
    for (const proof of PROOFS) {
      if (names.length > 0 && !names.includes(proof.name)) continue;
      console.log(`${proof.name} …`);
      rows.push({ ...proof, ...(await tried(proof, world)) });
    }
    console.log(`\n${table(rows)}`);
    const count = (kind) => rows.filter((row) => row[kind] !== undefined).length;
    console.log(
      `\n${count('proven')} proven, ${count('failed')} failed, ${count('missing')} not on this machine`,
    );
    return count('failed') > 0 ? 1 : 0;
  } finally {
    world.close();
  }
}

async function tried(proof, world) {
  try {
    return await proof.prove(world);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function table(rows) {
  const cells = rows.map(({ name, version = '', command, proven, missing, failed }) => [
    name,
    version,
    command,
    proven ?? (missing ? `not tried: ${missing}` : `FAILED: ${failed}`),
  ]);
  const widths = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at].length)));
  return cells.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n');
}

function quoted(name) {
  return /^[\w-]+$/.test(name) ? name : `'${name}'`;
}
