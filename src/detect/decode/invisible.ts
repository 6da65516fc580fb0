// Characters nobody sees, which editors, web pages and chats put between the letters of long words, in UTF-8.

import { type ReadEscape, ZERO_WIDTH } from './decoder.ts';

/** With the soft hyphen. */
const INVISIBLE = [0xad, ...ZERO_WIDTH].map((codePoint) => Buffer.from(String.fromCodePoint(codePoint)));

/** They mean no character at all. */
export const readInvisible: ReadEscape = (bytes, at, to) => {
  for (const char of INVISIBLE)
    if (at + char.length <= to && char.every((byte, index) => bytes[at + index] === byte))
      return { byte: -1, length: char.length };
  return undefined;
};
