// dist/hook.cjs: what git runs for every commit. Most of them are done with at a glance; for all others it starts the program.

import { ExitCode } from './errors.ts';
import { HANDED_OVER } from './git/handed-over.ts';
import { glance } from './glance.ts';
import { start } from './start.ts';

const [, , name, how] = process.argv;
process.exitCode = ExitCode.incomplete;
const isHandedOver = (name === 'pre-commit' || name === 'pre-merge-commit') && how === HANDED_OVER;
const glanced = isHandedOver ? glance(process) : undefined;
if (glanced?.isClear) process.exitCode = ExitCode.clean;
else start(glanced);
