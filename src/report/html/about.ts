// The foot of the page: how to read it, and what made it.

import { html, type Markup } from './markup.ts';
import type { View } from './page.ts';

export function about({ report: { tool } }: View): Markup {
  return html`<footer class="section">
<p>This page holds no credential: only its public beginning and its last four characters, enough to find it on the dashboard. It loads nothing and runs nothing.</p>
<p>keyscan ${tool.version}, rules ${tool.rules}</p>
</footer>`;
}
