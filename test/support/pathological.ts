// Lines made to be slow: built from what the detector looks for, so that every byte is a beginning of something.

import { MARKER } from '../../src/rules/form.ts';

const half = Math.floor(MARKER.length / 2);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const percent = (text: string): string => Array.from(text, (char) => `%${hex(char)}`).join('');
const jsonEscaped = (text: string): string => Array.from(text, (char) => `\\u00${hex(char)}`).join('');
const jwtHead = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');
const cookie = '__Secure-next-auth.session-token';

/** A unit that is repeated to fill the line, by name. */
export const PATHOLOGICAL: Readonly<Record<string, string>> = {
  markers: MARKER,
  'half markers': MARKER.slice(0, half),
  'markers apart': `${MARKER}aB3`,
  'prefix and marker': `sk-proj-${MARKER}`,
  'prefixes only': 'sk-',
  'project prefixes': 'sk-proj-',
  'dashed names': 'sk-a-b-c-d-',
  'token characters': 'aZ09_-',
  'one letter': 'a',
  'a key without end': `sk-proj-${'aB3dE'.repeat(14)}${MARKER}${'fG7hI'.repeat(14)}`,
  'sess-': 'sess-',
  ek_: 'ek_0',
  whsec: 'whsec_openai',
  'at-': 'at-codex',
  'refresh tokens': '"refresh_token":"',
  // keyscan:ignore-next-line -- made to be slow, not a key
  'refresh tokens with values': '"refresh_token":"aB3dE7gH9jK1mN5pQ8","auth.openai.com"',
  'jwt heads': `${jwtHead}.`,
  'jwt dots': 'eyJ.eyJ.eyJ.',
  'jwt without end': 'eyJhbGciOiJSUzI1NiJ9aaaa',
  'cookie names': `${cookie}=`,
  'cookie heads': `${cookie}=eyJhbGciOiJkaXIi..`,
  'azure signatures': 'JQQJ99BA',
  'azure provider': 'AAABACOG',
  'azure hosts': '.openai.azure.com api-key: ',
  'azure names and digits': 'AZURE_OPENAI_API_KEY=0123456789abcdef ',
  'hexadecimal digits': '0123456789abcdef',
  names: 'OPENAI_API_KEY=',
  'names and quotes': 'OPENAI_API_KEY="',
  // keyscan:ignore-next-line -- made to be slow, not a key
  'names and values': 'OPENAI_API_KEY="aB3dE7gH9jK1mN5pQ8rS2tU4" ',
  'names in json': '{"openai_api_key":"',
  'names in escaped json': '{\\"openai_api_key\\":\\"',
  'a name without end': 'OPENAI_',
  // keyscan:ignore-next-line -- made to be slow, not a key
  exposures: 'NEXT_PUBLIC_OPENAI_API_KEY ',
  quotes: '"',
  'quotes and plus': '" + "',
  'single quotes': "'",
  backticks: '`$' + '{"a"}',
  'array of letters': '"s", "k", "-", ',
  backslashes: '\\',
  'backslash quotes': '\\"',
  'backslash n': '\\n',
  'json escapes': jsonEscaped('sk-'),
  'json escapes of markers': jsonEscaped(MARKER),
  'percent escapes': percent('sk-'),
  'percent escapes of markers': percent(MARKER),
  percents: '%',
  'html entities': '&#115;&#x6b;&quot;',
  'half entities': '&#',
  ampersands: '&',
  'hex of markers': hex(MARKER),
  'hex of keys': hex(`sk-proj-aB3dE7gH${MARKER}`),
  'backslash x': '\\x73\\x6b\\x2d',
  octal: '\\163\\153\\055',
  braces: '\\u{73}',
  'base64 of markers': base64(`${MARKER}x`),
  'base64 of base64': base64(base64(base64(`sk-proj-aB3dE7gH9jK1mN5pQ8rS${MARKER}`))),
  'base64 of base64 of zeros': base64(base64('\0\0\0\0\0\0')),
  'base64 of text': base64('lorem ipsum dolor sit amet, '),
  'base64 padded': 'c2st=',
  nulls: '\0',
  'nulls and letters': 's\0',
  'nulls and letters, wide': 's\0\0\0',
  'wide markers': Array.from(MARKER, (char) => `${char}\0`).join(''),
  'broken wide': '\0s\0k-',
  'byte order marks': '\xff\xfe',
  'ansi colours': '\x1b[32m',
  'ansi without end': '\x1b[',
  'ansi in markers': `${MARKER.slice(0, half)}\x1b[0m${MARKER.slice(half)}`,
  spaces: ' ',
  equals: '=',
  dashes: '-',
  'high bytes': '\xe9\xff',
  'carriage returns': '\r',
  'lines of one letter': 'a\n',
  'line feeds': '\n',
};

/** `length` bytes of one unit. */
export function pathological(name: string, length: number): Buffer {
  return Buffer.alloc(length, Buffer.from(PATHOLOGICAL[name] ?? name, 'latin1'));
}
