// Inflates the entries of a pack, one after the other.

import { constants, createInflate, deflateSync, inflateSync } from 'node:zlib';
import { PackError } from './pack-error.ts';

/**
 * Writes what `compressed` holds into `target`, and gives its length. Throws PackError when it is damaged. What is longer throws,
 * or fills `target`: whoever gives room for one byte more sees that.
 */
export type Inflate = (compressed: Buffer, target: Buffer) => number;

/**
 * `inflateSync` makes a stream for every call, which takes longer than it takes to inflate a small object (bench/README.md). So
 * one context is used for all, in the way Node's own streams use theirs; where that is not as it is known here, `inflateSync`
 * does it after all.
 */
export function openInflate(): Inflate {
  const inflate = withOneContext(createInflate());
  return inflate !== undefined && doesWork(inflate) ? inflate : withStreams;
}

/** What a stream of node:zlib is made of. */
interface Insides {
  readonly _handle: {
    writeSync(
      ...args: [
        flush: number,
        input: Buffer,
        at: number,
        length: number,
        output: Buffer,
        to: number,
        room: number,
      ]
    ): void;
    reset(): void;
    onerror: (message: string, code: number) => void;
  };
  /** How much of the output and of the input is left. */
  readonly _writeState: Uint32Array;
}

function withOneContext(stream: object): Inflate | undefined {
  if (!hasInsides(stream)) return undefined;
  const { _handle: handle, _writeState: left } = stream;
  let isDamaged = false;
  handle.onerror = () => {
    isDamaged = true;
  };
  return (compressed, target) => {
    isDamaged = false;
    handle.reset();
    handle.writeSync(constants.Z_FINISH, compressed, 0, compressed.length, target, 0, target.length);
    if (isDamaged) throw damaged();
    return target.length - (left[0] as number);
  };
}

function hasInsides(stream: object): stream is Insides {
  const { _handle: handle, _writeState: left } = stream as Partial<Insides>;
  return (
    typeof handle?.writeSync === 'function' && typeof handle.reset === 'function' && ArrayBuffer.isView(left)
  );
}

const withStreams: Inflate = (compressed, target) => {
  try {
    return inflateSync(compressed, { maxOutputLength: target.length }).copy(target);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error) throw damaged();
    throw error;
  }
};

/** Twice, as what is damaged must leave nothing behind. */
function doesWork(inflate: Inflate): boolean {
  const text = Buffer.from('what is inflated, and what is inflated again');
  const compressed = deflateSync(text);
  const target = Buffer.alloc(text.length + 1);
  const isRight = (): boolean =>
    inflate(compressed, target) === text.length && target.subarray(0, text.length).equals(text);
  const seesDamage = (): boolean => {
    try {
      inflate(compressed.subarray(0, -1), target);
      return false;
    } catch (error) {
      return error instanceof PackError;
    }
  };
  try {
    return isRight() && seesDamage() && isRight();
  } catch {
    return false;
  }
}

const damaged = (): PackError => new PackError('a damaged entry');
