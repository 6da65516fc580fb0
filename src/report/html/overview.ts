// All credentials at a glance, each leading to its card.

import type { Finding } from '../../model.ts';
import { count } from '../amounts.ts';
import { cardId } from './credentials.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import type { View } from './page.ts';

/** A longer list is folded, so that the first card is not pages away. */
const LONGEST_OPEN = 12;

export function overview({ counting }: View): Markup {
  if (counting.length < 2) return NOTHING;
  const open = counting.length <= LONGEST_OPEN ? html` open` : NOTHING;
  return html`<nav class="section" aria-label="Overview">
<details${open}>
<summary><h2>All ${counting.length} at a glance</h2></summary>
<table>
<thead><tr><th scope="col">Severity</th><th scope="col">What</th><th scope="col">Which</th><th scope="col">Places</th></tr></thead>
<tbody>
${counting.map(row)}
</tbody>
</table>
</details>
</nav>`;
}

function row({ severity, title, preview, fingerprint, occurrences }: Finding): Markup {
  return html`<tr><td><span class="badge ${severity}">${severity}</span></td><td>${title}</td><td><a href="#${cardId(fingerprint)}"><code>${preview}</code></a></td><td>${count(occurrences.length, 'place')}</td></tr>
`;
}
