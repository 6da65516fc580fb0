// Comments like keyscan:ignore, in the content itself.

import type { Directive, Hit, Judge, Notice, RawPath } from '../model.ts';

export interface InlineOptions {
  /** Whose comments count. */
  readonly tools: ReadonlySet<Directive['tool']>;
  /** Ids of all rules. */
  readonly rules: ReadonlySet<string>;
  /** As the report shows it. */
  readonly pathText: (path: RawPath) => string;
}

export interface Inline {
  readonly judge: Judge;
  /** Comments that name no rule there is, and so ignore nothing. */
  readonly notes: () => readonly Notice[];
}

/** A comment counts for the lines a credential stands on (`Directive.line`), and for the rule it names, if any. */
export function inlineJudge({ tools, rules, pathText }: InlineOptions): Inline {
  const notices = new Map<string, Notice>();

  const note = (path: RawPath, line: number): void => {
    // The word itself is not repeated: it may be a credential.
    const reason = `the comment for line ${line} names no rule that keyscan knows, and ignores nothing`;
    notices.set(`${line} ${path}`, { path: pathText(path), reason });
  };

  return {
    judge: async ({ detection, place, directives }) => {
      const meant = directives.filter(
        (directive) => tools.has(directive.tool) && isOnLineOf(detection, directive),
      );
      for (const { ruleId, line } of meant)
        if (ruleId !== undefined && !rules.has(ruleId)) note(place.path, line);
      const found = meant.find(({ ruleId }) => ruleId === undefined || ruleId === detection.ruleId);
      return found && { by: 'inline', reason: found.reason || `a comment of ${found.tool} says so` };
    },
    notes: () => [...notices.values()],
  };
}

const isOnLineOf = ({ span }: Hit['detection'], { line }: Directive): boolean =>
  line >= span.line && line <= span.endLine;
