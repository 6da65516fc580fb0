// Git LFS: what stands in the place of a large file (git-lfs, docs/spec.md).

/** Pointers are smaller than this. */
export const MAX_POINTER = 1023;

/** The SHA-256 of the content a pointer stands for; undefined when the blob, of any size, is no pointer. */
export function lfsPointer(blob: Uint8Array): string | undefined {
  if (blob.length > MAX_POINTER || blob[0] !== FIRST) return undefined;
  const text = Buffer.from(blob).toString('latin1');
  return VERSION.test(text) ? OBJECT_ID.exec(text)?.[1] : undefined;
}

const VERSION = /^version https?:\/\/[^\s]{1,100}\/spec\//;
const OBJECT_ID = /\noid sha256:([0-9a-f]{64})\r?\n/;
/** `v` */
const FIRST = 0x76;
