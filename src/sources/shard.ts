// Splits objects over several runs by their ids, so that each is looked at by exactly one of them, on whatever machine.

import type { Shard } from '../model.ts';

/** Without a shard everything is in it. `id` holds it from `at` on; ids are hashes, so that every part gets about as many. */
export function isInShard(id: Buffer, at: number, shard: Shard | undefined): boolean {
  return shard === undefined || id.readUIntBE(at, 6) % shard.count === shard.index - 1;
}
