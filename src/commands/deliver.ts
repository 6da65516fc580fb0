// Hands a report over: findings to standard output or a file, everything else to standard error.

import { ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Detector, Report } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { useColor } from '../report/color.ts';
import { type HumanReport, renderHuman } from '../report/human.ts';
import { renderJson } from '../report/json.ts';
import { exitCodeOf } from '../scan.ts';
import { print } from './print.ts';

/**
 * Prints what a scan came to and gives its exit code, after the last byte has left. Problems come first. A report file
 * that cannot be written is exit code 2, and the report then goes to standard output, so that nothing found is lost.
 */
export async function deliver(
  report: Report,
  options: ScanOptions,
  io: Io,
  detector: Detector,
): Promise<ExitCode> {
  const human = (color: boolean) =>
    renderHuman(report, { ...options, color, describe: (ruleId) => detector.describe(ruleId) });
  const json = options.format === 'json' ? renderJson(report) : undefined;
  const filed = json ?? whole(human(false));
  // So it is with nearly every commit, and making streams takes time.
  if (filed === '' && options.output === undefined) return exitCodeOf(report, options);
  const around = human(useColor(options.color, io.env, io.stderr));
  const printed = () => json ?? human(useColor(options.color, io.env, io.stdout)).findings;

  await print(io.stderr, around.problems);
  const unwritten = await writeOut(options.output, io, filed, printed);
  await print(io.stderr, around.closing);
  if (!unwritten) return exitCodeOf(report, options);
  await print(io.stderr, `keyscan: ${unwritten.message}\n`);
  return ExitCode.incomplete;
}

/** What a file gets has everything; what is printed has the rest on the other stream. */
async function writeOut(
  output: string | undefined,
  io: Io,
  filed: string,
  printed: () => string,
): Promise<UsageError | undefined> {
  if (output === undefined || output === '-') {
    await print(io.stdout, printed());
    return undefined;
  }
  const { writeReport } = await import('./write-report.ts');
  try {
    await writeReport(output, filed, io.cwd);
    return undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await print(io.stdout, printed());
    return error;
  }
}

const whole = ({ problems, findings, closing }: HumanReport): string => problems + findings + closing;
