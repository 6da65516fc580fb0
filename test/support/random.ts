// Seeded randomness: every run uses a new seed, prints it, and can be repeated with KEYSCAN_TEST_SEED.

export const seed: number = Number(process.env.KEYSCAN_TEST_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Numbers in [0, 1), the same sequence for the same seed (mulberry32). */
export function seeded(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
