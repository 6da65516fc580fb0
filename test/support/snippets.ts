// The examples in our documents, to be run: each with the heading it stands under.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

export interface Snippet {
  /** The nearest heading above it. */
  readonly section: string;
  /** `yaml`, `sh`, … */
  readonly language: string;
  readonly text: string;
}

/** `path` is from the top of the project. */
export function snippetsOf(path: string): readonly Snippet[] {
  const found: Snippet[] = [];
  let section = '';
  for (const [, heading, language, text] of readFileSync(join(root, path), 'utf8').matchAll(BLOCKS))
    if (heading !== undefined) section = heading;
    else if (language !== undefined && text !== undefined) found.push({ section, language, text });
  return found;
}

/** Throws where there is none, or more than one. */
export function snippet(path: string, section: string, language?: string): string {
  const found = snippetsOf(path).filter(
    (each) => each.section === section && (language === undefined || each.language === language),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${path}: ${found.length} examples below "${section}"`);
  return only.text;
}

const BLOCKS = /^#+ (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm;
