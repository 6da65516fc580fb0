// What commits and tags refer to.

/** Says each id in the head of a commit or a tag, in hexadecimal (git-commit-tree(1), git-mktag(1): these lines come first). */
export function eachLink(content: Uint8Array, visit: (oid: string) => void): void {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [, oid] =
      REFERS.exec(bytes.toString('latin1', at, Math.min(Math.max(end, at), at + LONGEST))) ?? [];
    if (oid === undefined) return;
    visit(oid);
    at = end + 1;
  }
}

const REFERS = /^(?:tree|parent|object) ([0-9a-f]{40}|[0-9a-f]{64})$/;
/** `object` and a SHA-256 id. */
const LONGEST = 72;
