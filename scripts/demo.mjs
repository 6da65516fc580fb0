// npm run demo: keyscan's main job on a real scratch repository, with real git and the real hook. Fails when anything is
// not as promised.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const keyscan = join(dirname(dirname(fileURLToPath(import.meta.url))), 'bin', 'keyscan.js');
const folder = mkdtempSync(join(tmpdir(), 'keyscan-demo-'));
const env = isolated();
const key = neverIssuedKey();

try {
  demo();
} catch (error) {
  say(`\n# The demo did not go as promised: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function demo() {
  say('# A new repository, guarded by keyscan.');
  run('git', ['init', '--quiet']);
  promise(
    run(process.execPath, [keyscan, 'install'], 'keyscan install').status === 0,
    'keyscan install succeeds',
  );

  say('# Somebody writes an OpenAI key (generated, never issued) into a file, and in');
  say('# base64 into another.');
  write('config.js', `export const apiKey = '${key}';\n`);
  write('secret.yaml', `kind: Secret\ndata:\n  apiKey: ${Buffer.from(key).toString('base64')}\n`);
  run('git', ['add', '.']);
  const refused = run('git', ['commit', '-m', 'Add the settings']);
  promise(refused.status !== 0, 'the commit is refused');
  promise(
    run('git', ['rev-parse', '--verify', '--quiet', 'HEAD'], null).status !== 0,
    'nothing was recorded',
  );
  promise(refused.output.includes('config.js:1:24'), 'file, line and column are named');
  promise(refused.output.includes('secret.yaml:3:11'), 'base64 hides nothing');
  promise(!refused.output.includes(key.slice(8, 30)), 'the key itself is not printed');

  say('# The key goes where it belongs, and the clean commit passes unnoticed.');
  write('config.js', 'export const apiKey = process.env.OPENAI_API_KEY;\n');
  run('git', ['rm', '--quiet', '--force', 'secret.yaml']);
  run('git', ['add', '.']);
  const passed = run('git', ['commit', '--quiet', '-m', 'Add the settings']);
  promise(passed.status === 0, 'the clean commit passes');
  promise(passed.output === '', 'nothing is printed');
  promise(run('git', ['log', '--oneline']).output.includes('Add the settings'), 'it is in the log');
  say('# As promised. Next: "Use it in your project" in README.md.');
}

/** Runs a command in the scratch repository and shows it with its output; `null` shows nothing. */
function run(command, args, shown = [command, ...args.map(quoted)].join(' ')) {
  if (shown !== null) say(`$ ${shown}`);
  // One pipe for both streams would need a shell; git sends a hook's output to its own stderr anyway.
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
  if (error) throw error;
  const output = stdout + stderr;
  if (shown !== null && output !== '') say(output);
  return { status, output };
}

function promise(kept, what) {
  if (!kept) throw new Error(`not true: ${what}`);
}

function write(name, content) {
  writeFileSync(join(folder, name), content);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function quoted(word) {
  return /^[\w./:=-]+$/.test(word) ? word : `"${word}"`;
}

/** git as on a fresh machine: nobody's configuration, hooks or running git command reach in here. */
function isolated() {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(GIT_|HUSKY)/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: join(folder, 'no-such-file'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'Demo',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'demo@example.com',
    GIT_CONFIG_KEY_2: 'init.defaultBranch',
    GIT_CONFIG_VALUE_2: 'main',
    ...(process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {}),
  };
}

/** The shape of today's project keys; put together so that no file of ours holds half a key. */
function neverIssuedKey() {
  const body = (length) => randomBytes(length).toString('base64url').slice(0, length);
  return ['sk-proj-', body(74), 'T3Bl', 'bkFJ', body(72), 'xA'].join('');
}
