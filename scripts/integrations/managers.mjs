// node scripts/integrations/managers.mjs: the real managers of hooks, in scratch repositories. For each: a key passes
// without keyscan, neither a commit nor a push with it, `keyscan doctor` agrees, and uninstall leaves no trace.
//
// lefthook and simple-git-hooks are packed from the registry into a temporary folder: as packages of this project they
// would set hooks of their own. pre-commit is used where it is installed (PRE_COMMIT names another one).

import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const root = mkdtempSync(join(tmpdir(), 'keyscan-managers-'));
const bin = join(root, 'bin');
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GIT_|HUSKY|LEFTHOOK|SKIP$|npm_)/.test(name)),
  ),
  HOME: root,
  PATH: `${bin}:${process.env.PATH}`,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
};

const MANAGERS = {
  'plain git': { files: {} },
  husky: {
    files: { 'package.json': '{ "devDependencies": { "husky": "*" } }\n', '.husky/pre-commit': 'true\n' },
    start: [process.execPath, join(project, 'node_modules', 'husky', 'bin.js')],
  },
  lefthook: {
    files: { 'lefthook.yml': 'colors: false\ncommit-msg:\n  jobs:\n    - run: "true"\n' },
    program: () => packed(`lefthook-${process.platform}-${process.arch}`, 'bin/lefthook', 'lefthook'),
    start: ['lefthook', 'install'],
  },
  'pre-commit': {
    // Old names of stages, which every version knows.
    files: {
      '.pre-commit-config.yaml':
        'default_stages: [commit]\nrepos:\n  - repo: local\n    hooks:\n      - {id: x, name: x, entry: "true", language: system}\n',
    },
    program: () => linked(process.env.PRE_COMMIT ?? 'pre-commit', 'pre-commit'),
    start: ['pre-commit', 'install'],
  },
  'simple-git-hooks': {
    files: { 'package.json': '{ "simple-git-hooks": { "commit-msg": "true" } }\n' },
    program: () => packed('simple-git-hooks', 'cli.js'),
    // It prints what to add: that is added here.
    install: (printed) => {
      const lines = JSON.parse(`{${printed.split('\n\n')[1]}}`);
      write('package.json', `${JSON.stringify(lines)}\n`);
      return run([process.execPath, join(root, 'simple-git-hooks', 'package', 'cli.js')]).status === 0;
    },
  },
};

let repository = '';
mkdirSync(bin);
writeFileSync(
  env.GIT_CONFIG_GLOBAL,
  '[user]\n\tname = x\n\temail = x@example.com\n[init]\n\tdefaultBranch = main\n',
);
try {
  for (const [name, manager] of Object.entries(MANAGERS)) console.log(`${name}: ${prove(name, manager)}`);
} catch (error) {
  console.log(`FAILED: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
}

function prove(name, { files, program, start, install }) {
  const version = program?.() ?? '';
  if (version === undefined) return 'not here, not tried';
  repository = join(root, name.replace(' ', '-'));
  mkdirSync(join(repository, 'node_modules'), { recursive: true });
  symlinkSync(project, join(repository, 'node_modules', 'keyscan-cli'));
  git('init', '--quiet');
  write('.gitignore', 'node_modules\n');
  for (const [path, text] of Object.entries(files)) write(path, text);
  if (start) promise(run(start).status === 0, `${start.join(' ')} works`);
  git('add', '.');
  git('commit', '--quiet', '--no-verify', '-m', 'first');

  promise(commits() && pushes(), 'a key passes without keyscan');
  const before = snapshot();
  const set = keyscan('install');
  promise(
    install ? set.status === 2 && install(set.output) : set.status === 0,
    `keyscan install: ${set.output}`,
  );
  git('add', '.');
  git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', 'keyscan');
  promise(!commits(), 'a commit is refused');
  promise(!commits('link'), 'a commit that turns a link into a file is refused');
  promise(!pushes(), 'a push is refused');
  const { status, output } = keyscan('doctor');
  promise(status === 0, `keyscan doctor agrees: ${output}`);
  if (install) return 'a commit and a push are refused with the lines it prints';
  promise(keyscan('uninstall').status === 0, 'keyscan uninstall');
  promise(snapshot() === before, 'uninstall leaves no trace');
  git('commit', '--quiet', '--no-verify', '--allow-empty', '-a', '-m', 'no keyscan');
  promise(commits() && pushes(), 'a key passes again');
  return 'a commit and a push are refused, doctor agrees, uninstall leaves no trace';
}

/** Whether a commit with a key lands; nothing of it is left. */
function commits(path = 'key.txt') {
  const head = git('rev-parse', 'HEAD');
  if (path === 'link') {
    symlinkSync('nowhere', join(repository, path));
    git('add', path);
    git('commit', '--quiet', '--no-verify', '-m', 'a link');
    rmSync(join(repository, path));
  }
  write(path, `token = ${neverIssuedKey()}\n`);
  git('add', path);
  const landed = run(['git', 'commit', '--quiet', '-m', 'a key']).status === 0;
  git('reset', '--quiet', '--hard', head);
  return landed;
}

function pushes() {
  const head = git('rev-parse', 'HEAD');
  write('key.txt', `token = ${neverIssuedKey()}\n`);
  git('add', 'key.txt');
  git('commit', '--quiet', '--no-verify', '-m', 'a key');
  const remote = mkdtempSync(join(root, 'remote-'));
  git('init', '--quiet', '--bare', remote);
  const landed = run(['git', 'push', '--quiet', remote, 'HEAD:refs/heads/main']).status === 0;
  git('reset', '--quiet', '--hard', head);
  return landed;
}

/** The work tree and the hooks. */
function snapshot() {
  const inside = (path) => {
    if (/^node_modules$|^\.git\/(?!hooks)/.test(path)) return [];
    const status = lstatSync(join(repository, path));
    if (status.isDirectory())
      return readdirSync(join(repository, path))
        .sort()
        .flatMap((each) => inside(join(path, each)));
    const hash = createHash('sha256')
      .update(readFileSync(join(repository, path)))
      .digest('hex');
    return [`${path} ${status.mode.toString(8)} ${hash}`];
  };
  return inside('.').join('\n');
}

/** A program of a package, by its name in PATH; gives true. */
function packed(name, path, as) {
  const folder = join(root, as ?? name);
  mkdirSync(folder);
  promise(run(['npm', 'pack', '--silent', name], folder).status === 0, `npm pack ${name}`);
  const [file] = readdirSync(folder);
  promise(run(['tar', 'xzf', file], folder).status === 0, `${file} unpacks`);
  if (as) symlinkSync(join(folder, 'package', path), join(bin, as));
  return true;
}

function linked(program, as) {
  const path = program.includes('/')
    ? program
    : run(['sh', '-c', `command -v ${program}`], root).output.trim();
  if (!existsSync(path)) return undefined;
  symlinkSync(path, join(bin, as));
  return true;
}

function keyscan(...args) {
  return run([process.execPath, join(project, 'bin', 'keyscan.js'), ...args]);
}

function git(...args) {
  const { status, output } = run(['git', ...args]);
  promise(status === 0, `git ${args.join(' ')}: ${output}`);
  return output.trim();
}

function run([command, ...args], cwd = repository) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function write(path, text) {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function promise(kept, what) {
  if (!kept) throw new Error(`not true: ${what}`);
}

/** The shape of today's project keys; put together so that no file of ours holds half a key. */
function neverIssuedKey() {
  const body = (length) => randomBytes(length).toString('base64url').slice(0, length);
  return ['sk-proj-', body(74), 'T3Bl', 'bkFJ', body(72), 'xA'].join('');
}
