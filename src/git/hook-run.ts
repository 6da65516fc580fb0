// Runs a hook as git would, or a program as a hook: the one place where keyscan starts what others have written.

import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Environment } from './environment.ts';
import { isProgram } from './executable.ts';
import { isAtLeast } from './version.ts';

/** Where a hook runs: absolute paths. */
export interface HookWorld {
  readonly git: string;
  readonly version: string;
  /** `git --exec-path`. */
  readonly execPath: string;
  /** The top of the work tree. */
  readonly top: string;
  readonly hooksDir: string;
  /** What git would be started with. */
  readonly env: Environment;
}

export interface HookCall {
  readonly name: string;
  readonly args: readonly string[];
  /** Variables that git would set, beside its own. */
  readonly env: Environment;
  /** What git would say on stdin: as text, and in a file. */
  readonly stdin?: { readonly text: string; readonly path: string };
}

export interface Ended {
  /** As git sees it: a hook that cannot be started has failed. */
  readonly code: number;
  /** Both streams, the last few megabytes; null where there is no hook to run. */
  readonly output: string | null;
}

/**
 * `git hook run` came with 2.36, its --to-stdin later; hooks in the configuration, which only git finds, came with 2.54.
 * Before, git did no more than start a file.
 */
export function runHook(world: HookWorld, call: HookCall): Promise<Ended> {
  const { name, args, stdin } = call;
  const env = variables(world, call);
  if (isAtLeast(world.version, 2, stdin ? 54 : 36)) {
    const input = stdin ? [`--to-stdin=${stdin.path}`] : [];
    return run(world.git, ['hook', 'run', '--ignore-missing', ...input, name, '--', ...args], world.top, env);
  }
  const file = join(world.hooksDir, name);
  if (!isProgram(file)) return Promise.resolve({ code: 0, output: null });
  return run(file, args, world.top, env, stdin?.text);
}

/** Starts a program where the hook of that call would start. */
export function runAsHook(
  world: HookWorld,
  call: HookCall,
  program: string,
  args: readonly string[],
): Promise<Ended> {
  return run(program, args, world.top, variables(world, call), call.stdin?.text);
}

/** git puts its own programs first in PATH, and says where they are (seen with git 2.39.5). */
function variables({ env, execPath }: HookWorld, call: HookCall): NodeJS.ProcessEnv {
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...env,
    [path]: [execPath, ...(env[path] ?? '').split(delimiter).filter(isForGit(env))].join(delimiter),
    GIT_EXEC_PATH: execPath,
    GIT_PREFIX: '',
    GIT_EDITOR: ':',
    ...call.env,
  };
}

/** npm and npx put folders of the project first in PATH, where a `git commit` in a terminal does not have them. */
function isForGit(env: Environment): (folder: string) => boolean {
  if (env.npm_execpath === undefined) return () => true;
  return (folder) => !/[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(folder);
}

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input?: string,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, windowsHide: true });
    const chunks: Buffer[] = [];
    let kept = 0;
    const keep = (chunk: Buffer): void => {
      chunks.push(chunk);
      kept += chunk.length;
      while (kept > MOST_OUTPUT && chunks.length > 1) kept -= chunks.shift()?.length ?? 0;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // A hook may leave off reading.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error: NodeJS.ErrnoException) => {
      // git gives what is no program to the shell: execve(2), run-command.c.
      if (error.code === 'ENOEXEC') resolve(run('/bin/sh', [file, ...args], cwd, env, input));
      else resolve({ code: 127, output: '' });
    });
    child.on('close', (code) =>
      resolve({ code: code ?? 128, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

const MOST_OUTPUT = 1 << 22;
