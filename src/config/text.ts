// The text of a file that people write: UTF-8 or UTF-16, with or without a byte order mark.

import { UsageError } from '../errors.ts';

/**
 * PowerShell writes UTF-16 where others write UTF-8 (reference/what-users-ask.md §2.9). Throws UsageError, in which `name`
 * is what the file is called, when it is neither.
 */
export function textOf(bytes: Uint8Array, name: string): string {
  try {
    // Takes the byte order mark away.
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not text: neither UTF-8 nor UTF-16`);
  }
}

/** What we read begins with an ASCII character. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || first === 0 ? 'utf-16be' : 'utf-8';
}
