// HTML in which the text of others is only ever text: whatever is put into a template is escaped, unless it is markup made
// by one.

import { display } from '../display.ts';
import { ADDRESS } from '../markdown.ts';

export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** A tagged template; attributes are to stand in double quotes. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(fixed.reduce((text, next, at) => text + rendered(parts[at - 1] ?? '') + next));
}

export const NOTHING = new Markup('');

/** A sentence whose https addresses can be followed. */
export function linked(sentence: string): readonly Markup[] {
  return sentence
    .split(ADDRESS)
    .map((part, at) =>
      at % 2 === 0 ? html`${part}` : html`<a href="${part}" rel="noopener noreferrer">${part}</a>`,
    );
}

function rendered(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return display(String(part)).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
