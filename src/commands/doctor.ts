// keyscan doctor: proves with a test key that git's own hooks refuse it, and says what to do where they do not.

import { fileURLToPath } from 'node:url';
import { ExitCode, GitError } from '../errors.ts';
import { openRepository } from '../git/questions.ts';
import { GitTooOld } from '../git/version.ts';
import { type Check, LEVELS } from '../hooks/doctor/check.ts';
import { examine } from '../hooks/doctor/examine.ts';
import { startOf } from '../hooks/start.ts';
import type { Io } from '../io.ts';
import type { Options } from '../options.ts';
import { useColor } from '../report/color.ts';
import { painter } from '../report/paint.ts';
import { diagnosis, diagnosisAsData } from './doctor-words.ts';
import { print } from './print.ts';
import { orRefusal } from './refusal-words.ts';

type DoctorOptions = Pick<Options, 'format' | 'color' | 'progress'>;

/** 0: all is proven. 1: the gate does not hold. 2: that could not be found out. */
export async function run(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const { format, color } = options;
  return orRefusal(io, async () => {
    const checks = (await examined(options, io)).map(await masking());
    const text =
      format === 'json'
        ? diagnosisAsData(checks, io.cwd)
        : diagnosis(checks, io.cwd, painter(useColor(color, io.env, io.stdout)));
    await print(io.stdout, text);
    return exitCodeOf(checks);
  });
}

async function examined({ progress }: DoctorOptions, io: Io): Promise<readonly Check[]> {
  const isWatched = progress && 'isTTY' in io.stderr && io.stderr.isTTY === true;
  try {
    const repository = await openRepository(io.cwd, io.env);
    const start = startOf(fileURLToPath(import.meta.url), repository.topLevel);
    return await examine({
      repository,
      env: io.env,
      start,
      watch: (hook) =>
        isWatched && io.stderr.write(`keyscan: running the ${hook} hook, with all that is in it\n`),
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const code = error instanceof GitTooOld ? 'git-too-old' : 'git-failed';
    return [{ code, message: error.message, hint: error.hint }];
  }
}

/** What hooks and git say may hold what they have looked at. */
async function masking(): Promise<(check: Check) => Check> {
  const { builtinDetector } = await import('../detect/detector.ts');
  const detector = builtinDetector();
  return (check) => {
    if ('said' in check) return { ...check, said: detector.mask(check.said) };
    return 'message' in check ? { ...check, message: detector.mask(check.message) } : check;
  };
}

/** What is broken outweighs what is not known: there is something to mend. */
function exitCodeOf(checks: readonly Check[]): ExitCode {
  const levels = checks.map(({ code }) => LEVELS[code]);
  if (levels.includes('wrong')) return ExitCode.findings;
  return levels.includes('unknown') ? ExitCode.incomplete : ExitCode.clean;
}
