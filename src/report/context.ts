// What a report has to know beside its content.

import type { Confidence, RuleText } from '../model.ts';

export interface ReportContext {
  /** The least sure finding that counts. */
  readonly failOn: Confidence;
  /** List what was skipped and ignored, too. */
  readonly verbose: boolean;
  /** Say nothing when there is nothing to act on. */
  readonly quiet: boolean;
  /** When the run began and ended; only in formats that cannot do without: the same bytes give the same report. */
  readonly started: Date;
  readonly ended: Date;
  describe(ruleId: string): RuleText;
}
