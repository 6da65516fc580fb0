// Real git repositories in a folder of their own, in an environment nobody else's settings reach.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A work tree; every path is meant from its top. */
export interface WorkTree {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a file, with its folders. Strings as UTF-8. */
  write(path: string, content: string | Uint8Array): void;
  /** Runs git and expects it to succeed; gives stdout without the last line end. */
  git(...args: string[]): string;
  /** Runs git whatever comes of it; `input` is its stdin, `env` is added to the environment, `cwd` from the top. */
  tryGit(
    args: readonly string[],
    options?: { input?: string | Uint8Array; env?: Variables; cwd?: string },
  ): Ran;
  /** Like `git`, with stdout as it is. */
  bytes(args: readonly string[], input?: string | Uint8Array): Buffer;
  /** Stages everything and commits it past all hooks. */
  commit(message?: string): string;
  /** A clone beside it, through an address, as from a server (a path would ignore `--depth`). */
  clone(name: string, ...args: string[]): WorkTree;
  /** A linked work tree on a new branch. */
  worktree(name: string): WorkTree;
  /** A submodule at `name`, with one commit of its own. */
  submodule(name: string): WorkTree;
}

export interface ScratchRepository extends WorkTree {
  /** The folder that holds everything, HOME included; the repository is one folder below. */
  readonly root: string;
  /** The file GIT_CONFIG_GLOBAL names. */
  readonly globalConfig: string;
  remove(): void;
}

export interface ScratchOptions {
  readonly objectFormat?: 'sha1' | 'sha256';
  readonly bare?: boolean;
}

/** An empty repository on branch `main`. Call `remove` when done (or use `withScratch`). */
export function scratchRepository(options: ScratchOptions = {}): ScratchRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'keyscan-test-')));
  const globalConfig = join(root, 'home', '.gitconfig');
  mkdirSync(dirname(globalConfig));
  writeFileSync(globalConfig, GLOBAL_CONFIG);
  const env = isolatedEnvironment(root, globalConfig);
  const path = join(root, 'repository');
  const format = options.objectFormat ? [`--object-format=${options.objectFormat}`] : [];
  const bare = options.bare ? ['--bare'] : [];
  run(root, env, ['init', '--quiet', '--initial-branch=main', '--template=', ...format, ...bare, path]);
  return {
    ...workTree(path, root, env),
    root,
    globalConfig,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** A repository for one use, removed whatever comes of it. */
export async function withScratch<T>(
  use: (repository: ScratchRepository) => T | Promise<T>,
  options?: ScratchOptions,
): Promise<T> {
  const repository = scratchRepository(options);
  try {
    return await use(repository);
  } finally {
    repository.remove();
  }
}

/** No automatic maintenance: it would work on after the test has removed the folder. */
const GLOBAL_CONFIG = `[user]
	name = Test Person
	email = person@example.com
[init]
	defaultBranch = main
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol "file"]
	allow = always
`;

const INHERITED = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'NODE_V8_COVERAGE'];

/** Only what programs need to start: no GIT_*, CI, NO_COLOR, FORCE_COLOR, GITHUB_*, HUSKY of whoever runs the tests. */
export function isolatedEnvironment(home: string, globalConfig: string): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, 'xdg'),
    GIT_CONFIG_GLOBAL: globalConfig,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: ':',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

function workTree(path: string, root: string, env: NodeJS.ProcessEnv): WorkTree {
  const git = (...args: string[]): string => run(path, env, args);
  return {
    path,
    env,
    write: (name, content) => {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    git,
    bytes: (args, input = '') => runForBytes(path, env, args, input),
    tryGit: (args, { input = '', env: more = {}, cwd = '.' } = {}) => {
      const { status, signal, stdout, stderr } = spawn(join(path, cwd), { ...env, ...more }, args, input);
      return { status, signal, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
    },
    commit: (message = 'a commit') => {
      git('add', '--all');
      return git('commit', '--quiet', '--no-verify', '--allow-empty', '-m', message);
    },
    clone: (name, ...args) => {
      run(root, env, ['clone', '--quiet', ...args, `file://${path}`, join(root, name)]);
      return workTree(join(root, name), root, env);
    },
    worktree: (name) => {
      const linked = join(root, name);
      git('worktree', 'add', '--quiet', '-b', name, linked);
      return workTree(linked, root, env);
    },
    submodule: (name) => {
      const origin = join(root, `${name}-origin`);
      run(root, env, ['init', '--quiet', '--template=', origin]);
      run(origin, env, ['commit', '--quiet', '--allow-empty', '-m', 'first']);
      git('submodule', '--quiet', 'add', origin, name);
      return workTree(join(path, name), root, env);
    },
  };
}

function run(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): string {
  return runForBytes(cwd, env, args, '').toString('utf8').replace(/\n$/, '');
}

function runForBytes(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input: string | Uint8Array,
): Buffer {
  const { status, signal, stdout, stderr } = spawn(cwd, env, args, input);
  if (status !== 0) throw new Error(`git ${args[0]} ended with ${status ?? signal}: ${stderr}`);
  return stdout;
}

function spawn(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  input: string | Uint8Array,
): SpawnSyncReturns<Buffer> {
  const result = spawnSync('git', args, { cwd, env, input, maxBuffer: 1 << 30 });
  if (result.error) throw result.error;
  return result;
}

/** Appends to a file of the repository's git directory, such as `info/attributes`. */
export function appendToGitDir(tree: WorkTree, name: string, content: string): void {
  const file = join(tree.git('rev-parse', '--absolute-git-dir'), name);
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, content);
}
