// Threads that read packs, started before there is anything to read.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { collect } from '../../collect.ts';
import type { Job, Share } from './sift.ts';

/** What a thread says: what it has cleared, and when there is nothing left to take what that refers to. */
export type Message = { readonly share: Share } | { readonly links: Uint32Array };

export interface Threads {
  /**
   * Gives what is cleared, some at a time, and hands what that refers to to `need`. Throws what a thread throws, and when one
   * ends before its work is done: what it has looked at is not known then.
   */
  sift(job: Job, need: (links: Uint32Array) => void): AsyncGenerator<Share, void, undefined>;
  close(): Promise<void>;
}

/** `program`: what each of them runs; `data`: what it is given first; `count`: how many, left out: one for each core, to a limit. */
export function openThreads(
  program: string,
  data: unknown,
  count = Math.min(availableParallelism(), MOST),
): Threads {
  const workers = Array.from(
    { length: count },
    () => new Worker(program, { workerData: data, resourceLimits: LIMITS }),
  );
  let failed: { readonly error: unknown } | undefined;
  let hear: (message?: Message) => void = () => undefined;
  for (const worker of workers) {
    const fail = (error: unknown): void => {
      failed ??= { error };
      hear();
    };
    worker.on('message', (message: Message) => hear(message));
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread has ended before its work was done')));
  }

  return {
    async *sift(job, need) {
      const shares: Share[] = [];
      let working = workers.length;
      let wake = (): void => undefined;
      hear = (message) => {
        if (message !== undefined && 'share' in message) shares.push(message.share);
        else if (message !== undefined) {
          need(message.links);
          working -= 1;
        }
        wake();
      };
      for (const worker of workers) worker.postMessage(job);
      // They are busy for a while, and this one has nothing to do.
      collect();
      for (;;) {
        if (failed) throw failed.error;
        if (shares.length > 0) yield* shares.splice(0);
        else if (working === 0) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
    close: async () => {
      hear = () => undefined;
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Each takes some 20 MB, and as much again for long chains of deltas. */
const MOST = 4;
/** Hardly anything they make is kept for long: with V8's own limits, a thread takes 10 MB more and is not faster. */
const LIMITS = { maxYoungGenerationSizeMb: 2 };
