// A stream of bytes, taken up to a byte and by counted pieces.

export interface ByteStream {
  /** The bytes before the next `end`, as latin1. Undefined when the stream ends before, or beyond `limit` bytes. */
  upTo(end: number, limit: number): Promise<string | undefined>;
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

  async function upTo(end: number, limit: number): Promise<string | undefined> {
    let text = '';
    while (text.length <= limit && (await refill())) {
      const at = rest.indexOf(end);
      text += rest.toString('latin1', 0, at < 0 ? rest.length : at);
      rest = rest.subarray(at < 0 ? rest.length : at + 1);
      if (at >= 0) return text.length <= limit ? text : undefined;
    }
    return undefined;
  }

  return { upTo, some };
}
