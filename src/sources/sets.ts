// Sets of small numbers, each kept once: most commits of a history hold the same of what matters.

/** Names a set; 0 is the empty one. */
export type SetId = number;

export interface Sets {
  of(members: Iterable<number>): SetId;
  union(one: SetId, other: SetId): SetId;
  members(id: SetId): readonly number[];
  has(id: SetId, member: number): boolean;
  all(id: SetId): ReadonlySet<number>;
}

export function openSets(): Sets {
  const lists: (readonly number[])[] = [[]];
  const asSets = new Map<SetId, ReadonlySet<number>>();
  const ids = new Map<string, SetId>([['', 0]]);
  const unions = new Map<string, SetId>();
  const members = (id: SetId): readonly number[] => lists[id] ?? [];

  function of(given: Iterable<number>): SetId {
    const list = [...new Set(given)].sort((one, other) => one - other);
    const key = list.join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, lists.length);
    return lists.push(list) - 1;
  }

  function union(one: SetId, other: SetId): SetId {
    if (one === other || other === 0) return one;
    if (one === 0) return other;
    const key = one < other ? `${one},${other}` : `${other},${one}`;
    const known = unions.get(key);
    if (known !== undefined) return known;
    const both = of([...members(one), ...members(other)]);
    unions.set(key, both);
    return both;
  }

  function all(id: SetId): ReadonlySet<number> {
    const known = asSets.get(id) ?? new Set(members(id));
    asSets.set(id, known);
    return known;
  }

  return { of, union, members, has: (id, member) => all(id).has(member), all };
}
