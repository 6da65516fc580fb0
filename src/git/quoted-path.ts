// Paths as git prints them in lines: those with special characters in quotes, as in C (git-config(1), core.quotePath).

import type { RawPath } from '../model.ts';

/** `undefined` for what git would not print. */
export function unquotedPath(printed: string): RawPath | undefined {
  if (!printed.startsWith('"')) return printed;
  const body = /^"((?:[^"\\]|\\[abfnrtv"\\]|\\[0-3][0-7]{2})+)"$/.exec(printed)?.[1];
  return body?.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (SPECIAL[code] ?? code),
  );
}

const SPECIAL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
