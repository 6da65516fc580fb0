// Integrations that tests of the project prove already: they are run, and it is counted what they have left out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, promise } from './world.mjs';

/** `programs`: what the tests can do without, and then leave out. */
export const tests = (name, path, programs = []) => ({
  name,
  command: `npx jest ${path}`,
  prove(world) {
    const file = join(world.root, `${name}.json`);
    const jest = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
    const { status, output } = world.run(
      [process.execPath, jest, '-i', path, '--json', `--outputFile=${file}`],
      { cwd: project },
    );
    promise(status === 0, `${path}: ${output}`);
    const { numPassedTests: passed, numPendingTests: skipped } = JSON.parse(readFileSync(file, 'utf8'));
    const versions = programs.map((program) => [program, world.version(program)]);
    const absent = versions.flatMap(([program, version]) => (version === undefined ? program : []));
    if (passed === 0) return { missing: `not installed: ${absent.join(', ')}` };
    return {
      version: versions.flatMap(([program, version]) => (version ? `${program} ${version}` : [])).join(', '),
      proven: [
        `${passed} tests passed`,
        ...(skipped > 0 ? [`${skipped} skipped${absent.length > 0 ? `: no ${absent.join(', ')}` : ''}`] : []),
      ].join(', '),
    };
  },
});
