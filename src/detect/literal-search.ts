// Finds many byte strings in one pass (Wu & Manber 1994, blocks of two bytes): the prefilter every byte goes through.

export interface LiteralSearch {
  /** Calls `hit` for every occurrence in `bytes[from, to)`, nearly in order; several literals may start at one place. */
  search(bytes: Uint8Array, from: number, to: number, hit: (literal: number, at: number) => void): void;
}

/** Every literal must be at least this long, so that the search can skip three bytes where none can start. */
export const SHORTEST_LITERAL = 4;

const WINDOW = SHORTEST_LITERAL;
const BLOCKS = 1 << 16;

/**
 * Literals are given as latin1 strings; their index is what `hit` gets. `windows` is what `windowsOf` says of them. Hits
 * come in order of their windows, not starts.
 */
export function createLiteralSearch(literals: readonly string[], windows: readonly number[]): LiteralSearch {
  // One buffer for all: a thousand small ones are felt in every commit.
  const text = Buffer.from(literals.join(''), 'latin1');
  const starts = new Uint32Array(literals.length + 1);
  const skip = new Uint8Array(BLOCKS).fill(WINDOW - 1);
  /** For every block the literals whose window ends in it: the first one, and from each the next; counted from 1. */
  const first = new Uint16Array(BLOCKS);
  const next = new Uint16Array(literals.length + 1);

  starts[literals.length] = text.length;
  for (let index = literals.length - 1; index >= 0; index--) {
    const start = (starts[index + 1] as number) - (literals[index] as string).length;
    starts[index] = start;
    const window = start + (windows[index] as number);
    for (let at = 0; at + 1 < WINDOW; at++) {
      const block = blockAt(text, window + at);
      skip[block] = Math.min(skip[block] as number, WINDOW - 2 - at);
    }
    const last = blockAt(text, window + WINDOW - 2);
    next[index + 1] = first[last] as number;
    first[last] = index + 1;
  }

  /** Whether the literal stands at `at`, and ends before `to`. */
  const standsAt = (bytes: Uint8Array, index: number, at: number, to: number): boolean => {
    const start = starts[index] as number;
    const length = (starts[index + 1] as number) - start;
    if (at + length > to) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== text[start + i]) return false;
    return true;
  };

  return {
    search(bytes, from, to, hit) {
      const lastStart = to - WINDOW;
      let at = from;
      while (at <= lastStart) {
        const block = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
        const distance = skip[block] as number;
        if (distance > 0) {
          at += distance;
          continue;
        }
        for (let entry = first[block] as number; entry > 0; entry = next[entry] as number) {
          const start = at - (windows[entry - 1] as number);
          if (start >= from && standsAt(bytes, entry - 1, start, to)) hit(entry - 1, start);
        }
        at++;
      }
    },
  };
}

/** For each literal where in it the four bytes stand that are looked for. Throws an Error for one that is too short. */
export function windowsOf(literals: readonly string[]): number[] {
  return literals.map((literal) => rarestWindow(Buffer.from(literal, 'latin1')));
}

/**
 * Where in a literal the four bytes stand that are looked for: those that are rarest in source text, because every pair
 * of bytes in them keeps the search from skipping.
 */
function rarestWindow(pattern: Uint8Array): number {
  if (pattern.length < WINDOW) throw new Error(`a literal is shorter than ${WINDOW} bytes`);
  let best = 0;
  let lowest = Infinity;
  for (let at = 0; at + WINDOW <= pattern.length; at++) {
    let commonness = 0;
    for (let i = at; i + 1 < at + WINDOW; i++)
      commonness += pairCommonness(pattern[i] as number, pattern[i + 1] as number);
    if (commonness < lowest) {
      lowest = commonness;
      best = at;
    }
  }
  return best;
}

/** Two small letters stand together a hundred times more often than a digit and a capital. */
function pairCommonness(first: number, second: number): number {
  const commonness = (byte: number): number => {
    if (byte >= 0x61 && byte <= 0x7a)
      return byte === 0x6b || byte === 0x6a || byte === 0x78 || byte === 0x7a ? 3 : 5;
    if (byte === 0x20 || byte === 0x0a) return 6;
    if ((byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte === 0x2e) return 2;
    return byte >= 0x41 && byte <= 0x5a ? 2 : 3;
  };
  return commonness(first) * commonness(second);
}

function blockAt(pattern: Uint8Array, at: number): number {
  return ((pattern[at] as number) << 8) | (pattern[at + 1] as number);
}
