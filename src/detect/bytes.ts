// Classes of bytes that several detectors ask for.

/** 1 for each of these characters, latin1. */
export const classOf = (alphabet: string): Uint8Array => {
  const member = new Uint8Array(256);
  for (const char of alphabet) member[char.charCodeAt(0)] = 1;
  return member;
};

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters, digits, `-`, `_`: what keys and names are written in. */
export const TOKEN_BYTES: Uint8Array = classOf(`${ALNUM}-_`);
/** Both base64 alphabets. */
export const BASE64_BYTES: Uint8Array = classOf(`${ALNUM}+/-_`);
/** What values are written in, and the dots between the parts of some. */
export const VALUE_BYTES: Uint8Array = BASE64_BYTES.slice().fill(1, 0x2e, 0x2f);

export const isTokenByte = (byte: number | undefined): boolean =>
  byte !== undefined && TOKEN_BYTES[byte] === 1;

export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Letters of ASCII and digits. */
export function isAlnum(byte: number | undefined): boolean {
  const letter = (byte ?? 0) | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || isDigit(byte);
}

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** The value of a hexadecimal digit, or -1. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
