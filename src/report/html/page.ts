// The report as one page that needs nothing else: no script, nothing from the network, no secret. For people who did not run
// the scan.

import { createHash } from 'node:crypto';
import type { Finding, Report } from '../../model.ts';
import type { ReportContext } from '../context.ts';
import { gravestFirst, weigh } from '../order.ts';
import { about } from './about.ts';
import { coverage } from './coverage.ts';
import { credentials, unsure } from './credentials.ts';
import { ignored } from './ignored.ts';
import { html, Markup } from './markup.ts';
import { overview } from './overview.ts';
import { STYLE } from './style.ts';
import { timeline } from './timeline/timeline.ts';
import { headline, verdict } from './verdict.ts';

/** What every section is made from. */
export interface View {
  readonly report: Report;
  readonly context: ReportContext;
  /** The gravest first. */
  readonly counting: readonly Finding[];
  readonly others: readonly Finding[];
}

/** Between head and foot, in the order of the page; a section with nothing to say is empty. */
const SECTIONS: readonly ((view: View) => Markup)[] = [
  timeline,
  overview,
  credentials,
  unsure,
  ignored,
  coverage,
];

export function renderHtml(report: Report, context: ReportContext): string {
  const { counting, others } = weigh(report.findings, context.failOn);
  const view = { report, context, counting: gravestFirst(counting), others: gravestFirst(others) };
  // Its hash is all that may style the page; there is nothing that may run.
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<title>keyscan: ${headline(view)}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${verdict(view)}
<main>
${SECTIONS.map((section) => section(view))}
</main>
${about(view)}
</body>
</html>
`.text;
}
