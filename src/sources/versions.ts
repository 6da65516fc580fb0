// What else held a credential that was found in a range: the other versions of the same files, which the range does not bring.

import { listAncestry, listChanges } from '../git/lineage.ts';
import { type ObjectReader, readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import type { Hit, RawPath } from '../model.ts';
import type { Presence } from './presence.ts';

/** Without them, a file that was pushed with a credential and edited since would look as if the credential were new. */
export async function otherVersions(
  git: Git,
  objects: ObjectReader,
  hits: readonly Hit[],
  { spots }: Presence,
  search: (content: Uint8Array) => readonly string[],
): Promise<Hit[]> {
  const known = new Set(hits.flatMap(({ place }) => place.object ?? []));
  const paths = new Set<RawPath>(spots.flatMap(({ what, path }) => (known.has(what) ? path : [])));
  const versions = new Set<string>();
  const commits = await listAncestry(git, ['--all', '--reflog']);
  for await (const changes of listChanges(git, commits, undefined))
    for (const { path, before, after } of changes)
      if (paths.has(path))
        for (const oid of [before, after]) if (oid !== undefined && !known.has(oid)) versions.add(oid);
  const byFingerprint = new Map(hits.map((hit) => [hit.detection.fingerprint, hit]));
  const found: Hit[] = [];
  for await (const [oid, object] of objects.read([...versions])) {
    if (object?.type !== 'blob') continue;
    const content = await readWhole(object.content);
    for (const fingerprint of new Set(search(content))) {
      const like = byFingerprint.get(fingerprint);
      if (like === undefined) continue;
      const place = {
        ...like.place,
        path: `blob/${oid}`,
        origin: { kind: 'unreachable' },
        object: oid,
      } as const;
      found.push({ ...like, place, places: [place] });
    }
  }
  return found;
}
