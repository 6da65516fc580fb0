// Two things measured in turn, so that whatever else the machine does touches both alike.

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

/** Milliseconds: medians of `rounds` rounds of each, after one round that does not count. */
export function paired(work, floor, rounds) {
  const times = { work: [], floor: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of [
      ['floor', floor],
      ['work', work],
    ]) {
      const started = performance.now();
      run();
      if (round > 0) times[name].push(performance.now() - started);
    }
  }
  return { workMs: median(times.work), floorMs: median(times.floor) };
}
