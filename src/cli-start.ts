// dist/cli.cjs: starts the command line.

import { start } from './start.ts';

start();
