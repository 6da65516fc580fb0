// What was not looked at, and what else people should know.

import { html, type Markup, NOTHING } from './markup.ts';
import type { View } from './page.ts';

export function coverage({ report: { coverage, notices } }: View): Markup {
  const { complete, problems, skipped } = coverage;
  const isWhole = complete && problems.length === 0;
  return html`<section class="section">
<h2>What was looked at</h2>
<p class="note${isWhole ? '' : ' warning'}">${
    isWhole
      ? 'Everything there was is accounted for: looked at, or listed here.'
      : 'Not everything could be looked at. What is missing may hold further credentials.'
  }</p>
${list('Could not be read', problems, true)}
${list('Left out on purpose', skipped, skipped.length <= 10)}
${list('Worth knowing', notices, true)}
</section>`;
}

function list(
  title: string,
  entries: readonly { readonly path: string; readonly reason: string }[],
  isOpen: boolean,
): Markup {
  if (entries.length === 0) return NOTHING;
  return html`<details${isOpen ? html` open` : NOTHING}>
<summary><h3>${title} (${entries.length})</h3></summary>
<ul class="places">
${entries.map(
  ({ path, reason }) =>
    html`<li>${path === '' ? NOTHING : html`<code class="path">${path}</code> `}<span>${reason}</span></li>
`,
)}</ul>
</details>`;
}
