// The way back from what --format json has written to a report.

import schema from '../../schema/report.schema.json' with { type: 'json' };
import type { Report } from '../model.ts';
import { mismatchOf, type Schema } from './schema.ts';

/**
 * The report in `bytes` (UTF-8), or a sentence that says why it is none. `mask` takes out credentials of all its texts:
 * a report of keyscan holds none, but anybody can write a file.
 */
export function readJson(bytes: Uint8Array, mask: (text: string) => string): Report | string {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text, (_, each: unknown) => (typeof each === 'string' ? mask(each) : each));
  } catch {
    // What the error says would quote the file.
    return bytes.length === 0 ? 'is empty' : 'is not JSON, or not all of it';
  }
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value))
    return 'is not a report of keyscan --format json';
  if (value.schemaVersion !== 1) return 'is a report of another version: this keyscan reads schemaVersion 1';
  const wrong = mismatchOf(schema as Schema, value);
  return wrong === undefined ? (value as Report) : `is not a report as keyscan writes it: see ${wrong}`;
}
