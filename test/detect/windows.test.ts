// A stream is scanned in windows of a megabyte: a key is found once and in its place, wherever one of them ends.

import { freshKey } from '../support/keys.ts';
import { scan, scanChunks } from '../support/scanning.ts';

/** Where the first window has seen enough, with 32 kB to look back and ahead (blob-scan.ts). */
const WINDOW_ENDS = 2 ** 20 + 2 ** 15;
const LINE = 'the quick brown fox, 中é\n';
const AFTER = LINE.repeat(4000);

test.each<[encoding: BufferEncoding, mark: string]>([
  ['utf8', ''],
  ['utf8', '\ufeff'],
  ['utf16le', '\ufeff'],
])('%s %j', (encoding, mark) => {
  const key = freshKey();
  const [plain] = scan(key);
  const size = (text: string) => Buffer.byteLength(text, encoding);
  for (const before of [-400, -164, -100, 0, 50, 2 ** 15 - 100]) {
    const lines = Math.floor((WINDOW_ENDS + before - 30 - size(mark)) / size(LINE)) - 1;
    const start = mark + LINE.repeat(lines);
    const indent = ' '.repeat(Math.floor((WINDOW_ENDS + before - size(start)) / size(' ')));
    const bytes = Buffer.from(`${start}${indent}${key}\n${AFTER}`, encoding);
    const [line, column] = [lines + 1, indent.length + 1];
    const found = [
      {
        fingerprint: plain?.fingerprint,
        span: { line, column, endLine: line, endColumn: column + key.length },
      },
    ];
    expect({ before, found: scanChunks([bytes]) }).toMatchObject({ before, found });
    const pieces = Array.from({ length: 40 }, (_, n) => bytes.subarray(n * 65_537, (n + 1) * 65_537));
    expect({ before, found: scanChunks(pieces) }).toMatchObject({ before, found });
  }
});
