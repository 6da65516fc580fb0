// A credential written somewhere: the bytes of a file, and where in them it starts.

/** Text around a credential; `before` and `after` may hold whole lines. */
export interface Sample {
  readonly before: string;
  readonly key: string;
  readonly after: string;
}

/** `line` and `column` count from 1, columns in UTF-16 units; left out where the contract does not say. */
export interface Placed {
  readonly bytes: Buffer;
  readonly line?: number;
  readonly column?: number;
}

export interface Encoding {
  readonly name: string;
  /** What is written differently: the whole file, the text with the key in it, the key alone, or a statement of its own. */
  readonly reach: 'file' | 'text' | 'key' | 'statement';
  /** Whether `Detection.decoded` must be empty, must not be, or may be either. */
  readonly decoded: 'none' | 'some' | 'any';
  place(sample: Sample, random: () => number): Placed;
}

/** The place of `text[at]` when `text` is written as UTF-8, or as `bytesOf` does. */
export function placeAt(text: string, at: number, bytesOf: (text: string) => Buffer = utf8): Placed {
  const lines = text.slice(0, at).split('\n');
  return { bytes: bytesOf(text), line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

export const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');

export const plain: Encoding = {
  name: 'plain',
  reach: 'file',
  decoded: 'none',
  place: ({ before, key, after }) => placeAt(before + key + after, before.length),
};

export const pick = <T>(from: readonly T[], random: () => number): T =>
  from[Math.floor(random() * from.length)] as T;

/** A whole number in [from, to]. */
export const between = (from: number, to: number, random: () => number): number =>
  from + Math.floor(random() * (to - from + 1));
