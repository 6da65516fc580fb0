// A view: bytes to look at, and where each of them stands in the original.

/**
 * The original itself, or what a decoder made of a part of it. Offsets into `bytes` are view offsets; `start` and `end`
 * lead back to the original: `[start(i), end(i))` are the original bytes that view byte `i` was made from.
 */
export interface View {
  readonly bytes: Buffer;
  start(at: number): number;
  end(at: number): number;
  /** The decodings that view bytes `[from, to)` owe their looks to, outermost first. */
  viaOf(from: number, to: number): readonly string[];
  /** Whether something was taken out right before view byte `at` to put two pieces together. */
  isSeam(at: number): boolean;
  /** Decodings so far. */
  readonly depth: number;
  /** What stands around the decoded part in the view it was taken from: a credential's name may be there. */
  readonly around: string;
  /** What stands right before a part that was encoded as a whole: the name it is given to. */
  readonly before: string;
}

export function rootView(bytes: Buffer): View {
  return {
    bytes,
    start: (at) => at,
    end: (at) => at + 1,
    viaOf: () => [],
    isSeam: () => false,
    depth: 0,
    ...NOWHERE,
  };
}

type Setting = Pick<View, 'around' | 'before'>;
const NOWHERE: Setting = { around: '', before: '' };

/** What a decoder gives: bytes, with the view offsets `[starts[i], ends[i])` each was made from. */
export interface Decoded {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A view of what was decoded as a whole: base64, hexadecimal. */
export function decodedView(parent: View, decoded: Decoded, label: string, setting = NOWHERE): View {
  return layer(parent, decoded, setting, (first, last) => [...parent.viaOf(first, last), label]);
}

/** As `touchedView`, of text whose pieces were put together; where they meet stays known. */
export function joinedView(parent: View, decoded: Decoded, label: string): View {
  const { starts, ends } = decoded;
  return {
    ...touchedView(parent, decoded, label),
    isSeam: (at) => at > 0 && at < starts.length && starts[at] !== ends[at - 1],
  };
}

/** A view of text in which only some characters were replaced or taken out; the rest owes nothing to the decoder. */
export function touchedView(parent: View, decoded: Decoded, label: string | ((at: number) => string)): View {
  const { starts, ends } = decoded;
  return layer(parent, decoded, { around: parent.around, before: '' }, (first, last, from, to) => {
    const via = parent.viaOf(first, last);
    for (let i = from; i < to; i++) {
      const single = (ends[i] as number) - (starts[i] as number) === 1;
      const adjacent = i + 1 === to || starts[i + 1] === ends[i];
      if (!single || !adjacent) return [...via, typeof label === 'string' ? label : label(i)];
    }
    return via;
  });
}

function layer(
  parent: View,
  { bytes, starts, ends }: Decoded,
  setting: Setting,
  viaOf: (first: number, last: number, from: number, to: number) => readonly string[],
): View {
  return {
    bytes,
    start: (at) => parent.start(starts[at] as number),
    end: (at) => parent.end((ends[at] as number) - 1),
    viaOf: (from, to) => {
      const one = starts[from] as number;
      const other = starts[to - 1] as number;
      return viaOf(Math.min(one, other), Math.max(ends[from] as number, ends[to - 1] as number), from, to);
    },
    isSeam: () => false,
    depth: parent.depth + 1,
    ...setting,
  };
}

/** Collects decoded bytes with their places, up to a capacity known beforehand. */
export class Collector {
  private readonly bytes: Buffer;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private length = 0;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  add(byte: number, start: number, end: number): void {
    this.bytes[this.length] = byte;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length++;
  }

  /** Adds `bytes[from, to)` as they are. */
  copy(bytes: Uint8Array, from: number, to: number): void {
    const { starts, ends } = this;
    let { length } = this;
    this.length += to - from;
    for (let at = from; at < to; at++) {
      this.bytes[length] = bytes[at] as number;
      starts[length] = at;
      ends[length++] = at + 1;
    }
  }

  decoded(): Decoded {
    return {
      bytes: this.bytes.subarray(0, this.length),
      starts: this.starts.subarray(0, this.length),
      ends: this.ends.subarray(0, this.length),
    };
  }
}
