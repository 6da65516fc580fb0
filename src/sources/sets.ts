// Sets of small numbers, each kept once, a bit for a number: most commits of a history hold the same of what matters, and
// one with a thousand versions of it has a thousand sets of its past.

/** Names a set; 0 is the empty one. */
export type SetId = number;

export interface Members extends Iterable<number> {
  readonly size: number;
  has(member: number): boolean;
}

export interface Sets {
  of(members: Iterable<number>): SetId;
  union(one: SetId, other: SetId): SetId;
  members(id: SetId): readonly number[];
  has(id: SetId, member: number): boolean;
  /** The same object whenever it is asked for; in ascending order. */
  all(id: SetId): Members;
}

export function openSets(): Sets {
  const kept: Kept[] = [NOTHING];
  const ids = new Map<string, SetId>([['', 0]]);
  const unions = new Map<string, SetId>();
  const all = (id: SetId): Kept => kept[id] ?? NOTHING;

  function keep(bits: Uint32Array): SetId {
    const key = Buffer.from(bits.buffer, bits.byteOffset, bits.byteLength).toString('latin1');
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, kept.length);
    return kept.push(keptOf(bits)) - 1;
  }

  function of(given: Iterable<number>): SetId {
    const members = [...given];
    const most = members.reduce((one, other) => Math.max(one, other), -1);
    const bits = new Uint32Array((most >> 5) + 1);
    for (const member of members) bits[member >> 5] = wordAt(bits, member >> 5) | (1 << (member & 31));
    return keep(bits);
  }

  function union(one: SetId, other: SetId): SetId {
    if (one === other || other === 0) return one;
    if (one === 0) return other;
    const key = one < other ? `${one},${other}` : `${other},${one}`;
    const known = unions.get(key);
    if (known !== undefined) return known;
    const [few, many] = [all(one).bits, all(other).bits].sort((a, b) => a.length - b.length) as [
      Uint32Array,
      Uint32Array,
    ];
    const bits = many.slice();
    for (const [at, word] of few.entries()) bits[at] = wordAt(bits, at) | word;
    const both = keep(bits);
    unions.set(key, both);
    return both;
  }

  return { of, union, members: (id) => [...all(id)], has: (id, member) => all(id).has(member), all };
}

/** No word of zeros at the end, so that the same members are the same bits. */
interface Kept extends Members {
  readonly bits: Uint32Array;
}

function keptOf(bits: Uint32Array): Kept {
  let size: number | undefined;
  return {
    bits,
    get size() {
      size ??= [...membersOf(bits)].length;
      return size;
    },
    has: (member) => (wordAt(bits, member >> 5) & (1 << (member & 31))) !== 0,
    [Symbol.iterator]: () => membersOf(bits),
  };
}

function* membersOf(bits: Uint32Array): Generator<number, undefined, undefined> {
  for (const [at, word] of bits.entries())
    for (let rest = word; rest !== 0; rest &= rest - 1) yield 32 * at + 31 - Math.clz32(rest & -rest);
}

const wordAt = (bits: Uint32Array, at: number): number => bits[at] ?? 0;
const NOTHING = keptOf(new Uint32Array());
