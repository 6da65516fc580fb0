// A signal waits for what is being written, and counts as soon as it is.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const source = readFileSync(join(__dirname, '../../src/undisturbed.ts'), 'utf8');
const { code } = transformSync(source, { loader: 'ts', format: 'esm' });

/** What a process says that does this, and how it ends. */
function run(action: string): { said: string; ended: unknown } {
  const script = `${code}\n${action}\nconsole.log('after');setTimeout(() => console.log('late'), 1000);`;
  const { stdout, status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  return { said: stdout.toString(), ended: signal ?? status };
}

const write = (name: string): string => `await undisturbed(async () => {
  process.kill(process.pid, '${name}');
  await new Promise((done) => setTimeout(done, 50));
  (await import('node:fs')).writeSync(1, 'written\\n');
});`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s', (name) => {
  const { said, ended } = run(write(name));
  expect(ended).toBe(name);
  expect(said).toMatch(/^written\n(?:after\n)?$/);
});

test('what goes wrong is thrown, and nothing is left behind', () => {
  const action = `await undisturbed(() => Promise.reject(new Error('full'))).catch(({ message }) => console.log(message));
console.log(process.listenerCount('SIGINT'));`;
  expect(run(action)).toEqual({ said: 'full\n0\nafter\nlate\n', ended: 0 });
});
