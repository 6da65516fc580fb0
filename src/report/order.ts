// Which findings count, and which to name first where there is not room for all.

import type { Confidence, Finding, Severity } from '../model.ts';
import { OPTIONS } from '../options.ts';

export interface Weighed {
  /** At least as sure as `--fail-on`. */
  readonly counting: readonly Finding[];
  readonly others: readonly Finding[];
}

export function weigh(findings: readonly Finding[], failOn: Confidence): Weighed {
  return {
    counting: findings.filter((finding) => counts(finding, failOn)),
    others: findings.filter((finding) => !counts(finding, failOn)),
  };
}

export function counts({ confidence }: Pick<Finding, 'confidence'>, failOn: Confidence): boolean {
  const surest = OPTIONS.failOn.choices;
  return surest.indexOf(confidence) <= surest.indexOf(failOn);
}

const GRAVEST: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The gravest first, then the surest, then by place as before. */
export function gravestFirst(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, confidence }: Finding): number =>
    GRAVEST.indexOf(severity) * 10 + OPTIONS.failOn.choices.indexOf(confidence);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
