// Where an object differs from what it is a delta of: what was inserted, and where two pieces meet that did not.

/** Stretches `[from, to)` of an object in ascending order; an empty one is a seam between two pieces. */
export interface Seams {
  /** `origin`: where in the base that begins which follows the stretch, if anything of it does. */
  add(from: number, to: number, origin: number): void;
  /** Both for stretch 0, then for stretch 1 and so on. */
  readonly bounds: Uint32Array;
  /** What stands between a stretch and the next is one piece of the base, which begins here. */
  readonly origins: Uint32Array;
  readonly count: number;
}

/** Stretches that are nearer than `gap` bytes become one. Used again for each object, after `clear`. */
export function openSeams(gap: number): Seams & { clear(): void } {
  let bounds: Uint32Array = new Uint32Array(64);
  let origins: Uint32Array = new Uint32Array(32);
  let count = 0;
  return {
    get bounds() {
      return bounds;
    },
    get origins() {
      return origins;
    },
    get count() {
      return count;
    },
    clear: () => {
      count = 0;
    },
    add: (from, to, origin) => {
      if (count === 0 || from - (bounds[2 * count - 1] as number) >= gap) {
        if (count === origins.length) {
          bounds = larger(bounds);
          origins = larger(origins);
        }
        bounds[2 * count] = from;
        count += 1;
      }
      bounds[2 * count - 1] = to;
      origins[count - 1] = origin;
    },
  };
}

function larger(words: Uint32Array): Uint32Array {
  const room = new Uint32Array(2 * words.length);
  room.set(words);
  return room;
}
