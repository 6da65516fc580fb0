// dist/hook.cjs: starts the hook program, from what V8 has compiled before where that is at hand. Every commit waits for
// the compiler otherwise, for about a tenth of the hook's time (bench/README.md).
//
// V8 takes compiled code only from its own version with its own flags, but it does not compare it with the source: so
// the name of the program holds a hash of it, and the compiled code lies beside the program, where nobody can write who
// could not change the program itself.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** File name of the program; set by the build. */
declare const KEYSCAN_HOOK_PROGRAM: string;

const program = join(__dirname, KEYSCAN_HOOK_PROGRAM);
const compiled = `${program}.${process.version}-${process.arch}.cache`;
const cachedData = readIfThere(compiled);
const script = new Script(readFileSync(program, 'latin1'), {
  filename: program,
  ...(cachedData && { cachedData }),
});
script.runInThisContext()(require);
if (cachedData === undefined || script.cachedDataRejected) process.on('exit', keep);

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** With the functions this run has used. Where it cannot be written, the next run does without, too. */
function keep(): void {
  // gate.ts has set it by now; what the event says is older.
  if (process.exitCode !== 0) return;
  const draft = `${compiled}.${process.pid}`;
  try {
    writeFileSync(draft, script.createCachedData(), { flag: 'wx' });
    renameSync(draft, compiled);
  } catch {
    rmSync(draft, { force: true });
  }
}
