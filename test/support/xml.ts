// Reads XML as strictly as the standard asks.

import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of the element itself, not of those in it. */
  readonly text: string;
}

/** Every element in order of appearance. Throws when it is not well-formed XML 1.0. */
export function readXml(xml: string): Element[] {
  const parser = new SaxesParser();
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: number[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push(elements.push({ name, attributes: { ...attributes }, text: '' }) - 1);
  });
  parser.on('text', (text) => {
    const element = elements[open.at(-1) ?? -1];
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}
