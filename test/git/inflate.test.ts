// Entries of packs are inflated alike, whether Node's streams are made of what we know or of something else.

import zlib from 'node:zlib';
import { openInflate } from '../../src/git/packs/inflate.ts';
import { PackError } from '../../src/git/packs/pack-error.ts';
import { seed, seeded } from '../support/random.ts';

let isKnown = true;
jest.mock('node:zlib', () => {
  const actual = jest.requireActual('node:zlib');
  return { ...actual, createInflate: () => (isKnown ? actual.createInflate() : {}) };
});

test.each([true, false])(`known: %s (seed ${seed})`, (known) => {
  isKnown = known;
  const streams = jest.spyOn(zlib, 'inflateSync');
  const inflate = openInflate();
  const random = seeded(seed);
  for (let n = 0; n < 200; n += 1) {
    const length = Math.floor(random() ** 6 * 70_000);
    const content = Buffer.from(Array.from({ length }, () => random() * 256 ** (n % 3)));
    const compressed = zlib.deflateSync(content, { level: n % 10 });
    const target = Buffer.alloc(length + 1);
    expect(inflate(Buffer.concat([compressed, Buffer.alloc(n % 2)]), target)).toBe(length);
    expect(target.subarray(0, length).equals(content)).toBe(true);
    const turned = Buffer.from(compressed);
    const at = Math.floor(random() * turned.length);
    turned[at] = (turned[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    const read = readOf(() => inflate(turned, target));
    // Some bits of the head mean nothing to who reads it, and others make it longer.
    expect([undefined, length, length + 1]).toContain(read);
    if (read === length) expect(target.subarray(0, length).equals(content)).toBe(true);
    expect(() => inflate(compressed.subarray(0, at), target)).toThrow(PackError);
    // Without room for what there is, it says that all of the room was needed, or throws.
    const room = target.subarray(0, Math.floor(length / 2));
    expect(readOf(() => inflate(compressed, room)) ?? room.length).toBe(room.length);
  }
  expect(streams.mock.calls.length > 0).toBe(!known);
  streams.mockRestore();
});

function readOf(inflate: () => number): number | undefined {
  try {
    return inflate();
  } catch (error) {
    expect(error).toBeInstanceOf(PackError);
    return undefined;
  }
}
