// What the tests of install and uninstall share: running the verbs, trying to commit a fresh key, comparing folders.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { run as runInstall } from '../../src/commands/install.ts';
import { run as runUninstall } from '../../src/commands/uninstall.ts';
import { GATED_HOOKS, type GatedHook } from '../../src/hooks/gated.ts';
import { DEFAULT_OPTIONS, type Options } from '../../src/options.ts';
import { freshKey } from '../support/keys.ts';
import type { ScratchRepository, WorkTree } from '../support/repository.ts';

export const PROJECT = dirname(dirname(__dirname));

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Call extends Partial<Pick<Options, 'manager' | 'strict' | 'global'>> {
  /** From the top of the work tree. */
  readonly cwd?: string;
}

const hookOf = (name: string): GatedHook => {
  const hook = GATED_HOOKS.find((each) => each.name === name);
  if (!hook) throw new Error(`no hook ${name}`);
  return hook;
};
export const COMMIT = hookOf('pre-commit');
export const PUSH = hookOf('pre-push');
export const STRICT = hookOf('reference-transaction');

export const install = (tree: WorkTree, call: Call = {}): Promise<Said> => say(runInstall, tree, call);
export const uninstall = (tree: WorkTree, call: Call = {}): Promise<Said> => say(runUninstall, tree, call);

