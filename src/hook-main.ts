// The entry of dist/hook.cjs, what an installed hook starts: as little as a scan of the index needs.

import { run } from './commands/hook.ts';
import { runGated } from './gate.ts';
import { DEFAULT_SCAN_OPTIONS } from './options.ts';

runGated((io) => run({ ...DEFAULT_SCAN_OPTIONS, operands: process.argv.slice(2) }, io));
