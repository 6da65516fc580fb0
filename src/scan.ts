// The one loop: every source is read to its end, every detection judged, everything accounted for.

import { ExitCode } from './errors.ts';
import { openLedger, type Seen } from './ledger.ts';
import type { Confidence, Detector, Judge, Notice, Origin, Report, Source, Verdict } from './model.ts';
import { pathText } from './path-text.ts';
import { expandForm, parseForm, TEST_KEY } from './rules/form.ts';
import { RANK } from './triage/order.ts';
import { findingsOf, ignoredOf, type Judged } from './triage/tally.ts';
import { version } from './version.ts';

export interface Scan {
  readonly source: Source;
  readonly detector: Detector;
  /** Asked for each detection at each of its places, after the last item. Without one, everything counts. */
  readonly judge?: Judge | undefined;
  /** What the judge has noticed, asked after the last hit. */
  readonly notes?: () => readonly Notice[] | Promise<readonly Notice[]>;
  /** Called whenever something has been read, so that progress can be shown. */
  readonly watch?: ((seen: Seen) => void) | undefined;
  /** Closes what the source and the judge read from. */
  readonly finish?: (() => Promise<void>) | undefined;
}

/** What source, judge and finish throw becomes a problem of the report; what was found until then stays in it. */
export async function scan({ source, detector, judge, notes, finish, watch }: Scan): Promise<Report> {
  const ledger = openLedger(detector, watch);
  if (!findsTestKey(detector))
    ledger.problem('positive control failed: keyscan does not find its own test key');
  await ledger.attempt(async () => {
    for await (const item of source.items()) await ledger.enter(item);
  });
  const missing = source.expected() - ledger.entered();
  if (missing > 0) ledger.problem(`objects unaccounted for: ${missing}`);
  if (missing < 0) ledger.problem(`objects nobody expected: ${-missing}`);

  const detected = ledger.detected();
  const attributed = await ledger.attempt(async () => source.attribute?.(detected));
  const hits: Judged[] = [];
  for (const hit of attributed ?? detected) {
    const { detection, place } = hit;
    const verdict = await ledger.attempt(async () => judge?.(hit));
    const origin = originText(place.origin, detector);
    hits.push({
      detection,
      origin,
      path: pathText(place.path, detector),
      verdict: masked(verdict, detector),
    });
  }
  const notices = (await ledger.attempt(async () => notes?.())) ?? [];
  await ledger.attempt(async () => finish?.());
  return {
    schemaVersion: 1,
    tool: {
      name: 'keyscan',
      version,
      // Asked for only by reports that print it: hashing is felt in a hook.
      get rules() {
        return detector.rulesHash;
      },
    },
    mode: source.mode,
    coverage: ledger.coverage(source),
    findings: findingsOf(
      hits,
      detector,
      source.expose?.((raw) => pathText(raw, detector)),
    ),
    ignored: ignoredOf(hits),
    notices,
  };
}

/** A reason may be taken from what was scanned. */
function masked(verdict: Verdict | undefined, detector: Detector): Verdict | undefined {
  return verdict && { ...verdict, reason: detector.mask(verdict.reason) };
}

/** CONTRACT §2: not having looked weighs more than having found, and only findings can be let through. */
export function exitCodeOf(
  report: Report,
  { failOn, exitZero }: { readonly failOn: Confidence; readonly exitZero: boolean },
): ExitCode {
  if (!report.coverage.complete || report.coverage.problems.length > 0) return ExitCode.incomplete;
  const counts = report.findings.some(({ confidence }) => RANK[confidence] >= RANK[failOn]);
  return counts && !exitZero ? ExitCode.findings : ExitCode.clean;
}

/** People's names are written by people: anything may stand in them. */
function originText(origin: Origin, detector: Detector): Origin {
  return origin.author === undefined ? origin : { ...origin, author: pathText(origin.author, detector) };
}

/**
 * Positive control (§0.5): a key of today's form, the same in every run, must be found the way every other would be.
 * Catches rules that did not load and patterns that match nothing.
 */
function findsTestKey(detector: Detector): boolean {
  const scan = detector.open();
  scan.push(testKey());
  return !scan.isEmpty();
}

/** The key of the positive control. */
export const testKey = (): Buffer => Buffer.from(expandForm(parseForm(TEST_KEY), fixedSequence()), 'latin1');

/** Numbers in [0, 1), always the same (Park and Miller's minimal standard generator). */
function fixedSequence(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
