// What a hook does first: most commits hold nothing that resembles a credential, and are told here by a search that is
// ready at once. Whatever is not sure is left to the program, which knows everything.

import { readSync } from 'node:fs';
import { builtinColdParts } from './detect/builtin-cold-search.ts';
import { type ColdSearch, openColdSearch } from './detect/cold-search.ts';
import { contentsOf, type Listing, listingIn } from './git/handed-over-whole.ts';
import { arePolicyFiles } from './policy/files.ts';
import type { Surroundings } from './policy/work-tree.ts';
import { MARKER } from './rules/form.ts';
import { lfsPointer } from './sources/lfs-pointer.ts';

export interface Glance {
  /** What has been read of standard input. */
  readonly said: Buffer;
  /** The ids of staged contents that hold nothing for the rules that ship, nor do their names, with how many bytes they have. */
  readonly cleared: ReadonlyMap<string, number>;
  /** Nothing else is staged: there is nothing the program could find. */
  readonly isClear: boolean;
}

/** Reads what the hook's script has handed over, as far as it needs to. What fails is not clear; nothing is thrown. */
export function glance({ cwd, env }: { cwd(): string; readonly env: Surroundings['env'] }): Glance {
  let said: Buffer = Buffer.alloc(0);
  try {
    // The pre-commit framework asks for more where nothing is staged.
    if (env.PRE_COMMIT !== undefined || arePolicyFiles({ cwd: cwd(), env }))
      return { ...NOTHING_CLEAR, said };
    const search = openColdSearch(builtinColdParts());
    if (!findsMarker(search)) return { ...NOTHING_CLEAR, said };
    let listing: Listing | undefined;
    let contentsIn: ReturnType<typeof contentsOf> | undefined;
    for (;;) {
      // Zero, too, where there is no more room.
      const length = readSync(0, search.room.subarray(said.length));
      if (length === 0) break;
      said = search.room.subarray(0, said.length + length);
      listing ??= listingIn(said);
      if (listing === undefined) continue;
      contentsIn ??= contentsOf(listing);
      const contents = contentsIn(said);
      if (contents) return { ...look(search, said.subarray(0, listing.end), contents), said };
    }
  } catch {
    // The program meets it again, and says what it is.
  }
  return { ...NOTHING_CLEAR, said };
}

type Clear = Omit<Glance, 'said'>;

const NOTHING_CLEAR: Clear = { cleared: new Map(), isClear: false };

/** Names stand together, and one that holds something could be that of any content. */
function look(search: ColdSearch, names: Buffer, contents: ReadonlyMap<string, Buffer>): Clear {
  if (isWorthALook(search, names)) return NOTHING_CLEAR;
  const cleared = new Map<string, number>();
  for (const [oid, content] of contents) if (!isWorthALook(search, content)) cleared.set(oid, content.length);
  return { cleared, isClear: cleared.size === contents.size };
}

/** As detect/sieve.ts says it; and a pointer of Git LFS stands for something else. */
const isWorthALook = (search: ColdSearch, part: Buffer): boolean =>
  part.includes(0) || search.holds(part) || lfsPointer(part) !== undefined;

/** Positive control: it must be found the way every other literal would be. */
function findsMarker({ room, holds }: ColdSearch): boolean {
  const length = room.write(` ${MARKER}`, 'latin1');
  return holds(room.subarray(0, length));
}
