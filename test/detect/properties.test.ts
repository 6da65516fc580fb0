// What must hold for every input: how it is cut into chunks does not matter, and what stands around a key does not hide it.

import fc from 'fast-check';
import type { Detection } from '../../src/model.ts';
import { ENCODINGS } from '../support/encodings.ts';
import { freshKey } from '../support/keys.ts';
import { inLine, LINE_SHAPES } from '../support/line-shapes.ts';
import { marked, SHAPES, written } from '../support/matrix.ts';
import { pick } from '../support/placed.ts';
import { seed, seeded } from '../support/random.ts';
import { scan, scanChunks } from '../support/scanning.ts';

const settings = { seed: seed | 0, numRuns: 300 };

/** Numbers, from which files are made: a failure prints the number, never a key. */
const anyFile = fc.nat();

function* chunksOf(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** Every chunk in one of two buffers; what it held is gone as soon as the next chunk has been taken. */
function* inTurns(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let [buffer, other] = [Buffer.alloc(0), Buffer.alloc(0)];
  for (const chunk of chunks) {
    [buffer, other] = [other.length < chunk.length ? Buffer.alloc(chunk.length) : other, buffer];
    buffer.set(chunk);
    yield buffer.subarray(0, chunk.length);
    other.fill(' ');
  }
}

describe(`chunks (KEYSCAN_TEST_SEED=${seed})`, () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 300 })), {
    minLength: 1,
    maxLength: 8,
  });

  test('any way of cutting a file gives what the whole gives', () => {
    fc.assert(
      fc.property(
        anyFile,
        sizes.filter((all) => all.some((size) => size > 0)),
        (from, cuts) => {
          const { bytes } = written(from);
          expect(scanChunks(chunksOf(bytes, cuts))).toEqual(scan(bytes));
        },
      ),
      settings,
    );
  });

  test('nothing and empty chunks give nothing', () => {
    expect(scanChunks([])).toEqual([]);
    expect(scanChunks([Buffer.alloc(0), Buffer.alloc(0)])).toEqual([]);
  });

  test('keys across every multiple of 64 KiB of a large file, whatever the chunks', () => {
    const random = seeded(seed);
    const step = 65_536;
    const filler = 'const answer = 42; // nothing to see here\n';
    const parts: string[] = [];
    const places: number[] = [];
    let length = 0;
    const add = (text: string): void => {
      parts.push(text);
      length += text.length;
    };
    for (let boundary = step; boundary <= 150 * step; boundary += step) {
      const from = boundary - 20 - Math.floor(random() * 160);
      while (length + filler.length < from) add(filler);
      add(`${' '.repeat(Math.max(0, from - length - 1))}\n`);
      add('OPENAI_API_KEY=');
      places.push(length);
      add(`${freshKey('F11', random)}\n`);
    }
    const bytes = Buffer.from(parts.join(''), 'latin1');
    const expected = places.map((at) => bytes.subarray(0, at).toString('latin1').split('\n').length);
    const linesOf = (found: readonly Detection[]): number[] => found.map(({ span }) => span.line);

    const whole = scan(bytes);
    expect(linesOf(whole)).toEqual(expected);
    for (const size of [4096, 65_536, 65_537, 1_048_576]) {
      expect(scanChunks(chunksOf(bytes, [size]))).toEqual(whole);
      expect(scanChunks(inTurns(chunksOf(bytes, [size])))).toEqual(whole);
    }
  });

  test('encoded keys across the same boundaries', () => {
    const random = seeded(seed + 1);
    const wide = ENCODINGS.filter(({ name }) =>
      /^(base64-(aligned|wrapped|twice)|json-u-all|percent-all|hex)/.test(name),
    );
    const line = LINE_SHAPES.find(({ name }) => name === 'syntax-dotenv');
    if (line === undefined) throw new Error('no such line shape');
    const filler = 'const answer = 42; // nothing to see here\n';
    const parts: Buffer[] = [];
    let length = 0;
    let keys = 0;
    for (let boundary = 65_536; boundary <= 80 * 65_536; boundary += 65_536) {
      const lead = Buffer.from(
        filler.repeat(Math.floor((boundary - 700 * random() - length) / filler.length)),
      );
      const sample = inLine(line, freshKey('F11', random), true, random);
      const { bytes } = pick(wide, random).place(sample, random);
      parts.push(lead, bytes, Buffer.from('\n'));
      length += lead.length + bytes.length + 1;
      keys++;
    }
    const bytes = Buffer.concat(parts);
    const whole = scan(bytes);
    expect(new Set(whole.map(({ fingerprint }) => fingerprint)).size).toBe(keys);
    expect(scanChunks(chunksOf(bytes, [65_536]))).toEqual(whole);
  });
});

describe(`surroundings (KEYSCAN_TEST_SEED=${seed})`, () => {
  const found = (text: Buffer, fingerprint: string | undefined): boolean =>
    scan(text).some((detection) => detection.fingerprint === fingerprint);
  const keyFrom = (from: number): string => {
    const random = seeded(from);
    return freshKey(pick(SHAPES.filter(marked), random), random);
  };
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw)),
    fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(text)),
    fc
      .constantFrom(
        '\ufeff',
        '\r\n',
        '\0',
        '"',
        "'",
        '`',
        '\\',
        '\\\\"',
        '%',
        '&#',
        '\\u',
        '=',
        '-',
        'sk-',
        '+',
      )
      .map((text) => Buffer.from(text.repeat(3))),
  );

  test('bytes on other lines, of any kind, do not hide a key', () => {
    fc.assert(
      fc.property(fc.nat(), bytes, bytes, (from, before, after) => {
        const key = keyFrom(from);
        const line = Buffer.from(`OPENAI_API_KEY=${key}`);
        const [alone] = scan(line);
        const newline = Buffer.from('\n');
        expect(alone).toBeDefined();
        expect(found(Buffer.concat([before, newline, line, newline, after]), alone?.fingerprint)).toBe(true);
      }),
      settings,
    );
  });

  test('bytes that are no part of a token, directly beside it, do not hide a key', () => {
    const edge = bytes.filter((raw) => !/[\w-]$/.test(raw.toString('latin1')));
    const start = bytes.filter((raw) => !/^[\w-]/.test(raw.toString('latin1')));
    fc.assert(
      fc.property(fc.nat(), edge, start, (from, before, after) => {
        const key = keyFrom(from);
        const [alone] = scan(key);
        expect(found(Buffer.concat([before, Buffer.from(key), after]), alone?.fingerprint)).toBe(true);
      }),
      settings,
    );
  });

  test('CRLF, a BOM and the file twice over find the same credential', () => {
    fc.assert(
      fc.property(fc.nat(), (from) => {
        const key = keyFrom(from);
        const text = `# settings\nOPENAI_API_KEY=${key}\nPORT=3000\n`;
        const fingerprint = scan(text)[0]?.fingerprint;
        for (const other of [text.replaceAll('\n', '\r\n'), `\ufeff${text}`, text + text]) {
          expect(found(Buffer.from(other), fingerprint)).toBe(true);
        }
        expect(scan(text + text)).toHaveLength(2);
      }),
      { ...settings, numRuns: 100 },
    );
  });
});
