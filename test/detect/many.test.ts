// Many keys in one text, written in one way from its first to its last byte: none is lost between windows, runs and stretches.

import { freshKey } from '../support/keys.ts';
import { seed, seeded } from '../support/random.ts';
import { scan } from '../support/scanning.ts';

const random = seeded(seed);
/** A window holds some 6,000 in plain text, and a few hundred as it is written longest. */
const N = 1500;
const lines = Array.from({ length: N }, () => `OPENAI_API_KEY=${freshKey('F11', random)}\n`);
const text = lines.join('');
const tight = Array.from({ length: N }, () => freshKey('F11', random)).join(' ');
const hex = (char: string) => char.charCodeAt(0).toString(16);
const CASES: readonly [string, Buffer][] = [
  ['plain', Buffer.from(text)],
  ['hex', Buffer.from(Buffer.from(text).toString('hex'))],
  ['HEX', Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
  ['hex tight', Buffer.from(Buffer.from(tight).toString('hex'))],
  ['base64', Buffer.from(Buffer.from(text).toString('base64'))],
  ['base64 tight', Buffer.from(Buffer.from(tight).toString('base64'))],
  ['base64 wrapped', Buffer.from(Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n'))],
  ['base64 twice', Buffer.from(Buffer.from(Buffer.from(text).toString('base64')).toString('base64'))],
  ['utf16', Buffer.from(text, 'utf16le')],
  ['\\x', Buffer.from([...text].map((c) => `\\x${hex(c)}`).join(''))],
  ['decimal', Buffer.from([...text].map((c) => c.charCodeAt(0)).join(', '))],
  ['percent', Buffer.from([...text].map((c) => `%${hex(c)}`).join(''))],
  ['json escapes', Buffer.from(JSON.stringify(text))],
  ['reversed', Buffer.from([...text].reverse().join(''))],
];
test.each(CASES)(`%s (KEYSCAN_TEST_SEED=${seed})`, (_, bytes) => {
  expect(new Set(scan(bytes).map(({ fingerprint }) => fingerprint)).size).toBe(N);
});
