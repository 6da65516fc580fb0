// Every report that is not just printed for people; loaded only when one is asked for.

import type { Io } from '../io.ts';
import type { Detector, Report } from '../model.ts';
import type { Format, ReportFile } from '../options.ts';
import type { ReportContext } from '../report/context.ts';
import { display } from '../report/display.ts';
import { FORMATS } from '../report/formats.ts';
import { fromTop } from './from-top.ts';
import { writeReport } from './write-report.ts';

/** What is wanted of a run. */
export interface Wanted {
  /** How it is printed, or written to --output. */
  readonly format: Format;
  readonly files: readonly ReportFile[];
  readonly context: ReportContext;
}

/** `cwd`: where paths that were given begin. */
export async function render(
  format: Format,
  report: Report,
  context: ReportContext,
  cwd: string,
): Promise<string> {
  const { load, fromTop: isFromTop = false } = FORMATS[format];
  return (await load())(isFromTop ? fromTop(report, cwd) : report, context);
}

/** Writes every file that can be written; of the others, a sentence each says why not. */
export async function writeReports(
  report: Report,
  { format, files, context }: Wanted,
  io: Io,
  detector: Detector,
): Promise<string[]> {
  const failures: string[] = [];
  for (const { format, file } of files) {
    const why = await writeReport(file, await render(format, report, context, io.cwd), io.cwd);
    if (why !== undefined)
      failures.push(`the ${format} report ${display(detector.mask(file))} cannot be written: ${why}`);
  }
  if (![format, ...files.map((file) => file.format)].includes('github')) return failures;
  const { writeGithubFiles } = await import('./github-files.ts');
  return [...failures, ...(await writeGithubFiles(fromTop(report, io.cwd), context, io))];
}
