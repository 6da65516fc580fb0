// The files by which a step of GitHub Actions speaks to its job: the summary people read, and its outputs.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Io } from '../io.ts';
import type { Report } from '../model.ts';
import type { ReportContext } from '../report/context.ts';
import { renderSummary } from '../report/github-summary.ts';
import { weigh } from '../report/order.ts';

/** GitHub drops a summary that is larger, and says so in an error of its own. */
const LARGEST_SUMMARY = 1 << 20;

/** Appends to the files that GITHUB_STEP_SUMMARY and GITHUB_OUTPUT name; what fails is said in a sentence each. */
export async function writeGithubFiles(report: Report, context: ReportContext, io: Io): Promise<string[]> {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = io.env;
  const count = weigh(report.findings, context.failOn).counting.length;
  const failures = [
    summary ? await append(summary, (size) => renderSummary(report, context, LARGEST_SUMMARY - size)) : '',
    output ? await append(output, () => `findings=${count}\n`) : '',
  ];
  return failures.flatMap((code, at) =>
    code === '' ? [] : [`$${at === 0 ? 'GITHUB_STEP_SUMMARY' : 'GITHUB_OUTPUT'} cannot be written: ${code}`],
  );
}

/** `text` is told how many bytes are there already. Gives the code of what went wrong, empty when nothing did. */
async function append(path: string, text: (size: number) => string): Promise<string> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0 } = constants;
  try {
    const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
    try {
      await file.writeFile(text((await file.stat()).size));
    } finally {
      await file.close();
    }
    return '';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
