// Whether any of the literals stands in a text, told at once by a program that runs only for a moment: V8 interprets the
// search of literal-search.ts until it has become hot, and a hook is over by then (bench/README.md).

export interface ColdSearch {
  /** Where texts are put. */
  readonly room: Buffer;
  /** Whether `search` of literal-search.ts would find anything in this part of the room. */
  holds(part: Buffer): boolean;
}

/** Nothing but bytes: the build makes them, because every commit would wait for it. */
export interface ColdParts {
  /** cold-search.wat, assembled. */
  readonly module: Uint8Array;
  /** What `coldTable` says of the literals. */
  readonly table: Uint8Array;
  /** How many literals there are. */
  readonly count: number;
}

export function openColdSearch({ module, table, count }: ColdParts): ColdSearch {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
  const { memory, index, holds } = exports as Exports;
  const bytes = Buffer.from(memory.buffer);
  bytes.set(table, ENTRIES);
  index(ENTRIES, ENTRIES + ENTRY * count);
  return {
    room: bytes.subarray(ROOM),
    // Where it begins in the memory is its address there.
    holds: ({ byteOffset, length }) => holds(byteOffset, byteOffset + length) !== 0,
  };
}

/** @types/node has the name alone, and the types of browsers are none of ours. */
declare global {
  namespace WebAssembly {
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module);
      readonly exports: unknown;
    }
  }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  index(entry: number, end: number): void;
  holds(from: number, to: number): number;
}

/**
 * The entries of the literals and the literals themselves. `windows` is what `windowsOf` says of them. Throws an Error when
 * there are too many for the memory that cold-search.wat has for them.
 */
export function coldTable(literals: readonly string[], windows: readonly number[]): Uint8Array {
  const text = Buffer.from(literals.join(''), 'latin1');
  const table = Buffer.alloc(ENTRY * literals.length + text.length);
  if (ENTRIES + table.length > ROOM) throw new Error('too many literals for the memory of the cold search');
  let start = ENTRY * literals.length;
  table.set(text, start);
  for (const [index, { length }] of literals.entries()) {
    const entry = ENTRY * index;
    table.writeUInt16LE(ENTRIES + start, entry);
    table.writeUInt8(length, entry + 2);
    table.writeUInt8(windows[index] as number, entry + 3);
    start += length;
  }
  return table;
}

/** Addresses in the memory, and the bytes of an entry: see cold-search.wat. */
const ENTRIES = 32_768;
const ROOM = 65_536;
const ENTRY = 8;
