// The packed package: complete, alone, harmless to install, and it works where it is installed.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshKey } from '../support/keys.ts';
import { isolatedEnvironment } from '../support/repository.ts';

const root = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isWindows = process.platform === 'win32';

let scratch: string;
let project: string;
let env: NodeJS.ProcessEnv;
let packed: {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { path: string; mode: number }[];
};

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'keyscan-package-'));
  project = join(scratch, 'project');
  mkdirSync(project);
  env = {
    ...isolatedEnvironment(scratch, join(scratch, '.gitconfig')),
    CI: 'true',
    npm_config_update_notifier: 'false',
  };
  [packed] = JSON.parse(npm(root, 'pack', '--json', '--pack-destination', scratch));
  writeFileSync(join(project, 'package.json'), '{"name":"project","version":"1.0.0","private":true}\n');
  // No registry is asked: whatever the package needed beyond itself would fail here.
  npm(project, 'install', '--offline', '--foreground-scripts', '--save-dev', join(scratch, packed.filename));
}, 180_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));

test('holds exactly what it should', () => {
  const paths = packed.files.map(({ path }) =>
    path.replace(/^dist\/[\w-]+-[A-Z0-9]{8}\.cjs$/, 'dist/PROGRAM.cjs'),
  );
  const rules = readdirSync(join(root, 'rules')).map((name) => `rules/${name}`);
  const expected = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'bin/keyscan.js',
    'bin/package.json',
    'dist/PROGRAM.cjs',
    'dist/cli.cjs',
    'dist/hook.cjs',
    'dist/licenses.txt',
    'man/keyscan.1',
    'package.json',
    'schema/report-line.schema.json',
    'schema/config.schema.json',
    'schema/report.schema.json',
    ...rules,
  ];
  expect([...new Set(paths)].sort()).toEqual(expected.sort());
  expect(packed.size).toBeLessThan(500_000);
});

test('the program is executable', () => {
  expect(packed.files.find(({ path }) => path === 'bin/keyscan.js')?.mode).toBe(0o755);
});

test('has a fresh dist, built when it was packed', () => {
  const installed = join(project, 'node_modules/keyscan-cli/dist');
  const fresh = join(scratch, 'fresh');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), fresh]);
  expect(readdirSync(installed).sort()).toEqual(readdirSync(fresh).sort());
});

test('brings no other package, and npm runs nothing when it is installed', () => {
  expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'keyscan-cli',
  ]);
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies'])
    expect(manifest).not.toHaveProperty(kind);
  for (const script of ['preinstall', 'install', 'postinstall'])
    expect(manifest.scripts).not.toHaveProperty(script);
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  expect(lock.packages['node_modules/keyscan-cli']).not.toHaveProperty('hasInstallScript');
});

test('publint has nothing to say', () => {
  const publint = join(root, 'node_modules/publint/src/cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [publint, join(scratch, packed.filename), '--strict'],
    {
      cwd: scratch,
      env: { ...env, NO_COLOR: '1' },
      encoding: 'utf8',
    },
  );
  expect({ status, said: stdout + stderr }).toEqual({
    status: 0,
    said: expect.stringContaining('All good!'),
  });
});

test('the installed program says its version, both ways', () => {
  expect(npx('--version')).toBe(`${manifest.version}\n`);
  expect(keyscan(['--version'])).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
});

test('the installed program finds a key', () => {
  const found = keyscan(['-'], `OPENAI_API_KEY=${freshKey()}\n`);
  expect(found.status).toBe(1);
  expect(found.stdout).toContain('at <stdin>:1:16');
  expect(keyscan(['-'], 'nothing\n').status).toBe(0);
});

test('the installed program guards the project', () => {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: project, env: identified(), encoding: 'utf8' });
  git('init', '--quiet');
  writeFileSync(join(project, '.gitignore'), 'node_modules\n');
  expect(keyscan(['install']).status).toBe(0);
  writeFileSync(join(project, 'config.js'), `export const key = '${freshKey()}';\n`);
  git('add', '--all');
  expect(git('commit', '-m', 'with a key').status).not.toBe(0);
  expect(git('rev-parse', '--verify', '--quiet', 'HEAD').status).not.toBe(0);
  git('rm', '--quiet', '--cached', 'config.js');
  expect(git('commit', '-m', 'without')).toMatchObject({ status: 0, stderr: '' });
});

test('says so when it is not built', () => {
  const folder = join(scratch, 'unbuilt/bin');
  cpSync(join(root, 'bin'), folder, { recursive: true });
  writeFileSync(join(folder, '../package.json'), '{"type":"module"}');
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'keyscan.js')], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^keyscan: cannot start \(MODULE_NOT_FOUND\)/);
});

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, {
    cwd,
    env,
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function npx(...args: string[]): string {
  return execFileSync('npx', ['--no-install', 'keyscan', ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
    shell: isWindows,
  });
}

function keyscan(args: readonly string[], input = '') {
  const program = join(project, 'node_modules/.bin', isWindows ? 'keyscan.cmd' : 'keyscan');
  return spawnSync(program, args, {
    cwd: project,
    env: identified(),
    input,
    encoding: 'utf8',
    shell: isWindows,
  });
}

function identified(): NodeJS.ProcessEnv {
  const person = { NAME: 'Test Person', EMAIL: 'person@example.com' };
  const named = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  return { ...env, ...Object.fromEntries(named) };
}
