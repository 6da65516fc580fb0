// A stream of bytes, taken by lines and by counted pieces.

export interface ByteStream {
  /** The bytes before the next LF, as latin1. Undefined at the end, in the middle of a line, or beyond `limit` bytes. */
  line(limit: number): Promise<string | undefined>;
  /** Some bytes, at most `limit` (> 0); undefined at the end. */
  some(limit: number): Promise<Uint8Array | undefined>;
}

export function byteStream(chunks: AsyncIterable<Buffer>): ByteStream {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);

  async function refill(): Promise<boolean> {
    while (rest.length === 0) {
      const { done, value } = await iterator.next();
      if (done) return false;
      rest = value;
    }
    return true;
  }

  async function some(limit: number): Promise<Buffer | undefined> {
    if (!(await refill())) return undefined;
    const piece = rest.subarray(0, limit);
    rest = rest.subarray(piece.length);
    return piece;
  }

  async function line(limit: number): Promise<string | undefined> {
    let text = '';
    while (text.length <= limit && (await refill())) {
      const end = rest.indexOf(LF);
      text += rest.toString('latin1', 0, end < 0 ? rest.length : end);
      rest = rest.subarray(end < 0 ? rest.length : end + 1);
      if (end >= 0) return text.length <= limit ? text : undefined;
    }
    return undefined;
  }

  return { line, some };
}

const LF = 0x0a;