async function say(run: typeof runInstall, tree: WorkTree, { cwd = '.', ...options }: Call): Promise<Said> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([]), stdout, stderr, env: tree.env, cwd: join(tree.path, cwd) };
  const code = await run({ ...DEFAULT_OPTIONS, ...options }, io);
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** As `install`, and it has to work. */
export async function guard(tree: WorkTree, call: Call = {}): Promise<string> {
  const { code, stdout, stderr } = await install(tree, call);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

let count = 0;

/** Stages a new file with a fresh key and commits with all hooks on. `stderr` is what git and its hooks said. */
export function commitKey(tree: WorkTree, env: Readonly<Record<string, string>> = {}) {
  const path = `key-${++count}.txt`;
  tree.write(path, `token = ${freshKey()}\n`);
  tree.git('add', path);
  const { status, stderr } = tree.tryGit(['commit', '-m', `add ${path}`], { env });
  const landed = tree.tryGit(['cat-file', '-e', `HEAD:${path}`]).status === 0;
  if (!landed) tree.git('rm', '--quiet', '--cached', path);
  return { status, stderr, landed };
}

/** Without a gate the key is committed: what is tested below is the gate, not a commit that fails anyway. */
export function expectLeak(tree: WorkTree): void {
  expect(commitKey(tree)).toMatchObject({ status: 0, landed: true });
}

/** What keyscan prints of the key (CONTRACT §4): its prefix, then at most the last four characters. */
export const PREVIEW = /sk-proj-…\S{4}\s/u;

/** keyscan refuses: exit code 1 of git, nothing recorded, and it is keyscan that says so. */
export function expectRefused(tree: WorkTree, env: Readonly<Record<string, string>> = {}): void {
  const { status, landed, stderr } = commitKey(tree, env);
  expect({ status, landed }).toEqual({ status: 1, landed: false });
  expect(stderr).toMatch(PREVIEW);
}

/** Commits a fresh key past all hooks and pushes it to a new bare repository with all hooks on. */
export function pushKey(tree: WorkTree, env: Readonly<Record<string, string>> = {}) {
  const path = `pushed-${++count}.txt`;
  const head = tree.tryGit(['rev-parse', '--verify', '--quiet', 'HEAD']).stdout.trim();
  tree.write(path, `token = ${freshKey()}\n`);
  tree.git('add', path);
  tree.git('commit', '--quiet', '--no-verify', '-m', `add ${path}`);
  const remote = join(dirname(tree.path), `remote-${count}.git`);
  tree.git('init', '--quiet', '--bare', '--template=', remote);
  const { status, stderr } = tree.tryGit(['push', '--quiet', remote, 'HEAD:refs/heads/pushed'], { env });
  const landed = tree.tryGit(['-C', remote, 'cat-file', '-e', `refs/heads/pushed:${path}`]).status === 0;
  tree.git('-c', 'core.hooksPath=/dev/null', 'update-ref', ...(head ? ['HEAD', head] : ['-d', 'HEAD']));
  tree.git('rm', '--quiet', '--cached', path);
  return { status, stderr, landed };
}

/** Without a gate the key arrives; with it, keyscan refuses the push. */
export function expectPushed(tree: WorkTree): void {
  expect(pushKey(tree)).toMatchObject({ status: 0, landed: true });
}
export function expectPushRefused(tree: WorkTree): void {
  const { status, landed, stderr } = pushKey(tree);
  expect({ status, landed }).toEqual({ status: 1, landed: false });
  expect(stderr).toMatch(PREVIEW);
}

/** Something before keyscan stages `generated`, which has a key: the commit lands without keyscan, and not with it. */
export async function expectStagedKeyRefused(tree: WorkTree, generated: string): Promise<void> {
  tree.write(generated, `token = ${freshKey()}\n`);
  const commit = () => tree.tryGit(['commit', '--allow-empty', '-m', 'x']);
  expect(commit().status).toBe(0);
  expect(tree.git('cat-file', 'blob', 'HEAD:generated.txt')).toMatch(/sk-proj-/);
  tree.git('rm', '--quiet', '--cached', 'generated.txt');
  tree.git('commit', '--quiet', '--no-verify', '-m', 'out');
  await guard(tree);
  const refused = commit();
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(PREVIEW);
}

/** A clean commit says exactly what it says with hooks off. */
export function expectSilent(tree: WorkTree): void {
  const said = [[], ['-c', 'core.hooksPath=/dev/null']].map((options) => {
    const path = `clean-${++count}.txt`;
    tree.write(path, 'nothing to see here\n');
    tree.git('add', path);
    const { status, stdout, stderr } = tree.tryGit([...options, 'commit', '-m', 'clean']);
    return {
      status,
      stderr,
      stdout: stdout.replace(/[0-9a-f]{7,}|clean-\d+/g, '…').replace(' (root-commit)', ''),
    };
  });
  expect(said[0]).toEqual(said[1]);
  expect(said[0]?.status).toBe(0);
}

/** Everything about a folder that an uninstall has to give back; `without` names what is left out. */
export function snapshot(folder: string, without = /(?!)/): Record<string, string> {
  if (!existsSync(folder)) return {};
  const inside = (name: string): string[] =>
    without.test(name)
      ? []
      : [
          name,
          ...(lstatSync(join(folder, name)).isDirectory()
            ? readdirSync(join(folder, name)).flatMap((each) => inside(join(name, each)))
            : []),
        ];
  const names = readdirSync(folder).flatMap(inside).sort();
  return Object.fromEntries(names.map((name) => [name, contentOf(join(folder, name))]));
}

function contentOf(path: string): string {
  const status = lstatSync(path);
  const mode = (status.mode & 0o7777).toString(8);
  if (status.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (status.isDirectory()) return `folder ${mode}`;
  return `file ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** Where git itself looks for hooks, absolute. */
export const hooksFolder = (tree: WorkTree): string =>
  resolve(tree.path, tree.git('rev-parse', '--git-path', 'hooks'));

export function writeHook(tree: WorkTree, name: string, content: string | Buffer, mode = 0o755): string {
  const path = join(hooksFolder(tree), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** keyscan-cli as npm installs it below `folder`, to be broken or removed at will. */
export function installPackage(folder: string): {
  readonly path: string;
  keyscan(tree: WorkTree, ...args: string[]): Said;
} {
  const path = join(folder, 'node_modules', 'keyscan-cli');
  for (const part of ['package.json', 'bin', 'dist', 'rules'])
    cpSync(join(PROJECT, part), join(path, part), { recursive: true });
  return {
    path,
    keyscan: (tree, ...args) => {
      const program = join(path, 'bin', 'keyscan.js');
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: tree.path,
        env: tree.env,
        encoding: 'utf8',
      });
      return { code: status ?? -1, stdout, stderr };
    },
  };
}

/** A work tree of the same world (HOME, configuration) at any path. */
export function treeAt(repository: ScratchRepository, path: string): WorkTree {
  const way = relative(repository.path, path);
  const tryGit: WorkTree['tryGit'] = (args, options = {}) =>
    repository.tryGit(args, { ...options, cwd: join(way, options.cwd ?? '.') });
  return {
    ...repository,
    path,
    tryGit,
    write: (name, content) => repository.write(join(way, name), content),
    git: (...args) => {
      const { status, stdout, stderr } = tryGit(args);
      if (status !== 0) throw new Error(`git ${args[0]} ended with ${status}: ${stderr}`);
      return stdout.replace(/\n$/, '');
    },
  };
}

/** The same repository for somebody with other variables in the environment. */
export function withVariables(
  repository: ScratchRepository,
  variables: Readonly<Record<string, string | undefined>>,
): ScratchRepository {
  const tryGit: WorkTree['tryGit'] = (args, options = {}) =>
    repository.tryGit(args, { ...options, env: { ...variables, ...options.env } });
  const env = { ...repository.env, ...variables };
  return { ...repository, ...treeAt({ ...repository, tryGit }, repository.path), tryGit, env };
}

/** A hook that does not look into the places of the whole machine, where the one the tests run on may have a Node. */
export const withoutSystemNode = (hook: string): string =>
  hook.replaceAll(/ \/(?:opt|home|usr)\/\S*bin\/node/g, ' /nowhere/node');

/**
 * A merge that needs nobody's help and yet makes a key neither side has: a merge driver writes it. Arranged past all
 * hooks; `args` are what starts it.
 */
function arrangeLeakyMerge(tree: WorkTree): readonly string[] {
  const source = join(tree.path, tree.git('rev-parse', '--git-path', 'generated'));
  writeFileSync(source, `token = ${freshKey()}\n`);
  tree.git('config', 'merge.leaky.driver', `cp '${source}' %A`);
  for (const [branch, from] of [['base'], ['side', 'base'], ['other', 'base']] as const) {
    tree.git('switch', '--quiet', '--create', branch, ...(from ? [from] : []));
    tree.write('.gitattributes', 'file.txt merge=leaky\n');
    tree.write('file.txt', `${branch}\n`);
    tree.commit();
  }
  return ['merge', '--no-edit', 'side'];
}

/** The hook stops it; without hooks the key lands. `off` is how hooks are switched off. */
export function expectMergeRefused(
  tree: WorkTree,
  off: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv },
): void {
  const merge = arrangeLeakyMerge(tree);
  const head = tree.git('rev-parse', 'HEAD');
  expect(tree.tryGit([...(off.args ?? []), ...merge], { env: off.env ?? {} }).status).toBe(0);
  expect(tree.git('cat-file', 'blob', 'HEAD:file.txt')).toMatch(/sk-proj-/);
  tree.git('reset', '--quiet', '--hard', head);
  const refused = tree.tryGit(merge);
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toMatch(PREVIEW);
  expect(tree.git('rev-parse', 'HEAD')).toBe(head);
}
