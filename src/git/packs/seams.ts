// Where an object differs from what it is a delta of: what was inserted, and where two pieces meet that did not.

/** Stretches `[from, to)` of an object in ascending order; an empty one is a seam between two pieces. */
export interface Seams {
  add(from: number, to: number): void;
  /** Both for stretch 0, then for stretch 1 and so on. */
  readonly bounds: Uint32Array;
  readonly count: number;
}

/** Stretches that are nearer than `gap` bytes become one. Used again for each object, after `clear`. */
export function openSeams(gap: number): Seams & { clear(): void } {
  let bounds = new Uint32Array(64);
  let used = 0;
  return {
    get bounds() {
      return bounds;
    },
    get count() {
      return used >> 1;
    },
    clear: () => {
      used = 0;
    },
    add: (from, to) => {
      if (used > 0 && from - (bounds[used - 1] as number) < gap) {
        bounds[used - 1] = to;
        return;
      }
      if (used === bounds.length) {
        const larger = new Uint32Array(2 * used);
        larger.set(bounds);
        bounds = larger;
      }
      bounds[used] = from;
      bounds[used + 1] = to;
      used += 2;
    },
  };
}
