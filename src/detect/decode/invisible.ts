// Characters nobody sees, which editors, web pages and chats put between the letters of long words, in UTF-8.

import type { ReadEscape } from './decoder.ts';

/** Soft hyphen, zero-width space, non-joiner and joiner, word joiner, zero-width no-break space. */
const INVISIBLE = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'].map((char) =>
  Buffer.from(char),
);

/** They mean no character at all. */
export const readInvisible: ReadEscape = (bytes, at, to) => {
  for (const char of INVISIBLE)
    if (at + char.length <= to && char.every((byte, index) => bytes[at + index] === byte))
      return { byte: -1, length: char.length };
  return undefined;
};
