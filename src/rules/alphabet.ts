// The alphabets credentials are written in, by the names the rule files use.

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digit = '0123456789';

export const ALPHABETS: Readonly<Record<string, string>> = {
  lower,
  upper,
  digit,
  alnum: upper + lower + digit,
  hex: `${digit}abcdef`,
  base64: `${upper}${lower}${digit}+/`,
  base64url: `${upper}${lower}${digit}-_`,
  /** The name of a service account as the dashboard accepted it in 2024: part of the key itself. */
  name: `${lower}${digit}-`,
  /**
   * Second to last character of every key since August 2024: the random part is N = 2 (mod 3) bytes long, so its last
   * base64url character carries four bits, and the pad is written as `A` (reference/openai-credentials.md §1.0).
   */
  tailbits: 'AEIMQUYcgkosw048',
};
