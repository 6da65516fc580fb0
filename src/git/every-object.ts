// Objects read in one go, however many there are.

import { GitError } from '../errors.ts';
import { cutObjects, type Read } from './cut-objects.ts';
import { type Git, type GitProcess, startGit } from './process.ts';

/**
 * One answer for each id, in order, some at a time, with ids written while objects are read: memory does not grow with their number.
 * An object's content may throw GitError when it is damaged; the rest follows all the same, read by another git.
 * Throws GitError when git was ended from outside, and for more damaged objects than a look at the rest is worth.
 */
export async function* readEvery(
  git: Git,
  ids: AsyncIterable<readonly string[]>,
): AsyncGenerator<readonly Read[], void, undefined> {
  const asked = ids[Symbol.asyncIterator]();
  let waiting: readonly string[] = [];
  for (let damaged = 0; ; damaged += 1) {
    const run = startRun(git, waiting, asked);
    try {
      const broken = yield* run.answers();
      if (broken === undefined) return;
      if (damaged === MOST_DAMAGED || !broken.isOwnEnd) throw broken.error;
      if (!broken.wasGiven) yield [[broken.oid, 'damaged']];
      waiting = broken.rest;
    } finally {
      await run.stop();
    }
  }
}

const MOST_DAMAGED = 100;

interface Broken {
  readonly oid: string;
  /** Whether its content was handed out, so that whoever read it knows. */
  readonly wasGiven: boolean;
  /** git has ended by itself, as it does at a damaged object. */
  readonly isOwnEnd: boolean;
  readonly error: GitError;
  readonly rest: readonly string[];
}

function startRun(git: Git, first: readonly string[], more: AsyncIterator<readonly string[]>) {
  const child = startGit(git, ['cat-file', '--batch', '--buffer']);
  const queue = openQueue();
  let isStopped = false;
  const pumped = pump();
  pumped.catch((error: unknown) => {
    queue.fail(error);
    child.kill();
  });

  async function pump(): Promise<void> {
    if (first.length > 0) await ask(first);
    while (!isStopped) {
      const { done, value } = await more.next();
      if (done) break;
      await ask(value);
    }
    queue.end();
    child.stdin.end();
  }

  async function ask(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    queue.add(ids);
    if (!child.stdin.write(ids.map((id) => `${id}\n`).join(''))) await drained(child);
  }

  async function* answers(): AsyncGenerator<readonly Read[], Broken | undefined, undefined> {
    /** The one that is being answered, and the last that was handed out. */
    let oid: string | undefined;
    let given: string | undefined;
    const asked = (): string | undefined => {
      oid = queue.take();
      return oid;
    };
    try {
      for await (const reads of cutObjects(child.stdout, asked, fail)) {
        given = reads.at(-1)?.[0];
        yield reads;
      }
      oid = await queue.next();
      if (oid !== undefined) await fail('ended or broke off early');
      await child.ended;
      return undefined;
    } catch (error) {
      queue.check();
      if (!(error instanceof GitError) || oid === undefined) throw error;
      isStopped = true;
      child.kill();
      // What has been taken from the list by then is waiting in the queue.
      await pumped;
      const isOwnEnd = error instanceof Ended && error.isOwn;
      return { oid, wasGiven: oid === given, isOwnEnd, error, rest: queue.rest() };
    }
  }

  /** How git ended says more than what it printed. */
  async function fail(how: string): Promise<never> {
    const timer = setTimeout(() => child.kill(), PATIENCE);
    const error = await child.ended.then(
      () => new GitError(`git cat-file ${how}`),
      (ended: GitError) => ended,
    );
    clearTimeout(timer);
    throw new Ended(error, /ended with 128\b/.test(error.message));
  }

  return {
    answers,
    stop: async () => {
      isStopped = true;
      child.kill();
      await pumped.catch(() => undefined);
    },
  };
}

class Ended extends GitError {
  readonly isOwn: boolean;
  constructor({ message, detail }: GitError, isOwn: boolean) {
    super(message, detail);
    this.isOwn = isOwn;
  }
}

/** Milliseconds a git has to end after its output has. */
const PATIENCE = 2000;

/** A git that has ended reads no more. */
async function drained({ stdin }: GitProcess): Promise<void> {
  if (stdin.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stdin.off('drain', done);
      stdin.off('close', done);
      resolve();
    };
    stdin.on('drain', done);
    stdin.on('close', done);
  });
}

/** Ids asked for and not yet answered, in order. */
function openQueue() {
  let batches: (readonly string[])[] = [];
  let at = 0;
  let isComplete = false;
  let failed: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;

  function take(): string | undefined {
    for (let [batch] = batches; batch; [batch] = batches) {
      at += 1;
      if (at <= batch.length) return batch[at - 1];
      batches.shift();
      at = 0;
    }
    return undefined;
  }

  function check(): void {
    if (failed) throw failed.error;
  }

  async function next(): Promise<string | undefined> {
    for (;;) {
      const oid = take();
      if (oid !== undefined) return oid;
      check();
      if (isComplete) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    /** Undefined when there is none by now. */
    take,
    /** Undefined when there will be none. */
    next,
    /** Throws what `fail` was told. */
    check,
    add: (ids: readonly string[]) => {
      batches.push(ids);
      wake();
    },
    end: () => {
      isComplete = true;
      wake();
    },
    fail: (error: unknown) => {
      failed = { error };
      wake();
    },
    /** Those nobody has taken. */
    rest: (): readonly string[] => {
      const [first = [], ...others] = batches;
      batches = [];
      return [...first.slice(at), ...others.flat()];
    },
  };
}
