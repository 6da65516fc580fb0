// keyscan doctor: whether git's own hooks refuse a key, and if not, why.

import { join, resolve } from 'node:path';
import { GitError } from '../../errors.ts';
import type { Environment } from '../../git/environment.ts';
import type { HookWorld } from '../../git/hook-run.ts';
import { askGit, askGitIfAny, type Git, gitIn } from '../../git/process.ts';
import type { Repository } from '../../git/questions.ts';
import { GATED_HOOKS, type GatedHook } from '../gated.ts';
import { hooksDirectory } from '../hooks-path.ts';
import { findHost } from '../host.ts';
import { isOurs } from '../plain-git.ts';
import { HookRefusal } from '../refusal.ts';
import type { Start } from '../start.ts';
import { type Canary, withCanary } from './canary.ts';
import type { Check, Setting } from './check.ts';
import { explainPass, explainStop, lastLine, provenAt, type Scene } from './explain.ts';
import { prove, type Remote, refusesItself } from './prove.ts';
import { lookAround } from './surroundings.ts';

export interface Examination {
  readonly repository: Repository;
  readonly env: Environment;
  /** The keyscan that asks. */
  readonly start: Start;
  /** Told before a hook is run, which may take as long as its author likes. */
  readonly watch: (hook: string) => void;
}

/** In the order in which they are to be read. Throws HookRefusal where nothing is committed. */
export async function examine({ repository, env, start, watch }: Examination): Promise<readonly Check[]> {
  const top = repository.topLevel;
  if (repository.isBare || top === null) throw new HookRefusal({ kind: 'no-work-tree' });
  const git = gitIn(top, env);
  const known: Check[] = [{ code: 'git', version: repository.version }];
  const setting = await hooksPathSetting(repository, top);
  const directory = await hooksDirectoryOrOff(repository, top);
  if (directory === undefined)
    return [...known, { code: 'hooks-off', setting: setting ?? { value: '', origin: '' } }];

  const own = join(repository.commonDir, 'hooks');
  const scene: Scene = { repository, top, directory, own, setting, host: findHost(top, directory), env };
  const hooks = GATED_HOOKS.filter(
    ({ name, strict }) => !strict || [directory, own].some((each) => isOurs(each, name)),
  );
  known.push({ code: 'hooks-path', path: directory, setting });
  try {
    const world: HookWorld = {
      git: git.path,
      version: repository.version,
      execPath: await answer(git, ['--exec-path']),
      top,
      hooksDir: directory,
      env,
    };
    const remote = await remoteOf(git);
    await withCanary(git, async (canary) => {
      for (const hook of hooks) {
        watch(hook.name);
        known.push(...(await examineHook({ scene, world, canary, remote, start }, hook)));
      }
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    known.push({ code: 'git-failed', message: error.message, hint: error.hint });
  }
  return [...known, ...lookAround(scene, hooks, start.entry)];
}

interface Trial {
  readonly scene: Scene;
  readonly world: HookWorld;
  readonly canary: Canary;
  readonly remote: Remote;
  readonly start: Start;
}

async function examineHook(
  { scene, world, canary, remote, start }: Trial,
  hook: GatedHook,
): Promise<readonly Check[]> {
  const proof = await prove(world, canary, hook, remote);
  if (proof.kind === 'passed') {
    const itself = () => refusesItself(world, canary, hook, remote, start);
    return [await explainPass(scene, hook, itself)];
  }
  if (proof.kind === 'stopped') return [explainStop(scene, hook, proof)];
  const proven = provenAt(scene, hook);
  const { code, output } = proof.clean;
  if (code === 0) return [{ code: 'refused', ...proven }];
  return REPORT.test(output ?? '')
    ? [
        { code: 'refused', ...proven },
        { code: 'staged-findings', ...proven },
      ]
    : [{ code: 'fails', said: lastLine(output ?? ''), ...proven }];
}

/** The first line of a report that refuses, src/report/human.ts. */
const REPORT = /^keyscan: [^\n]{0,200} \d{1,9} OpenAI credentials?\./m;

async function hooksPathSetting(repository: Repository, top: string): Promise<Setting | undefined> {
  const value = await repository.config('core.hooksPath');
  const origin = (await repository.configOrigin('core.hooksPath')) ?? '';
  return value === undefined
    ? undefined
    : { value, origin: origin.replace(/^file:(.*)$/s, (_, path: string) => `file:${resolve(top, path)}`) };
}

async function hooksDirectoryOrOff(repository: Repository, top: string): Promise<string | undefined> {
  try {
    return (await hooksDirectory(repository, top)).path;
  } catch (error) {
    if (error instanceof HookRefusal && error.refusal.kind === 'hooks-off') return undefined;
    throw error;
  }
}

/** What git says of the place a push goes to; the password in an address is nobody's business. */
async function remoteOf(git: Git): Promise<Remote> {
  const names = (await answer(git, ['remote'])).split('\n').filter(Boolean);
  const name = names.includes('origin') ? 'origin' : names[0];
  if (name === undefined) return { name: 'keyscan-doctor', url: 'keyscan-doctor' };
  const url = (await askGitIfAny(git, ['remote', 'get-url', '--push', name]))?.toString('utf8').trimEnd();
  return { name, url: (url ?? name).replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1') };
}

const answer = async (git: Git, args: readonly string[]): Promise<string> =>
  (await askGit(git, args)).toString('utf8').trimEnd();
