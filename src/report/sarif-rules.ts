// The rules of a SARIF report: only those that a result names, with what GitHub shows beside an alert.

import type { Confidence, RuleText, Severity } from '../model.ts';
import { display } from './display.ts';
import { linked } from './markdown.ts';

const LONGEST_DESCRIPTION = 1024;

/** A string, read as a CVSS score: above 9.0 critical, from 7.0 high, from 4.0 medium. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};

export const LEVEL: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

const PRECISION: Readonly<Record<Confidence, string>> = {
  certain: 'very-high',
  likely: 'high',
  possible: 'medium',
};

export function rulesOf(
  results: readonly { readonly ruleId: string }[],
  describe: (ruleId: string) => RuleText,
) {
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  return ids.map(describe).map(({ id, title, severity, confidence, summary, advice, links }) => {
    const [link] = links;
    const more = links.filter((each) => !advice.some((sentence) => sentence.includes(each)));
    return {
      id,
      shortDescription: { text: display(title) },
      fullDescription: { text: display(summary).slice(0, LONGEST_DESCRIPTION) },
      help: {
        text: [...advice, ...more].map(display).join('\n'),
        markdown: [
          linked(summary),
          '',
          ...advice.map((sentence, at) => `${at + 1}. ${linked(sentence)}`),
          ...(more.length > 0 ? ['', ...more.map((each) => `- ${linked(each)}`)] : []),
        ].join('\n'),
      },
      ...(link === undefined ? {} : { helpUri: link }),
      defaultConfiguration: { level: LEVEL[severity] },
      properties: {
        tags: ['security', 'secret', 'external/cwe/cwe-798'],
        precision: PRECISION[confidence],
        'security-severity': SECURITY_SEVERITY[severity],
      },
    };
  });
}
