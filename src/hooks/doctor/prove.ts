// The proof for one hook: git's own hook, with a test key before it and without.

import { type Ended, type HookCall, type HookWorld, runAsHook, runHook } from '../../git/hook-run.ts';
import type { GatedHook } from '../gated.ts';
import type { Start } from '../start.ts';
import type { Bait, Canary } from './canary.ts';

export interface Remote {
  readonly name: string;
  readonly url: string;
}

/**
 * `refused`: keyscan has refused the key; `clean` is what came of the same without it. `passed`: nobody has. `stopped`:
 * somebody else has, or nothing could run.
 */
export type Proof = Tried<'refused'> | Tried<'stopped'> | { readonly kind: 'passed' };

export interface Tried<Kind extends string> {
  readonly kind: Kind;
  readonly key: Ended;
  readonly clean: Ended;
}

export async function prove(
  world: HookWorld,
  canary: Canary,
  hook: GatedHook,
  remote: Remote,
): Promise<Proof> {
  const attempt = async (bait: Bait) => {
    const call = callOf(canary, hook, remote, bait);
    const ended = await runHook(world, call);
    canary.tidy();
    // What is not staged any more cannot be refused.
    const isVoid = ended.code === 0 && bait === 'key' && hook.asks && !(await canary.isStillIn(call.env));
    return { ended, isVoid };
  };
  const first = await attempt('key');
  const { ended: key } = first.isVoid ? await attempt('kept') : first;
  if (key.code === 0) return { kind: 'passed' };
  const { ended: clean } = await attempt('clean');
  return { kind: canary.isNamedIn(key.output ?? '') ? 'refused' : 'stopped', key, clean };
}

/** Whether keyscan itself, started without any hook, refuses the key. */
export async function refusesItself(
  world: HookWorld,
  canary: Canary,
  hook: GatedHook,
  remote: Remote,
  { node, entry }: Pick<Start, 'node' | 'entry'>,
): Promise<boolean> {
  const call = callOf(canary, hook, remote, 'key');
  const { code, output } = await runAsHook(world, call, node, [entry, hook.name, ...call.args]);
  return code !== 0 && canary.isNamedIn(output ?? '');
}

function callOf(canary: Canary, { name }: GatedHook, remote: Remote, bait: Bait): HookCall {
  switch (name) {
    case 'pre-push':
      return {
        name,
        args: [remote.name, remote.url],
        env: canary.objects,
        stdin: canary.pushed(bait),
      };
    case 'reference-transaction':
      return { name, args: ['prepared'], env: canary.objects, stdin: canary.updated(bait) };
    default:
      return { name, args: [], env: canary.staged(bait) };
  }
}
