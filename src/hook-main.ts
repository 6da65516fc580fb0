// The program dist/hook.cjs starts unless a glance is enough: as little as a scan of the index needs.

import { run } from './commands/hook.ts';
import { runGated } from './gate.ts';
import type { Glance } from './glance.ts';
import { DEFAULT_SCAN_OPTIONS } from './options.ts';

/** What start.ts hands to the program. */
declare const glanced: Glance | undefined;

runGated((io) => run({ ...DEFAULT_SCAN_OPTIONS, operands: process.argv.slice(2), glanced }, io));
