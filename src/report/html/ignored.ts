// What was found and does not count, with who says so and why.

import type { IgnoredBy } from '../../model.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import type { View } from './page.ts';

const BY: Readonly<Record<IgnoredBy, string>> = {
  inline: 'a comment in the file',
  path: 'a path of the configuration',
  baseline: 'the baseline',
  committed: 'an earlier commit has it already',
  policy: 'the configuration',
};

export function ignored({ report }: View): Markup {
  if (report.ignored.length === 0) return NOTHING;
  const isCommitted = report.ignored.some(({ by }) => by === 'committed');
  return html`<section class="section">
<h2>Ignored</h2>
${isCommitted ? html`<p class="note warning">What is committed already was let pass, not because it is harmless: whoever has the history has the key. Revoke it.</p>` : NOTHING}
<table>
<thead><tr><th scope="col">Which</th><th scope="col">Where</th><th scope="col">Because of</th><th scope="col">Reason</th></tr></thead>
<tbody>
${report.ignored.map(
  ({ preview, path, line, by, reason }) =>
    html`<tr><td><code>${preview}</code></td><td><code class="path">${path}</code> line ${line}</td><td>${BY[by]}</td><td>${reason}</td></tr>
`,
)}
</tbody>
</table>
</section>`;
}
