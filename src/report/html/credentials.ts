// One card for each credential: what it is, how sure that is, where it stands, and what to do.

import type { Confidence, Finding, Occurrence } from '../../model.ts';
import { impersonalWords } from '../places.ts';
import { html, linked, type Markup, NOTHING } from './markup.ts';
import type { View } from './page.ts';

/** With more cards than this, the steps are folded: each reader needs those of a few. */
const MOST_OPEN = 5;
const MOST_PLACES = 6;

const SURE: Readonly<Record<Confidence, string>> = {
  certain: 'Certain: no other text looks like this.',
  likely: 'Likely: its shape or what stands around it says so.',
  possible: 'Possible: a weaker sign, worth a look.',
};

export const cardId = (fingerprint: string): string => `c-${fingerprint}`;

export function credentials(view: View): Markup {
  const { counting } = view;
  if (counting.length === 0) return NOTHING;
  return html`<section class="section">
<h2>${counting.length === 1 ? 'The credential' : 'The credentials'}</h2>
${counting.map((finding) => card(finding, view, counting.length <= MOST_OPEN))}
</section>`;
}

export function unsure(view: View): Markup {
  const { others, context } = view;
  if (others.length === 0) return NOTHING;
  return html`<section class="section">
<h2>Not sure enough to count</h2>
<p class="note">Findings less sure than “${context.failOn}” do not fail the run. Have a look at them all the same.</p>
${others.map((finding) => card(finding, view, false))}
</section>`;
}

function card(finding: Finding, { context }: View, isOpen: boolean): Markup {
  const { ruleId, title, severity, confidence, fingerprint, preview, occurrences } = finding;
  const { summary, advice } = context.describe(ruleId);
  return html`<article class="card ${severity}" id="${cardId(fingerprint)}" aria-labelledby="${cardId(fingerprint)}-title">
<div class="title">
<h3 id="${cardId(fingerprint)}-title">${title}</h3>
<span class="badge ${severity}">${severity}</span>
</div>
<p class="preview"><code>${preview}</code></p>
<p>${summary}</p>
<p class="sure">${SURE[confidence]}</p>
<h4>Where it stands</h4>
${places(occurrences)}
<details class="steps"${isOpen ? html` open` : NOTHING}>
<summary><h4>What to do</h4></summary>
<ol>
${advice.map((sentence) => html`<li>${linked(sentence)}</li>\n`)}
</ol>
</details>
<p class="small">Rule <code>${ruleId}</code> · fingerprint <code>${fingerprint}</code></p>
</article>
`;
}

function places(occurrences: readonly Occurrence[]): Markup {
  const shown = occurrences.slice(0, MOST_PLACES);
  const folded = occurrences.slice(MOST_PLACES);
  return html`<ul class="places">
${shown.map(place)}</ul>
${
  folded.length === 0
    ? NOTHING
    : html`<details><summary>and ${folded.length} more</summary><ul class="places">
${folded.map(place)}</ul></details>`
}`;
}

function place(occurrence: Occurrence): Markup {
  const { path, line, column, decoded, origin } = occurrence;
  const words = [
    origin.kind === 'name' ? '' : `line ${line}, column ${column}`,
    decoded.length > 0 ? `encoded as ${[...decoded].reverse().join(' in ')}` : '',
    impersonalWords(occurrence),
  ];
  return html`<li><code class="path">${path}</code> <span>${words.filter(Boolean).join(', ')}</span></li>
`;
}
