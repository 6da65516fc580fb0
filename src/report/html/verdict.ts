// The top of the page: what came of the scan, in a sentence and in numbers.

import type { Mode, Severity } from '../../model.ts';
import { count, size } from '../amounts.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import type { View } from './page.ts';

const SCOPE: Readonly<Record<Mode, string>> = {
  staged: 'what the next commit would record',
  files: 'the files of a folder',
  stdin: 'standard input',
  history: 'the history of the repository',
  ci: 'the change of a build',
  push: 'what a push would publish',
  message: 'a commit message',
  receive: 'what a push brought to the server',
};

type State = 'found' | 'unknown' | 'clean';

export function headline(view: View): string {
  const { counting } = view;
  if (counting.length > 0) return `${count(counting.length, 'OpenAI credential')} found`;
  return stateOf(view) === 'clean' ? 'No OpenAI credentials found' : 'Not everything could be looked at';
}

function stateOf({ report: { coverage }, counting }: View): State {
  if (counting.length > 0) return 'found';
  return coverage.complete && coverage.problems.length === 0 ? 'clean' : 'unknown';
}

export function verdict(view: View): Markup {
  const { report, context, others } = view;
  const { coverage, mode } = report;
  const state = stateOf(view);
  const range = coverage.range === null ? NOTHING : html` (<code>${coverage.range}</code>)`;
  return html`<header class="top ${state}">
<p class="brand">${KEY} keyscan</p>
<h1>${headline(view)}</h1>
<p class="lead">${explanation(view, state)}</p>
<dl class="facts">
<div><dt>Looked at</dt><dd>${SCOPE[mode]}${range}</dd></div>
<div><dt>Amount</dt><dd>${coverage.objects.toLocaleString('en')} ${coverage.objects === 1 ? 'object' : 'objects'}, ${size(coverage.bytes)}</dd></div>
<div><dt>When</dt><dd><time datetime="${context.ended.toISOString()}">${timeText(context.ended)}</time></dd></div>
</dl>
<ul class="tiles">
${SEVERITIES.map((severity) => tile(severity, view.counting.filter((each) => each.severity === severity).length, severity))}
${tile('not sure', others.length, '')}
${tile('ignored', new Set(report.ignored.map(({ fingerprint }) => fingerprint)).size, '')}
${tile('left out', coverage.skipped.length, '')}
${coverage.problems.length > 0 ? tile('not readable', coverage.problems.length, 'high') : NOTHING}
</ul>
</header>`;
}

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

function tile(name: string, number: number, style: string): Markup {
  return html`<li class="tile ${number === 0 ? 'none' : style}"><b>${number}</b> <span>${name}</span></li>`;
}

function explanation({ report, counting, others }: View, state: State): string {
  const unread =
    report.coverage.complete && report.coverage.problems.length === 0
      ? ''
      : ' Not everything could be looked at: there may be more.';
  if (state === 'found')
    return (
      `Whoever can read the places named below can use ${counting.length === 1 ? 'this credential' : 'these credentials'}. ` +
      `Revoke first: taking a key out of a file does not take it back from those who have seen it.${unread}`
    );
  if (state === 'unknown')
    return 'Nothing was found in what could be read, but that is not all there is: nothing is known to be clean.';
  const seen =
    report.coverage.skipped.length > 0
      ? 'Everything but what is listed as left out was looked at'
      : 'Everything was looked at, byte for byte';
  return others.length > 0
    ? `${seen}. Nothing is sure enough to count; what is worth a look stands below.`
    : `${seen}, and no known kind of OpenAI credential was in it.`;
}

const timeText = (date: Date): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`;

const KEY = html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><circle cx="7.5" cy="15.5" r="4.5"/><path d="M10.7 12.3 21 2m-5 5 3 3"/></svg>`;
