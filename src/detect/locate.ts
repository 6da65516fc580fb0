// Turns byte offsets into lines and columns as editors count them: lines end at LF, columns are UTF-16 units, from 1.

import type { Encoding } from './decode/wide.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

const UNIT_BYTES: Readonly<Record<Encoding, number>> = {
  'utf-8': 1,
  'utf-16le': 2,
  'utf-16be': 2,
  'utf-32le': 4,
  'utf-32be': 4,
};

/** Counts its way through bytes that arrive in windows; asked only for offsets in ascending order. */
export class Locator {
  private line = 1;
  private column = 1;
  private readonly unit: number;
  /** Where in a unit of LF the byte 0x0a stands. */
  private readonly lowByte: number;

  constructor(encoding: Encoding) {
    this.unit = UNIT_BYTES[encoding];
    this.lowByte = encoding.endsWith('be') ? this.unit - 1 : 0;
  }

  /** Moves from `from` to `to`, offsets into `bytes`, and says where that is. An end inside a unit counts as after it. */
  advance(bytes: Buffer, from: number, to: number): Position {
    const lineStart =
      this.unit === 1 ? this.countLines(bytes, from, to) : this.countWideLines(bytes, from, to);
    if (lineStart > from) this.column = 1;
    this.column += this.unitsIn(bytes, Math.max(from, lineStart), to);
    return { line: this.line, column: this.column };
  }

  /** Counts line ends; gives where the last line begins. */
  private countLines(bytes: Buffer, from: number, to: number): number {
    const stretch = bytes.subarray(from, Math.max(from, to));
    let lineStart = 0;
    for (let at = stretch.indexOf(0x0a); at >= 0; at = stretch.indexOf(0x0a, lineStart)) {
      this.line++;
      lineStart = at + 1;
    }
    return from + lineStart;
  }

  private countWideLines(bytes: Buffer, from: number, to: number): number {
    let lineStart = from;
    for (let at = from; at + this.unit <= to; at += this.unit) {
      if (!this.isLineEnd(bytes, at)) continue;
      this.line++;
      lineStart = at + this.unit;
    }
    return lineStart;
  }

  private isLineEnd(bytes: Buffer, at: number): boolean {
    for (let i = 0; i < this.unit; i++) if (bytes[at + i] !== (i === this.lowByte ? 0x0a : 0)) return false;
    return true;
  }

  private unitsIn(bytes: Buffer, from: number, to: number): number {
    if (to <= from) return 0;
    if (this.unit === 1) return bytes.toString('utf8', from, to).length;
    const units = Math.ceil((to - from) / this.unit);
    return this.unit === 2 ? units : units + this.astral(bytes, from, to);
  }

  /** Characters beyond U+FFFF take one UTF-32 unit and two UTF-16 units. */
  private astral(bytes: Buffer, from: number, to: number): number {
    let count = 0;
    const plane = this.lowByte === 0 ? 2 : 1;
    for (let at = from; at + 4 <= to; at += 4) if (bytes[at + plane] !== 0) count++;
    return count;
  }
}

/** The nearest place at or before `at` where a UTF-8 character or a wide unit begins, `origin` bytes into the stream. */
export function characterStart(bytes: Buffer, at: number, encoding: Encoding, origin: number): number {
  const unit = UNIT_BYTES[encoding];
  if (unit > 1) return at - ((origin + at) % unit);
  let start = at;
  while (start > at - 3 && start > 0 && ((bytes[start] as number) & 0xc0) === 0x80) start--;
  return start;
}

/** The nearest place at or after `at` where a wide unit ends. */
export function characterEnd(at: number, encoding: Encoding, origin: number): number {
  const unit = UNIT_BYTES[encoding];
  return at + ((unit - ((origin + at) % unit)) % unit);
}
