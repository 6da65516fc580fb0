// Markdown for GitHub in which the text of others is only ever text.

import { display } from './display.ts';

/** Text in which nothing is a link, a table, code, HTML or a symbol (`:100:`), to go on behind something else in a line. */
export function plain(text: string): string {
  return display(text).replace(/[\\`*_{}[\]<>#!|~&$@]|:(?=\S)|(?<=www)\./gi, '\\$&');
}

/** The same, with its https addresses as links. */
export function linked(text: string): string {
  return text
    .split(ADDRESS)
    .map((part, at) => (at % 2 === 0 ? plain(part) : `<${part}>`))
    .join('');
}

/** Without the punctuation that ends a sentence after it. One group, so that `split` keeps the addresses. */
export const ADDRESS = /(https:\/\/[\w.~:/?#@!$&'()*+,;=%-]*[\w/#=&%~+-])/;
