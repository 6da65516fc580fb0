// Whole lines of what git prints, in whatever pieces it comes.

import type { GitError } from '../errors.ts';

/**
 * Latin1, all that have come at a time. Throws `broken` when the last has no end, or one is longer than `longest`
 * characters: that is not kept to see how it ends.
 */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer>,
  longest: number,
  broken: () => GitError,
): AsyncGenerator<readonly string[], void, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const text = rest + chunk.toString('latin1');
    const end = text.lastIndexOf('\n');
    rest = text.slice(end + 1);
    if (rest.length > longest) break;
    if (end >= 0) yield text.slice(0, end).split('\n');
  }
  if (rest !== '') throw broken();
}
