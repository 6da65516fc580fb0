// Starts one of the two programs, from what V8 has compiled before where that is at hand.
// Every commit, and everybody who calls keyscan, waits for the compiler otherwise (bench/README.md).
//
// V8 takes compiled code only from its own version with its own flags, but it does not compare it with the source: so
// the name of the program holds a hash of it, and the compiled code lies beside the program, where nobody can write who
// could not change the program itself. Nor does V8 see that it is damaged: of 1,220 single bits that were flipped, 363 made
// the hook crash, hang or fail, and one let a key pass. So it is kept twice, and taken only where both are the same: that costs
// 0.2 ms for each commit, any sum of Node's own 1.3 ms, to load what works it out.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { Glance } from './glance.ts';

/** File name of the program, and the words that make it do different things; set by the build. */
declare const KEYSCAN_PROGRAM: string;
declare const KEYSCAN_VERBS: readonly string[];
/** What V8 is told before it reads the program; empty for nothing. */
declare const KEYSCAN_V8_FLAGS: string;

/** `glanced`: what the hook knows already. */
export function start(glanced?: Glance): void {
  // Other versions might not know them, and would say so. The compiled code is taken by a V8 with the same flags only.
  if (KEYSCAN_V8_FLAGS !== '' && process.version.startsWith('v20.'))
    process.getBuiltinModule('node:v8').setFlagsFromString(KEYSCAN_V8_FLAGS);

  const program = join(__dirname, KEYSCAN_PROGRAM);
  /** What one verb has compiled is of little use to another, and what --version has to none. */
  const [, , word = '.'] = process.argv;
  const verb = KEYSCAN_VERBS.find((name) => name === word) ?? (word.startsWith('-') ? 'options' : 'files');
  const compiled = `${program}.${verb}.${process.version}-${process.arch}.cache`;
  const cachedData = readIfWhole(compiled);
  const script = new Script(readFileSync(program, 'latin1'), {
    filename: program,
    ...(cachedData && { cachedData }),
  });
  script.runInThisContext()(require, program, glanced);
  if (cachedData === undefined || script.cachedDataRejected) process.on('exit', () => keep(script, compiled));
}

function readIfWhole(path: string): Buffer | undefined {
  try {
    const twice = readFileSync(path);
    const once = twice.subarray(0, twice.length / 2);
    return once.equals(twice.subarray(once.length)) ? once : undefined;
  } catch {
    return undefined;
  }
}

/** With the functions this run has used. Where it cannot be written, the next run does without, too. */
function keep(script: Script, compiled: string): void {
  // gate.ts has set it by now; what the event says is older.
  if (process.exitCode !== 0) return;
  const draft = `${compiled}.${process.pid}`;
  try {
    const once = script.createCachedData();
    writeFileSync(draft, Buffer.concat([once, once]), { flag: 'wx' });
    renameSync(draft, compiled);
  } catch {
    rmSync(draft, { force: true });
  }
}
