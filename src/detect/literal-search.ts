// Finds many byte strings in one pass (Wu & Manber 1994, blocks of two bytes): the prefilter every byte goes through.

export interface LiteralSearch {
  /** Calls `hit` for every occurrence in `bytes[from, to)`, in order of position; several literals may start at one. */
  search(bytes: Uint8Array, from: number, to: number, hit: (literal: number, at: number) => void): void;
}

/** Every literal must be at least this long, so that the search can skip three bytes where none can start. */
export const SHORTEST_LITERAL = 4;

const BLOCKS = 1 << 16;

/** Literals are given as latin1 strings; their index is what `hit` gets. */
export function createLiteralSearch(literals: readonly string[]): LiteralSearch {
  const patterns = literals.map((literal) => Uint8Array.from(literal, (char) => char.charCodeAt(0)));
  const skip = new Uint8Array(BLOCKS).fill(SHORTEST_LITERAL - 1);
  const endingIn = new Map<number, number[]>();

  patterns.forEach((pattern, index) => {
    if (pattern.length < SHORTEST_LITERAL)
      throw new Error(`literal ${index} is shorter than ${SHORTEST_LITERAL} bytes`);
    for (let at = 0; at + 1 < SHORTEST_LITERAL; at++) {
      const block = blockAt(pattern, at);
      skip[block] = Math.min(skip[block] ?? 0, SHORTEST_LITERAL - 2 - at);
    }
    const last = blockAt(pattern, SHORTEST_LITERAL - 2);
    endingIn.set(last, [...(endingIn.get(last) ?? []), index]);
  });

  const candidates: (readonly number[] | undefined)[] = new Array(BLOCKS);
  for (const [block, indexes] of endingIn) candidates[block] = indexes;

  return {
    search(bytes, from, to, hit) {
      const lastStart = to - SHORTEST_LITERAL;
      let at = from;
      while (at <= lastStart) {
        const block = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
        const distance = skip[block] as number;
        if (distance > 0) {
          at += distance;
          continue;
        }
        for (const index of candidates[block] ?? []) {
          if (startsAt(bytes, at, to, patterns[index] as Uint8Array)) hit(index, at);
        }
        at++;
      }
    },
  };
}

function blockAt(pattern: Uint8Array, at: number): number {
  return ((pattern[at] as number) << 8) | (pattern[at + 1] as number);
}

function startsAt(bytes: Uint8Array, at: number, to: number, pattern: Uint8Array): boolean {
  if (at + pattern.length > to) return false;
  for (let i = 0; i < pattern.length; i++) if (bytes[at + i] !== pattern[i]) return false;
  return true;
}
