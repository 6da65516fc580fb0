// Text as one word for sh.

/** Whatever is in it: spaces, quotes, newlines, non-ASCII. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
