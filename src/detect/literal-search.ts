// Finds many byte strings in one pass: the prefilter every byte goes through.
//
// The text is read as pairs of bytes, and each pair is looked up in a table: which kinds of windows may begin with it, and
// which may end with it. Where a pair that may begin one is followed by one that may end it, the text is looked at closely.
// No step waits for what the last one found, as skipping searches do, which is what makes it fast (bench/README.md).

export interface LiteralSearch {
  /**
   * Calls `hit` for every occurrence in order of their windows, not starts; several literals may start at one place. Of a
   * stretch: for those whose windows lie in it, at least. True when `hit` has seen enough.
   */
  search(bytes: Uint8Array, hit: OnHit, from?: number, to?: number): boolean;
}

/** What gives `true` has seen enough: the search ends. */
type OnHit = (literal: number, at: number) => unknown;

/** Every literal must be at least this long: that many bytes of it, its window, are looked for. */
export const SHORTEST_LITERAL = 4;

const WINDOW = SHORTEST_LITERAL;
const PAIRS = 1 << 16;
/** Kinds of windows; a pair's entry has a bit for each that may begin with it, and above these for those that may end. */
const KINDS = 16;
/** Pairs looked at in one step. */
const STEP = 4;
const SLOT_BITS = 12;
/** Bytes that are looked at faster one by one. */
const FEW = 96;

/**
 * Literals are given as latin1 strings; their index is what `hit` gets. `windows` is what `windowsOf` says of them.
 */
export function createLiteralSearch(literals: readonly string[], windows: readonly number[]): LiteralSearch {
  // One buffer for all: a thousand small ones are felt in every commit.
  const text = Buffer.from(literals.join(''), 'latin1');
  const starts = new Uint32Array(literals.length + 1);
  /** Where in `text` the windows stand. */
  const places = new Uint32Array(literals.length);
  /** The literals by the hash of their windows: the first one, and from each the next; counted from 1. */
  const first = new Uint16Array(1 << SLOT_BITS);
  const next = new Uint16Array(literals.length + 1);

  starts[literals.length] = text.length;
  for (let index = literals.length - 1; index >= 0; index--) {
    const start = (starts[index + 1] as number) - (literals[index] as string).length;
    const place = start + (windows[index] as number);
    starts[index] = start;
    places[index] = place;
    const slot = slotAt(text, place);
    next[index + 1] = first[slot] as number;
    first[slot] = index + 1;
  }
  const kinds = kindsOfPairs(text, places);

  /** Whether the literal stands at `at`. */
  const standsAt = (bytes: Uint8Array, index: number, at: number): boolean => {
    const start = starts[index] as number;
    const length = (starts[index + 1] as number) - start;
    if (at < 0 || at + length > bytes.length) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== text[start + i]) return false;
    return true;
  };

  /** Looks at the windows that start in `[from, to)`. True: that is enough. */
  const lookClosely = (bytes: Uint8Array, from: number, to: number, hit: OnHit): boolean => {
    for (let at = Math.max(0, from); at < to; at++) {
      for (let entry = first[slotAt(bytes, at)] as number; entry > 0; entry = next[entry] as number) {
        const start = at - (windows[entry - 1] as number);
        if (standsAt(bytes, entry - 1, start) && hit(entry - 1, start) === true) return true;
      }
    }
    return false;
  };

  const [one, two] = placesInPair();
  /** The same without the text as pairs: to have it made takes longer than to look at few. */
  const searchFew = (bytes: Uint8Array, hit: OnHit, from: number, to: number): boolean => {
    let before = 0;
    for (let at = from; at < to; at += 2) {
      const here = kinds[((bytes[at] as number) << one) | ((bytes[at + 1] as number) << two)] as number;
      if ((before & (here >>> KINDS)) !== 0) {
        const end = Math.min(at - 1, to - WINDOW + 1);
        if (lookClosely(bytes, Math.max(at - 3, from), end, hit)) return true;
      }
      before = here;
    }
    return false;
  };

  return {
    search(bytes, hit, from = 0, to = bytes.length) {
      if (to - from <= FEW) return searchFew(bytes, hit, from, to);
      const lead = bytes.byteOffset & 1;
      const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + lead, Math.max(0, to - lead) >> 1);
      let step = nextSuspect(pairs, kinds, (Math.max(0, from - lead) + 1) >> 1);
      for (; step + STEP <= pairs.length; step = nextSuspect(pairs, kinds, step + STEP)) {
        let before = step === 0 ? 0 : (kinds[pairs[step - 1] as number] as number);
        for (let pair = step; pair < step + STEP; pair++) {
          const here = kinds[pairs[pair] as number] as number;
          const end = lead + 2 * pair;
          if ((before & (here >>> KINDS)) !== 0 && lookClosely(bytes, end - 3, end - 1, hit)) return true;
          before = here;
        }
      }
      return lookClosely(bytes, lead + 2 * step - 3, to - WINDOW + 1, hit);
    },
  };
}

/**
 * For every pair the kinds of windows that may begin with it, and above these those that may end with it. Plain loops, as
 * every commit waits for it.
 */
