// Which files hold policy for a run, and their content: as few looks at the disk as that takes, because every commit waits.

import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import type { RawPath } from '../model.ts';
import type { PolicyTree } from '../policy.ts';
import { isThere, readRegular, type Surroundings, wayInto, workTree } from './work-tree.ts';

export const CONFIG_NAME = '.keyscan.json';
export const BASELINE_NAME = '.keyscan-baseline';

export interface PolicyFile {
  /** What messages call it; text. */
  readonly name: string;
  /** The folder its paths are meant from, in the tree. */
  readonly folder: RawPath;
  readonly bytes: Uint8Array;
}

/** The farthest first: what stands later wins. */
export interface ConfigFiles {
  readonly user: PolicyFile | undefined;
  readonly project: readonly PolicyFile[];
  /** `--config` was given: nothing is looked for besides. */
  readonly isGiven: boolean;
}

/** Throws UsageError for one that cannot be read, and when the file of `--config` is not there. */
export async function findConfigs(
  given: string | undefined,
  tree: PolicyTree | undefined,
  around: Surroundings | undefined,
): Promise<ConfigFiles> {
  const user = around && readUser(around);
  if (given === undefined)
    return { user, project: await projectConfigs(tree, tree?.folder ?? ''), isGiven: false };
  const bytes = await readNamed(given, tree, around);
  if (bytes === undefined) throw new UsageError(`the configuration ${given} is not there`);
  return { user, project: [{ name: given, folder: '', bytes }], isGiven: true };
}

/** Whether any file may hold policy for what runs here: nothing is read. Throws UsageError where the disk does not say. */
export function arePolicyFiles(around: Surroundings): boolean {
  const { top = '', folder = '' } = workTree(around);
  const user = userConfig(around.env);
  const project = [BASELINE_NAME, ...foldersDownTo(folder).map(configIn)].map((path) =>
    join(top, textOfPath(path)),
  );
  return [...project, ...(user === undefined ? [] : [user])].some((file) => isThere(file, file));
}

/** From the top down to the folder. */
async function projectConfigs(tree: PolicyTree | undefined, folder: RawPath): Promise<PolicyFile[]> {
  const files: PolicyFile[] = [];
  for (const each of foldersDownTo(folder)) {
    const file = tree && (await readConfig(tree, each));
    if (file) files.push(file);
  }
  return files;
}

export async function readConfig(tree: PolicyTree, folder: RawPath): Promise<PolicyFile | undefined> {
  const path = configIn(folder);
  const bytes = await tree.read(path);
  return bytes && { name: textOfPath(path), folder, bytes };
}

const configIn = (folder: RawPath): RawPath => (folder === '' ? CONFIG_NAME : `${folder}/${CONFIG_NAME}`);

/** `a/b` gives the top, `a` and `a/b`. */
export function foldersDownTo(folder: RawPath): RawPath[] {
  const steps = folder === '' ? [] : folder.split('/');
  return [[], ...steps.map((_, index) => steps.slice(0, index + 1))].map((each) => each.join('/'));
}

/** What the user's own word names may be a link; in the tree that is scanned, none is followed. */
export async function readNamed(
  given: string,
  tree: PolicyTree | undefined,
  around: Surroundings | undefined,
): Promise<Uint8Array | undefined> {
  const file = resolve(around?.cwd ?? tree?.top ?? '/', given);
  const way = tree?.top === undefined ? undefined : wayInto(tree.top, file);
  return way ? tree?.read(way) : readRegular(file, given, true);
}

function readUser({ env }: Surroundings): PolicyFile | undefined {
  const file = userConfig(env);
  const bytes = file === undefined ? undefined : readRegular(file, file, true);
  return file === undefined || bytes === undefined ? undefined : { name: file, folder: '', bytes };
}

/** XDG Base Directory Specification: a relative value is to be ignored. */
function userConfig(env: Surroundings['env']): string | undefined {
  if (process.platform === 'win32') return env.APPDATA && join(env.APPDATA, 'keyscan', 'config.json');
  const { XDG_CONFIG_HOME: base, HOME: home } = env;
  if (base && isAbsolute(base)) return join(base, 'keyscan', 'config.json');
  return home && isAbsolute(home) ? join(home, '.config', 'keyscan', 'config.json') : undefined;
}

export const textOfPath = (path: RawPath): string => Buffer.from(path, 'latin1').toString('utf8');
