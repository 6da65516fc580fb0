// Reads HTML as browsers do.

import { type DefaultTreeAdapterMap, parse } from 'parse5';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of the element itself, not of those in it. */
  readonly text: string;
}

/** Every element, in order of appearance. */
export function readHtml(html: string): Element[] {
  const elements: Element[] = [];
  visit(parse(html));
  return elements;

  function visit(node: DefaultTreeAdapterMap['node']): void {
    if ('tagName' in node)
      elements.push({
        name: node.tagName,
        attributes: Object.fromEntries(node.attrs.map(({ name, value }) => [name, value])),
        text: node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''),
      });
    if ('childNodes' in node) node.childNodes.forEach(visit);
  }
}
