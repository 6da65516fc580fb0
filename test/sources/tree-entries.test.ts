// Of a tree made by a delta only what was not copied is read: what it refers to, and where its entries begin, must come to what
// reading all of it comes to, however the delta was cut.

import fc from 'fast-check';
import { applyDelta, sizeOfTarget } from '../../src/git/packs/delta.ts';
import { openSeams } from '../../src/git/packs/seams.ts';
import { eachName } from '../../src/git/tree.ts';
import { openTreeEntries } from '../../src/sources/sieve/tree-entries.ts';
import { contentOf, deltaOf, type Piece } from '../support/deltas.ts';
import { seed } from '../support/random.ts';

const whole = { isBase: true, seams: openSeams(1) };

/** All that stands in a tree; undefined when it is none. */
function entriesOf(bytes: Buffer, idLength: number): { ids: string[]; places: number[] } | undefined {
  const ids: string[] = [];
  const places: number[] = [];
  const isTree = eachName(bytes, idLength, (_, to, mode) => {
    ids.push(bytes.toString('hex', to + 1, to + 1 + idLength));
    places.push(mode);
  });
  return isTree ? { ids, places: [...places, bytes.length] } : undefined;
}

const seamsOf = (base: Buffer, pieces: readonly Piece[], gap: number) => {
  const delta = deltaOf(base, pieces);
  const bytes = Buffer.alloc(sizeOfTarget(delta, base.length));
  const seams = openSeams(gap);
  applyDelta(base, delta, bytes, seams);
  return { bytes, seams };
};

interface Line {
  readonly mode: string;
  readonly name: string;
  readonly id: Buffer;
}
const written = ({ mode, name, id }: Line): Buffer => Buffer.concat([Buffer.from(`${mode} ${name}\0`), id]);
const treeOf = (lines: readonly Line[]): Buffer => Buffer.concat(lines.map(written));

/** Their bytes may look like entries. */
const idOf = (length: number): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes)),
    fc.nat(3).map((n) => Buffer.alloc(length, n)),
    fc.constantFrom('100644 a\0', '40000 a\0b', ' \0', '1').map((text) => Buffer.alloc(length, text)),
  );

const lineOf = (length: number): fc.Arbitrary<Line> =>
  fc.record({
    mode: fc.constantFrom('100644', '40000', '160000'),
    name: fc.constantFrom('a', 'b', 'a name', '100644 a', 'x'.repeat(60)),
    id: idOf(length),
  });

type Cut = readonly [kind: 'copy' | 'line' | 'text', a: number, b: number];
const cuts: fc.Arbitrary<readonly Cut[]> = fc.array(
  fc.tuple(fc.constantFrom('copy', 'copy', 'line', 'line', 'text'), fc.nat(), fc.nat()),
  { minLength: 1, maxLength: 6 },
);

/** Pieces of the base, mostly of whole entries, and between them what is new. */
function piecesOf(base: Buffer, places: readonly number[], fresh: Buffer, parts: readonly Cut[]): Piece[] {
  return parts.flatMap(([kind, a, b]): Piece[] => {
    const [one, two] =
      kind === 'line'
        ? [places[a % places.length] ?? 0, places[b % places.length] ?? 0]
        : [a % (base.length + 1), b % (base.length + 1)];
    const from = Math.min(one, two);
    if (kind === 'text') return a % 2 === 0 ? [fresh] : [base.subarray(from, from + (b % 40))];
    // Now and then up to the middle of an entry, where what is new ends with the rest of another one.
    return [{ from, length: Math.abs(one - two) }];
  });
}

