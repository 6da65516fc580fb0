// The entry of the command line: main() between the gate and the process's own streams.

import { main } from './cli.ts';
import { runGated } from './gate.ts';

runGated((io) => main(process.argv.slice(2), io));
