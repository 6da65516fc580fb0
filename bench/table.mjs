// The rows of all workloads as a table for people.

export function table(rows) {
  const cells = rows.map((row) => [
    row.workload,
    row.measured,
    amount(row.milliseconds, row.megabytesPerSecond, row.megabytes),
    row.floor,
    amount(row.floorMilliseconds, row.floorMegabytesPerSecond, row.floorMegabytes),
    ...(row.ratio === undefined ? difference(row) : ratio(row)),
  ]);
  const all = [
    ['workload', 'measured', 'median', 'floor', 'median', 'ratio', 'half of all', 'target'],
    ...cells,
  ];
  const widths = all[0].map((_, column) => Math.max(...all.map((cell) => cell[column].length)));
  return all
    .map((cell) =>
      cell
        .map((text, i) => text.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const ratio = (row) => [
  `${row.ratio.toFixed(2)} x`,
  row.between.map((each) => each.toFixed(2)).join('-'),
  target(row),
];

function target({ ratio, target, least }) {
  if (least !== undefined) return `${ratio >= least ? 'above' : 'BELOW'} ${least}`;
  return target === undefined ? '' : `${ratio <= target ? 'within' : 'ABOVE'} ${target}`;
}

function difference({ megabytes, floorMegabytes, most }) {
  const more = megabytes - floorMegabytes;
  return [`+${more.toFixed(0)} MB`, '', `${more <= most ? 'within' : 'ABOVE'} +${most} MB`];
}

function amount(milliseconds, megabytesPerSecond, megabytes) {
  if (milliseconds === undefined) return `${megabytes.toFixed(0)} MB`;
  return megabytesPerSecond === undefined
    ? `${milliseconds.toFixed(1)} ms`
    : `${megabytesPerSecond.toFixed(0)} MB/s`;
}
