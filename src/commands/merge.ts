// keyscan merge: puts the reports of a run together that was split over several machines.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { builtinDetector } from '../detect/detector.ts';
import { type ExitCode, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Detector, Finding, Report, RuleText } from '../model.ts';
import { OPTIONS, type ScanOptions } from '../options.ts';
import { readJson } from '../report/read-json.ts';
import { builtinRules } from '../rules/builtin.ts';
import { mergeReports, type Part } from '../triage/merge.ts';
import { deliver } from './deliver.ts';

export interface MergeOptions extends ScanOptions {
  /** Files that `--format json` has written. */
  readonly operands: readonly string[];
}

export async function run(options: MergeOptions, io: Io): Promise<ExitCode> {
  const detector = builtinDetector();
  const parts: Part[] = [];
  const unread: { readonly path: string; readonly reason: string }[] = [];
  for (const file of options.operands) {
    const name = detector.mask(file);
    const report = await reportIn(resolve(io.cwd, file), detector);
    if (typeof report === 'string') unread.push({ path: name, reason: report });
    else parts.push({ name, report });
  }
  const [first, ...others] = parts;
  if (first === undefined)
    throw new UsageError(
      `nothing to put together: ${unread.map(({ path, reason }) => `${path} ${reason}`).join('; ')}`,
      'give reports that keyscan has written with --format json',
    );
  const merged = mergeReports([first, ...others], unread);
  return deliver(
    merged,
    { ...options, failOn: options.failOn ?? OPTIONS.failOn.default },
    io,
    knowing(detector, merged),
  );
}

async function reportIn(path: string, detector: Detector): Promise<Report | string> {
  try {
    return readJson(await readFile(path), (text) => detector.mask(text));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    return code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
  }
}

/** A project's own rules are known here only by what the report says of them. */
function knowing(detector: Detector, { findings }: Report): Detector {
  const builtin = new Set(builtinRules.map(({ id }) => id));
  return {
    ...detector,
    describe: (ruleId) =>
      builtin.has(ruleId)
        ? detector.describe(ruleId)
        : textOf(
            ruleId,
            findings.find((finding) => finding.ruleId === ruleId),
          ),
  };
}

function textOf(id: string, finding: Finding | undefined): RuleText {
  const { title = id, severity = 'high', confidence = 'certain', advice } = finding ?? {};
  const summary = 'Found by a rule of the project.';
  return {
    id,
    title,
    severity,
    confidence,
    summary,
    advice: advice === undefined ? [] : [advice],
    links: [],
  };
}
