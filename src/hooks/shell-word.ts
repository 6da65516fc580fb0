// Text as one word for sh, and back.

/** Whatever is in it: spaces, quotes, newlines, non-ASCII. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What `shellWord` was given; only for what it has made. */
export const textOfWord = (word: string): string => word.slice(1, -1).replaceAll("'\\''", "'");
