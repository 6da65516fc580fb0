// npm run demo, the first thing a newcomer sees.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolatedEnvironment } from '../support/repository.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keyscan-demo-test-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const demo = (env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, [join(__dirname, '../../scripts/demo.mjs')], {
    cwd: scratch,
    env: { ...isolatedEnvironment(scratch, join(scratch, 'none')), TMPDIR: scratch, TEMP: scratch, ...env },
    encoding: 'utf8',
  });

test('shows a refused and a clean commit in 80 columns, and leaves nothing behind', () => {
  const { status, stdout, stderr } = demo();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('at secret.yaml:3:11 (decoded: base64)');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(readdirSync(scratch)).toEqual([]);
});

test('works inside a hook, with hostile settings around', () => {
  expect(demo({ GIT_DIR: '/nowhere', GIT_INDEX_FILE: 'x', HUSKY: '0', CI: 'true' }).status).toBe(0);
});

test('fails when something is not as promised', () => {
  const { status, stdout } = demo({ PATH: scratch });
  expect(status).not.toBe(0);
  expect(stdout).not.toContain('As promised');
});
