// Hands a report over: findings to standard output or files, everything else to standard error.

import { ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Confidence, Detector, Report } from '../model.ts';
import type { ScanOptions } from '../options.ts';
import { useColor } from '../report/color.ts';
import type { ReportContext } from '../report/context.ts';
import { renderHuman, renderPlain } from '../report/human.ts';
import { exitCodeOf } from '../scan.ts';
import { print } from './print.ts';

/** With what the policy has settled. */
export type SettledOptions = ScanOptions & { readonly failOn: Confidence };

/**
 * Prints what a scan came to and gives its exit code, after the last byte has left. Problems come first. A report that
 * cannot be written is exit code 2, and the findings then go to standard output, so that nothing found is lost.
 */
export async function deliver(
  report: Report,
  options: SettledOptions,
  io: Io,
  detector: Detector,
): Promise<ExitCode> {
  const { format, output } = options;
  const context = contextOf(options, detector);
  const isPrinted = output === undefined || output === '-';
  const files = [...(isPrinted ? [] : [{ format, file: output }]), ...options.report];
  const isPlain = format === 'human' && files.length === 0;
  // So it is with nearly every commit, and making streams takes time.
  if (isPlain && renderPlain(report, context) === '') return exitCodeOf(report, options);

  const human = (stream: Io['stdout']) =>
    renderHuman(report, { ...context, color: useColor(options.color, io.env, stream) });
  const around = human(io.stderr);
  let isShown = false;
  const show = async (text: string): Promise<void> => {
    await print(io.stdout, text);
    isShown = true;
  };

  await print(io.stderr, around.problems);
  const failures: string[] = [];
  try {
    const more = isPlain ? undefined : await import('./write-reports.ts');
    const asked = async () =>
      more && format !== 'human' ? more.render(format, report, context, io.cwd) : human(io.stdout).findings;
    if (isPrinted) await show(await asked());
    failures.push(...((await more?.writeReports(report, { format, files, context }, io, detector)) ?? []));
    if (failures.length > 0 && !isShown) await show(await asked());
  } catch (error) {
    // A bug in one format hides nothing that was found.
    if (!isShown) await show(human(io.stdout).findings);
    throw error;
  }
  await print(io.stderr, around.closing);
  await print(io.stderr, failures.map((failure) => `keyscan: ${failure}\n`).join(''));
  return failures.length > 0 ? ExitCode.incomplete : exitCodeOf(report, options);
}

function contextOf({ failOn, verbose, quiet }: SettledOptions, detector: Detector): ReportContext {
  return {
    failOn,
    verbose,
    quiet,
    started: new Date(Date.now() - process.uptime() * 1000),
    ended: new Date(),
    describe: (ruleId) => detector.describe(ruleId),
  };
}
