// Base64 (RFC 4648, both alphabets, padded or not), wrapped over lines, at whatever alignment a hit says.

import { firstNotBelow } from '../ascending.ts';
import { BASE64_BYTES, isSpace } from '../bytes.ts';
import { Collector, type Decoded } from '../view.ts';

/** How far a run is followed before a hit, in bytes: room for a key encoded three times, with context. */
export const BASE64_REACH = 4096;
/**
 * And after it: the further, the fewer bytes of a long run are decoded twice; what comes out is looked at as a whole. Most runs
 * with a hit are hit by chance; in one that is hit again and again it becomes twice as far each time.
 */
const AHEAD = 6144;
const FARTHEST_AHEAD = 16 * AHEAD;
const LONGEST_BREAK = 120;

const SEXTETS = (() => {
  const sextets = new Uint8Array(256);
  const order = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  [...order].forEach((char, value) => {
    sextets[char.charCodeAt(0)] = value;
  });
  sextets['-'.charCodeAt(0)] = 62;
  sextets['_'.charCodeAt(0)] = 63;
  return sextets;
})();

export interface Base64Stretch {
  readonly decoded: Decoded;
  /** View offset where the run, or what is looked at of it, begins. */
  readonly from: number;
  /** View offset where it ends. */
  readonly to: number;
  /** How far the run was followed, in bytes. */
  readonly ahead: number;
  /** View offset up to which hits are far enough from where the view of it ends. */
  readonly settled: number;
  /** Whether another hit lies in this stretch, at the same alignment. */
  holds(at: number, place: number): boolean;
}

/**
 * Decodes the base64 run around `at`, of which the character at `at` is the `place`th (0–3) of its group of four. `before`:
 * what of the same run has been decoded, up to where `at` was too near its end.
 */
export function decodeBase64(
  bytes: Uint8Array,
  at: number,
  place: number,
  before?: Base64Stretch,
): Base64Stretch {
  const ahead = before ? Math.min(2 * before.ahead, FARTHEST_AHEAD) : AHEAD;
  let from = at;
  let behind = 0;
  for (let i = previousIn(bytes, at); i >= 0 && at - i <= BASE64_REACH; i = previousIn(bytes, i), behind++)
    from = i;
  let next = at;
  let length = behind;
  for (; next >= 0 && next - at <= ahead; next = nextIn(bytes, next)) length++;
  const places = placesOfRun(bytes, from, length);
  const last = places[length - 1] as number;
  const skip = (((behind - place) % 4) + 4) % 4;
  return {
    decoded: decodeGroups(bytes, places, skip),
    from,
    to: last + 1,
    ahead,
    settled: next < 0 ? last + 1 : last - BASE64_REACH / 2,
    holds: (other, otherPlace) =>
      other <= last && other >= from && (indexIn(places, other) - otherPlace - skip) % 4 === 0,
  };
}

/** Which of the places `at` is; most runs are not wrapped. */
const indexIn = (places: Int32Array, at: number): number => {
  const index = at - (places[0] as number);
  return places[index] === at ? index : firstNotBelow(places, at);
};

/** Where the characters of a run stand that begins at `from`. */
function placesOfRun(bytes: Uint8Array, from: number, length: number): Int32Array {
  const places = new Int32Array(length);
  for (let i = 0, at = from; i < length; i++, at = nextIn(bytes, at)) places[i] = at;
  return places;
}

const TELLING = 16;

/** Whether what stands around a group of four that begins at `at` decodes to text, as far as a few groups tell. */
export function isEncodedText(bytes: Uint8Array, at: number): boolean {
  for (let from = at; from < at + TELLING && isGroup(bytes, from); from += 4)
    if (!isTextGroup(bytes, from)) return false;
  for (let from = at - 4; from >= at - TELLING && isGroup(bytes, from); from -= 4)
    if (!isTextGroup(bytes, from)) return false;
  return true;
}

function isGroup(bytes: Uint8Array, at: number): boolean {
  if (at < 0) return false;
  for (let place = 0; place < 4; place++) if (BASE64_BYTES[bytes[at + place] ?? 0] !== 1) return false;
  return true;
}

/** Nothing is kept of it: of ten thousand hits, nearly all are turned away here. */
function isTextGroup(bytes: Uint8Array, at: number): boolean {
  const bits = decodeGroup(bytes, at);
  return isTextByte(bits >> 16) && isTextByte((bits >> 8) & 0xff) && isTextByte(bits & 0xff);
}

/** The three bytes that a group of four stands for, in one number. */
export function decodeGroup(bytes: Uint8Array, at: number): number {
  let bits = 0;
  for (let place = 0; place < 4; place++)
    bits = (bits << 6) | (SEXTETS[bytes[at + place] as number] as number);
  return bits;
}

/** Anything but control characters. */
const isTextByte = (byte: number): boolean => (byte >= 0x20 ? byte !== 0x7f : byte >= 0x09 && byte <= 0x0d);

/** Decodes `bytes[from, to)`, all of one run and starting at a group. */
export function decodeBase64Run(bytes: Uint8Array, from: number, to: number): Decoded {
  return decodeGroups(bytes, placesOfRun(bytes, from, to - from), 0);
}

function decodeGroups(bytes: Uint8Array, places: ArrayLike<number>, skip: number): Decoded {
  const out = new Collector(Math.ceil(places.length * 0.75) + 3);
  let bits = 0;
  let held = 0;
  for (let i = skip; i < places.length; i++) {
    const place = places[i] as number;
    bits = ((bits << 6) | (SEXTETS[bytes[place] as number] as number)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.add((bits >> held) & 0xff, places[i - 1] as number, place + 1);
    }
  }
  return out.decoded();
}

/** The place of the previous base64 character of the same run, stepping over line breaks; -1 when the run begins here. */
function previousIn(bytes: Uint8Array, at: number): number {
  if (BASE64_BYTES[bytes[at - 1] ?? 0]) return at - 1;
  let i = at - 1;
  let crossed = false;
  while (i >= 0 && at - i < LONGEST_BREAK && isSpace(bytes[i])) {
    crossed ||= bytes[i] === 0x0a;
    i--;
  }
  if (i !== at - 1 && !crossed) return -1;
  return i >= 0 && BASE64_BYTES[bytes[i] as number] ? i : -1;
}

function nextIn(bytes: Uint8Array, at: number): number {
  if (BASE64_BYTES[bytes[at + 1] ?? 0]) return at + 1;
  let i = at + 1;
  let crossed = false;
  while (i < bytes.length && i - at < LONGEST_BREAK && isSpace(bytes[i])) {
    crossed ||= bytes[i] === 0x0a;
    i++;
  }
  if (i !== at + 1 && !crossed) return -1;
  return i < bytes.length && BASE64_BYTES[bytes[i] as number] ? i : -1;
}
