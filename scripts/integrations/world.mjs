// Where integrations are tried: a temporary folder with a home of its own, keyscan packed and installed from its tarball, and
// scratch repositories. Nothing of the user's is read or changed.

import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Nothing of a manager, of git or of a CI service that this runs in. */
const FOREIGN = /^(?:GIT_|GITHUB_|HUSKY|LEFTHOOK|PRE_COMMIT|SKIP$|npm_|CI$|NO_COLOR$|FORCE_COLOR$)/;

export function openWorld() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscan-integrations-')));
  const bin = join(root, 'bin');
  const global = join(root, 'global');
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
    HOME: root,
    XDG_CONFIG_HOME: join(root, 'config'),
    PATH: [bin, join(global, 'bin'), process.env.PATH].join(delimiter),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
    GIT_TERMINAL_PROMPT: '0',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
  };
  mkdirSync(bin);
  writeFileSync(
    env.GIT_CONFIG_GLOBAL,
    '[user]\n\tname = x\n\temail = x@example.com\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n',
  );

  if (process.env.PRE_COMMIT) symlinkSync(process.env.PRE_COMMIT, join(bin, 'pre-commit'));

  const run = ([command, ...args], { cwd = root, input = '', env: more = {} } = {}) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      ...{ cwd, input, encoding: 'utf8', maxBuffer: 1 << 28 },
      env: { ...env, ...more },
    });
    return { status, stdout: stdout ?? '', stderr: stderr ?? '', output: `${stdout ?? ''}${stderr ?? ''}` };
  };
  const must = (command, options) => {
    const { status, stdout, output } = run(command, options);
    promise(status === 0, `${command.join(' ')} works: ${output}`);
    return stdout.trim();
  };

  const tarball = once(() => {
    const folder = join(root, 'packed');
    mkdirSync(folder);
    must(['npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: project });
    return join(folder, only(folder));
  });
  const modules = once(() => {
    const folder = join(root, 'installed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    must(['npm', 'install', '--silent', '--offline', '--save-dev', tarball()], { cwd: folder });
    return join(folder, 'node_modules');
  });

  return {
    ...{ root, env, run, must, tarball },
    /** keyscan as a command in PATH, with its manual page; gives the prefix. */
    installed: once(() => {
      must(['npm', 'install', '--silent', '--offline', '--global', '--prefix', global, tarball()]);
      return global;
    }),
    /** The files of this project as a repository with one commit. */
    source: once(() => {
      const folder = join(root, 'source');
      const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
      for (const path of must(['git', ...list], { cwd: project })
        .split('\0')
        .filter(Boolean))
        if (existsSync(join(project, path)))
          cpSync(join(project, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
      must(['git', 'init', '--quiet', folder]);
      must(['git', '-C', folder, 'add', '--all']);
      must(['git', '-C', folder, 'commit', '--quiet', '--no-verify', '-m', 'keyscan']);
      return folder;
    }),
    /** The first line that a program says of its version; undefined where it is not installed. */
    version(program, ...args) {
      const { status, output } = run([program, ...(args.length > 0 ? args : ['--version'])]);
      return status === null ? undefined : /\d+(?:\.\d+)+[\w.-]*/.exec(output)?.[0];
    },
    /** Makes a file be a command in PATH. */
    command(name, path) {
      symlinkSync(path, join(bin, name));
    },
    /** Packs a package from the registry into a folder of its own; gives that folder, undefined without a registry. */
    packed(name) {
      const folder = join(root, name.replace(/\W/g, '-'));
      mkdirSync(folder);
      if (run(['npm', 'pack', '--silent', name], { cwd: folder }).status !== 0) return undefined;
      must(['tar', 'xzf', only(folder)], { cwd: folder });
      return join(folder, 'package');
    },
    /** A new repository with these files committed; with `keyscan`, the package in its node_modules. */
    repository: (name, files = {}, { keyscan = true } = {}) =>
      openRepository({ root, run, must }, join(root, name), files, keyscan ? modules() : undefined),
    close: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function openRepository(world, path, files, modules) {
  const run = (command, options) => world.run(command, { cwd: path, ...options });
  const git = (...args) => world.must(['git', ...args], { cwd: path });
  const write = (name, text) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  world.must(['git', 'init', '--quiet', path]);
  if (modules) cpSync(modules, join(path, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  write('.gitignore', 'node_modules\n');
  for (const [name, text] of Object.entries(files)) write(name, text);
  git('add', '.');
  git('commit', '--quiet', '--no-verify', '-m', 'first');

  return {
    ...{ path, run, git, write },
    keyscan: (...args) =>
      run([process.execPath, join(path, 'node_modules', 'keyscan-cli', 'bin', 'keyscan.js'), ...args]),
    commit: (...args) => git('commit', '--quiet', '--no-verify', '--allow-empty', ...args),
    /** What comes of a commit with a key: see `outcome`; nothing of it is left. `args` are those of git commit. */
    commits(name = 'key.txt', args = []) {
      const head = git('rev-parse', 'HEAD');
      if (name === 'link') {
        symlinkSync('nowhere', join(path, name));
        git('add', name);
        git('commit', '--quiet', '--no-verify', '-m', 'a link');
        rmSync(join(path, name));
      }
      write(name, `token = ${neverIssuedKey()}\n`);
      if (args.length === 0) git('add', name);
      const { status, output } = run(['git', 'commit', '--quiet', '-m', 'a key', ...args]);
      git('reset', '--quiet', '--hard', head);
      return outcome(status, output);
    },
    /** The same of a push of several branches, with the key in the last one. */
    pushes() {
      const head = git('rev-parse', 'HEAD');
      write('key.txt', `token = ${neverIssuedKey()}\n`);
      git('add', 'key.txt');
      git('commit', '--quiet', '--no-verify', '-m', 'a key');
      git('branch', '--force', 'guilty');
      git('reset', '--quiet', '--hard', head);
      const remote = mkdtempSync(join(world.root, 'remote-'));
      git('init', '--quiet', '--bare', remote);
      const { status, output } = run(['git', 'push', '--quiet', remote, 'HEAD:refs/heads/a', 'guilty']);
      git('branch', '--quiet', '-D', 'guilty');
      return outcome(status, output);
    },
    /** The work tree and the hooks. */
    snapshot() {
      const inside = (name) => {
        if (/^node_modules$|^\.git\/(?!hooks)/.test(name)) return [];
        const status = lstatSync(join(path, name));
        if (status.isDirectory())
          return readdirSync(join(path, name))
            .sort()
            .flatMap((each) => inside(join(name, each)));
        const hash = createHash('sha256')
          .update(readFileSync(join(path, name)))
          .digest('hex');
        return [`${name} ${status.mode.toString(8)} ${hash}`];
      };
      return inside('.').join('\n');
    },
  };
}

/** `landed`, `refused` by keyscan, or what was said instead: a hook that breaks refuses, too. */
function outcome(status, output) {
  if (status === 0) return 'landed';
  return judged(output) ? 'refused' : output;
}

/** Whether keyscan has spoken, of a key. */
export const judged = (output) => /sk-proj-…\S{4}/u.test(output);

export function promise(kept, what) {
  if (!kept) throw new Error(`not true: ${what}`);
}

/** The shape of today's project keys; put together so that no file of ours holds half a key. */
export function neverIssuedKey() {
  const body = (length) => randomBytes(length).toString('base64url').slice(0, length);
  return ['sk-proj-', body(74), 'T3Bl', 'bkFJ', body(72), 'xA'].join('');
}

/** The only example below a heading of one of our documents. */
export function snippet(path, heading) {
  const text = readFileSync(join(project, path), 'utf8');
  const section = text.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const found = [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, example]) => example);
  promise(found.length === 1, `${path} has one example below "${heading}"`);
  return found[0];
}

function once(make) {
  let made;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function only(folder) {
  const [file] = readdirSync(folder);
  return file;
}