function kindsOfPairs(text: Uint8Array, windows: Uint32Array): Int32Array {
  const kinds = new Int32Array(PAIRS);
  const [one, two] = placesInPair();
  const bits = bitsOfEndings();
  // Either a window is two pairs, or its middle is one, and its last byte begins the next, whatever follows.
  const endings = new Int32Array(256);
  for (let index = 0; index < windows.length; index++) {
    const end = text[(windows[index] as number) + 3] as number;
    endings[end] = (bits[end] as number) << KINDS;
  }
  if (one === 0) {
    kinds.set(endings);
    for (let filled = 256; filled < PAIRS; filled *= 2) kinds.copyWithin(filled, 0, filled);
  } else {
    for (let end = 0; end < 256; end++) kinds.fill(endings[end] as number, end << 8, (end + 1) << 8);
  }
  for (let index = 0; index < windows.length; index++) {
    const at = windows[index] as number;
    const kind = bits[text[at + 3] as number] as number;
    for (let step = 0; step < 3; step++) {
      const pair = ((text[at + step] as number) << one) | ((text[at + step + 1] as number) << two);
      kinds[pair] = (kinds[pair] as number) | (step === 2 ? kind << KINDS : kind);
    }
  }
  return kinds;
}

/** Pairs are read as the machine orders bytes: this far to the left stand the first and the second. */
function placesInPair(): readonly [first: number, second: number] {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [0, 8] : [8, 0];
}

/**
 * The first step from `from` on in which one pair may begin a window and the next may end it; where there is none, the
 * first that is not whole. Alone in a function, because V8 keeps everything it uses in registers then.
 */
function nextSuspect(pairs: Uint16Array, kinds: Int32Array, from: number): number {
  let before = from === 0 ? 0 : (kinds[pairs[from - 1] as number] as number);
  let step = from;
  for (; step + STEP <= pairs.length; step += STEP) {
    const one = kinds[pairs[step] as number] as number;
    const two = kinds[pairs[step + 1] as number] as number;
    const three = kinds[pairs[step + 2] as number] as number;
    const four = kinds[pairs[step + 3] as number] as number;
    const suspects =
      (before & (one >>> KINDS)) |
      (one & (two >>> KINDS)) |
      (two & (three >>> KINDS)) |
      (three & (four >>> KINDS));
    if (suspects !== 0) break;
    before = four;
  }
  return step;
}

/**
 * Last bytes of windows by their kind. Those fall together that make the fewest places of source text suspicious:
 * `npm run bench -- endings` divides them up, here for JavaScript, Python, C and Markdown and the rules that ship.
 */
const ENDINGS: readonly string[] = [
  '4F',
  'ajZy',
  '8_+',
  '3kVWq',
  'e `LM',
  'JGl%#rph',
  '}\\Etsnwo',
  '7A',
  '2xzI',
  '0-USg',
  '5BH',
  '19Q',
  'du)NCm',
  `c",'TO`,
  'f.\nKX',
  '6bYR',
];

/** For each last byte the bit of its kind; for those of other windows some bit. */
function bitsOfEndings(): Uint32Array {
  const bits = new Uint32Array(256);
  for (let end = 0; end < 256; end++) bits[end] = 1 << (end & (KINDS - 1));
  for (let kind = 0; kind < KINDS; kind++) {
    const endings = ENDINGS[kind] as string;
    for (let at = 0; at < endings.length; at++) bits[endings.charCodeAt(at)] = 1 << kind;
  }
  return bits;
}

function slotAt(bytes: Uint8Array, at: number): number {
  const window =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  // Fibonacci hashing: 2^32 divided by the golden ratio.
  return Math.imul(window, 0x9e3779b1) >>> (32 - SLOT_BITS);
}

/** For each literal where in it its window stands. Throws an Error for one that is too short. */
export function windowsOf(literals: readonly string[]): number[] {
  return literals.map(rarestWindow);
}

/** Where in a literal the four bytes stand that are rarest in source text: whatever resembles them costs a closer look. */
function rarestWindow(literal: string): number {
  if (literal.length < WINDOW) throw new Error(`a literal is shorter than ${WINDOW} bytes`);
  const rarities = [...literal].map((char) => (COMMON.includes(char) ? COMMON.indexOf(char) : COMMON.length));
  let rarest = 0;
  let highest = -1;
  // Many words begin like a common one (`open`), and few go on like it.
  for (let at = literal.length > WINDOW ? 1 : 0; at + WINDOW <= literal.length; at++) {
    const rarity = rarities.slice(at, at + WINDOW).reduce((sum, each) => sum + each);
    if (rarity < highest) continue;
    highest = rarity;
    rarest = at;
  }
  return rarest;
}

/** What source text and its documentation are made of, the commonest first: counted in Python, C, JavaScript and Markdown. */
const COMMON =
  ' etrniaso\nlcdpu",h_m.f:\tgby\')(/v*`-0=w1;{}x[T]kS2CIA>E#ORNP\\<L3M4j6|8D5F9@7&UB$+qzG?!WVXHKY%^J~QZ';
