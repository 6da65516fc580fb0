// Standard input as a source: one blob.

import type { Readable } from 'node:stream';
import type { Item, Source } from '../model.ts';

/** `name` is what the report calls it; UTF-8. */
export function stdinSource(stdin: Readable, name: string): Source {
  const path = Buffer.from(name, 'utf8').toString('latin1');
  async function* items(): AsyncGenerator<Item, void, undefined> {
    yield { kind: 'blob', places: [{ path, origin: { kind: 'stdin' }, previous: [] }], content: stdin };
  }
  return { mode: 'stdin', range: null, items, expected: () => 1 };
}
