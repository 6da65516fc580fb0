// The step of action.yml: builds keyscan where that has not been done, and runs it with annotations. The exit code is
// keyscan's; 2 when it never came to that.

import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const { KEYSCAN_ARGUMENTS, KEYSCAN_SARIF: sarif = '', KEYSCAN_FOLDER: folder, ...env } = process.env;
const cwd = resolve(env.GITHUB_WORKSPACE ?? '.', folder || '.');

process.exitCode = 2;
const obstacle = obstacleOf() ?? build();
if (obstacle) console.log(`::error title=keyscan::${obstacle}`);
else process.exitCode = scan();

function obstacleOf() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    return 'keyscan needs Node.js 20.19 or later: let actions/setup-node run before it';
  // It becomes a line of the file of outputs.
  if (/[\r\n]/.test(sarif)) return 'the input sarif is no name of a file';
  return existsSync(cwd) ? undefined : 'the input working-directory names no folder of the workspace';
}

function build() {
  if (existsSync(join(project, 'dist', 'cli.cjs'))) return undefined;
  console.log('::group::Build keyscan');
  const isBuilt =
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: project,
      // npm is a script there.
      shell: process.platform === 'win32',
    }) === 0 && run(process.execPath, ['scripts/build.mjs'], { cwd: project }) === 0;
  console.log('::endgroup::');
  return isBuilt ? undefined : 'keyscan could not be built';
}

function scan() {
  const [verb = 'ci', ...rest] = (KEYSCAN_ARGUMENTS ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const report = sarif === '' ? [] : [`--report=sarif=${sarif}`];
  const words = [verb, '--format=github', ...report, ...rest];
  const code = run(process.execPath, [join(project, 'bin', 'keyscan.js'), ...words], { cwd });
  if (sarif !== '' && env.GITHUB_OUTPUT && existsSync(resolve(cwd, sarif)))
    appendFileSync(env.GITHUB_OUTPUT, `sarif=${sarif}\n`);
  return code;
}

/** The exit code. */
function run(command, args, options) {
  const { status, signal, error } = spawnSync(command, args, { env, stdio: 'inherit', ...options });
  if (error) console.log(`${command} could not be started (${error.code})`);
  return status ?? 128 + (constants.signals[signal] ?? 0);
}
