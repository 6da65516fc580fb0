// Deltas made by hand (gitformat-pack(5), "Deltified representation").

/** Bytes of the base. */
export interface Copy {
  readonly from: number;
  readonly length: number;
}
export type Piece = Copy | Buffer;
const isText = (piece: Piece): piece is Buffer => Buffer.isBuffer(piece);

/** Numbers of a delta: seven bits in a byte, the lowest first. */
function size(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...size(Math.floor(value / 0x80))];
}

function instruction(piece: Piece): number[] {
  if (isText(piece)) {
    const most = piece.subarray(0, 127);
    const rest = piece.subarray(127);
    return piece.length === 0 ? [] : [most.length, ...most, ...instruction(rest)];
  }
  const { from, length } = piece;
  const parts = [from, from >>> 8, from >>> 16, from >>> 24, length, length >>> 8, length >>> 16];
  const bytes = parts.map((part) => part & 0xff);
  // A length of 64 kB is written as none.
  if (length === 0x10000) bytes.fill(0, 4);
  const code = bytes.reduce((sum, byte, at) => (byte === 0 ? sum : sum | (1 << at)), 0x80);
  return [code, ...bytes.filter((byte) => byte !== 0)];
}

/** What is made of the base. */
export const contentOf = (base: Buffer, pieces: readonly Piece[]): Buffer =>
  Buffer.concat(
    pieces.map((piece) => (isText(piece) ? piece : base.subarray(piece.from, piece.from + piece.length))),
  );

export const deltaOf = (base: Buffer, pieces: readonly Piece[]): Buffer =>
  Buffer.from([
    ...size(base.length),
    ...size(contentOf(base, pieces).length),
    ...pieces.flatMap(instruction),
  ]);