describe.each([20, 32])('ids of %i bytes', (idLength) => {
  test(`the entries of any tree, made of any other (seed ${seed})`, () => {
    const seen = { trees: 0, others: 0, spared: 0 };
    fc.assert(
      fc.property(
        fc.array(lineOf(idLength), { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(cuts, lineOf(idLength)), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 30, 400),
        (lines, steps, gap) => {
          const read = openTreeEntries(idLength);
          let base = treeOf(lines);
          const noted = new Set<string>();
          const note = (bytes: Buffer, _: number, id: number): unknown =>
            noted.add(bytes.toString('hex', id, id + idLength));
          let known = read({ ...whole, bytes: base }, undefined, note);
          for (const [parts, line] of steps) {
            const { places = [0] } = entriesOf(base, idLength) ?? {};
            const pieces = piecesOf(base, places, written(line), parts).filter(({ length }) => length > 0);
            if (pieces.length === 0 || deltaOf(base, pieces).length < 4) return;
            const { bytes, seams } = seamsOf(base, pieces, gap);
            expect(bytes.equals(contentOf(base, pieces))).toBe(true);
            const all = entriesOf(bytes, idLength);
            let count = 0;
            const given = read({ bytes, seams, isBase: true }, known, (...entry) => {
              count += 1;
              note(...entry);
            });
            if (all === undefined) seen.others += 1;
            else {
              seen.trees += 1;
              seen.spared += all.ids.length - count;
              expect(all.ids.filter((id) => !noted.has(id))).toEqual([]);
            }
            expect(given && [...given]).toEqual(all?.places);
            base = bytes;
            known = given;
          }
        },
      ),
      { seed, numRuns: 3000 },
    );
    expect(Math.min(seen.trees, seen.others, seen.spared)).toBeGreaterThan(300);
  });

  test('what says of its base that nothing is known of it is read whole', () => {
    const base = treeOf(
      [1, 2, 3].map((n) => ({ mode: '100644', name: `${n}`, id: Buffer.alloc(idLength, n) })),
    );
    const { bytes, seams } = seamsOf(base, [{ from: 0, length: base.length }], 1);
    const count = (known: Uint32Array | undefined): number => {
      let entries = 0;
      openTreeEntries(idLength)({ bytes, seams, isBase: false }, known, () => {
        entries += 1;
      });
      return entries;
    };
    expect(count(undefined)).toBe(3);
    expect(count(openTreeEntries(idLength)({ ...whole, bytes: base }, undefined, () => undefined))).toBe(0);
  });

  test('an entry around a piece of the base after which another one would begin there', () => {
    const [one, two] = ['a', 'b'].map((name) => ({ mode: '100644', name, id: Buffer.alloc(idLength, name) }));
    const base = treeOf([one, two] as Line[]);
    const id = '100644 a\0'.length;
    const pieces = [
      Buffer.from('100644 z\0'),
      { from: id, length: 5 },
      Buffer.alloc(idLength - 5, 'z'),
      base,
    ];
    const read = openTreeEntries(idLength);
    const known = read({ ...whole, bytes: base }, undefined, () => undefined);
    const { bytes, seams } = seamsOf(base, pieces, 1);
    const given = read({ bytes, seams, isBase: true }, known, () => undefined);
    expect(given && [...given]).toEqual(entriesOf(bytes, idLength)?.places);
  });

  test('a tree of more entries than any before it', () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => ({
      mode: '100644',
      name: `${n}`,
      id: Buffer.alloc(idLength, n),
    }));
    const read = openTreeEntries(idLength);
    const base = treeOf(lines);
    const known = read({ ...whole, bytes: base }, undefined, () => undefined);
    expect(known && [...known]).toEqual(entriesOf(base, idLength)?.places);
    const { bytes, seams } = seamsOf(
      base,
      [{ from: 0, length: base.length }, written({ mode: '40000', name: 'z', id: Buffer.alloc(idLength) })],
      1,
    );
    let count = 0;
    const given = read({ bytes, seams, isBase: true }, known, () => {
      count += 1;
    });
    expect(given && [...given]).toEqual(entriesOf(bytes, idLength)?.places);
    expect(count).toBe(1);
  });
});
