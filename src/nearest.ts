// The word a mistyped one was probably meant to be.

/** `undefined` when no candidate is near enough to be worth naming. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceBetween(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

/** Insertions, deletions, replacements, and swaps of neighbours (optimal string alignment). */
function distanceBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        cost(above, j) + 1,
        cost(row, j - 1) + 1,
        cost(above, j - 1) + (same ? 0 : 1),
        swapped ? cost(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = row;
  }
  return cost(above, b.length);
}

const cost = (row: readonly number[], at: number): number => row[at] ?? Number.POSITIVE_INFINITY;
