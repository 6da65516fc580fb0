// A git that fails in the middle of one command, at any byte, and what then becomes of a scan.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode, UsageError } from '../../src/errors.ts';
import type { Git } from '../../src/git/process.ts';
import type { Report } from '../../src/model.ts';
import { exitCodeOf } from '../../src/scan.ts';
import type { ScratchRepository } from './repository.ts';

export interface FailingGit {
  /** Does this instead of `command`; `$REAL` is the real git. */
  failing(command: string, script: string): Git;
  /** Says the first n bytes of what git would say. */
  cut(command: string, n: number, end: string): Git;
  /** Lengths at which an answer is cut: every so many bytes, and just before its end. */
  lengths(command: string, step: number): number[];
}

/** `answers`: what git says when all is well, by command. */
export function failingGit(
  repository: ScratchRepository,
  real: Git,
  answers: Readonly<Record<string, Buffer>>,
): FailingGit {
  const answer = (command: string): string => join(repository.root, command);
  for (const [command, said] of Object.entries(answers)) writeFileSync(answer(command), said);
  const failing: FailingGit['failing'] = (command, script) => {
    const path = join(repository.root, 'failing-git');
    writeFileSync(
      path,
      `#!/bin/sh\nREAL='${real.path}'\n[ "$7" = ${command} ] || exec "$REAL" "$@"\n${script}\n`,
    );
    chmodSync(path, 0o755);
    return { ...real, path };
  };
  return {
    failing,
    cut: (command, n, end) => failing(command, `head -c ${n} '${answer(command)}'; ${end}`),
    lengths: (command, step) => {
      const whole = answers[command]?.length ?? 0;
      return [...Array.from({ length: Math.ceil(whole / step) }, (_, n) => n * step), whole - 1];
    },
  };
}

/** How a git ends that has been cut. */
export const ENDS: readonly (readonly [how: string, script: string])[] = [
  ['is killed', 'kill -KILL $$'],
  ['exits with 1 and no word', 'exit 1'],
  ['exits with 128', 'echo "fatal: it broke" >&2; exit 128'],
];

/** What is never a clean run, whatever else was said. */
export const FAULTS: readonly (readonly [what: string, script: string])[] = [
  ['fails though it said everything', '"$REAL" "$@"; exit 1'],
  ['is killed though it said everything', '"$REAL" "$@"; kill -KILL $$'],
  ['says garbage first', 'echo garbage; exec "$REAL" "$@"'],
  ['says garbage last', '"$REAL" "$@"; echo garbage'],
  ['does not start', 'exec /nonexistent'],
  ['writes to a full disk', 'exec "$REAL" "$@" >/dev/full'],
];

/** The exit code of a run that reports this, or that could not begin. */
export async function verdictOf(run: () => Promise<Report>): Promise<{ code: ExitCode; found: number }> {
  try {
    const report = await run();
    return { code: exitCodeOf(report, { failOn: 'likely', exitZero: false }), found: report.findings.length };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: ExitCode.incomplete, found: 0 };
  }
}
