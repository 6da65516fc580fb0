// Splits objects over several runs by their ids, so that each is looked at by exactly one of them, on whatever machine.

import type { Shard } from '../model.ts';

/** Without a shard everything is in it. `id`: hexadecimal; ids are hashes, so that every part gets about as many. */
export function isInShard(id: string, shard: Shard | undefined): boolean {
  return shard === undefined || Number.parseInt(id.slice(0, 12), 16) % shard.count === shard.index - 1;
}
