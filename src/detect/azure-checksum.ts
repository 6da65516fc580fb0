// The checksum an Azure OpenAI key of 84 characters carries in its last four: tells an issued key from its lookalikes.
//
// Marvin32 over the 60 bytes the first 80 characters decode to, its four bytes (low byte first) written in base62, or, by
// generators before September 2024, in base64 (reference/openai-credentials.md §1.3, microsoft/security-utilities).

import { ALPHABETS } from '../rules/alphabet.ts';

const CHECKED_CHARACTERS = 80;
const KEY_LENGTH = 84;
const CHECKSUM_LENGTH = 4;
const BASE62 = `${ALPHABETS.digit}${ALPHABETS.upper}${ALPHABETS.lower}`;

/** Whether an 84-character key (latin1) ends in the checksum of what stands before it. */
export function azureChecksumHolds(key: string): boolean {
  if (key.length !== KEY_LENGTH) return false;
  const sum = sumOf(key);
  const written = key.slice(CHECKED_CHARACTERS);
  return written === inBase62(sum) || written === inBase64(sum);
}

/** The four characters that complete a key of which the first 80 are given. */
export function azureChecksumOf(first80: string): string {
  return inBase62(sumOf(first80));
}

function sumOf(key: string): Buffer {
  const sum = Buffer.allocUnsafe(4);
  sum.writeUInt32LE(marvin32(Buffer.from(key.slice(0, CHECKED_CHARACTERS), 'base64')));
  return sum;
}

/** Big-endian, one leading `0` per leading zero byte, filled up on the right: only the first four digits are kept. */
function inBase62(sum: Buffer): string {
  let digits = '';
  for (let rest = sum.readUInt32BE(); rest > 0; rest = Math.floor(rest / 62))
    digits = BASE62[rest % 62] + digits;
  const zeros = '0'.repeat(
    Math.max(
      0,
      sum.findIndex((byte) => byte !== 0),
    ),
  );
  return (zeros + digits).padEnd(CHECKSUM_LENGTH, '0').slice(0, CHECKSUM_LENGTH);
}

const inBase64 = (sum: Buffer): string => sum.toString('base64').slice(0, CHECKSUM_LENGTH);

/** The eight letters of "Default0" read as one big-endian number: its low and its high half. */
const SEED_LOW = 0x756c7430;
const SEED_HIGH = 0x44656661;

/** Marvin32, both halves folded into one. The length of `bytes` is a multiple of four, so the padding word is 0x80. */
function marvin32(bytes: Buffer): number {
  let low = SEED_LOW;
  let high = SEED_HIGH;
  const mix = (word: number): void => {
    low = (low + word) | 0;
    high ^= low;
    low = (rotateLeft(low, 20) + high) | 0;
    high = rotateLeft(high, 9) ^ low;
    low = (rotateLeft(low, 27) + high) | 0;
    high = rotateLeft(high, 19);
  };
  for (let at = 0; at + 4 <= bytes.length; at += 4) mix(bytes.readInt32LE(at));
  mix(0x80);
  mix(0);
  return (low ^ high) >>> 0;
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
