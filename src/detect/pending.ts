// The bytes of a stream that have not been looked through yet.

/** One chunk is kept as it came: nearly every blob is a single one. Several are put together in a buffer of its own. */
export class Pending {
  private joined: Buffer = NOTHING;
  private only: Buffer | undefined;
  length = 0;

  /**
   * Keeps the chunk itself only when nothing else is pending, and copies it when the next one comes. `goesOn`: it begins in the
   * same memory where the one before ends, and is kept with it.
   */
  add(chunk: Uint8Array, goesOn: boolean): void {
    const length = this.length + chunk.length;
    if (this.length === 0) {
      this.only = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    } else if (goesOn && this.only) {
      this.only = Buffer.from(this.only.buffer, this.only.byteOffset, length);
    } else {
      this.makeRoom(length);
      this.joined.set(chunk, this.length);
    }
    this.length = length;
  }

  /** Holds until the next `add` or `drop`. */
  bytes(): Buffer {
    return this.only ?? this.joined.subarray(0, this.length);
  }

  /** Forgets the first `count` bytes. */
  drop(count: number): void {
    if (this.only) this.only = this.only.subarray(count);
    else this.joined.copyWithin(0, count, this.length);
    this.length -= count;
  }

  private makeRoom(length: number): void {
    if (this.only === undefined && length <= this.joined.length) return;
    const held = this.bytes();
    // At least doubled, so that many small chunks are not copied again and again.
    const room = Buffer.allocUnsafe(Math.max(length, 2 * this.joined.length, LEAST));
    held.copy(room);
    this.joined = room;
    this.only = undefined;
  }
}

const NOTHING = Buffer.alloc(0);
const LEAST = 1 << 16;
