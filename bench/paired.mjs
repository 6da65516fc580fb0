// Times several things in turns, so that whatever else the machine does meanwhile falls on all of them alike.

/**
 * Runs every arm once per round, each round beginning with another one, and gives the milliseconds of every round. An arm
 * is a function, or `{ before, run }` where only `run` is timed. The first round only warms up.
 */
export async function inTurns(rounds, arms) {
  const names = Object.keys(arms);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      const { before, run = arms[name] } = arms[name];
      await before?.();
      const started = performance.now();
      await run();
      const took = performance.now() - started;
      if (round > 0) times[name].push(took);
    }
  }
  return times;
}

/** One row of the table: `measured` against `floor`, round by round, so that drift cancels out. */
export function compare(times, measured, floor, more = {}) {
  const ratios = times[measured].map((took, round) => took / times[floor][round]);
  return {
    measured,
    floor,
    milliseconds: median(times[measured]),
    floorMilliseconds: median(times[floor]),
    ratio: median(ratios),
    /** Half of the rounds lie between these. */
    between: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    rounds: ratios.length,
    ...more,
  };
}

const median = (numbers) => quantile(numbers, 0.5);

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}
