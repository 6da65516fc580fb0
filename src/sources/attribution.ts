// Who brought a find into a range, when, and to which paths: asked of git once, after the scan, and only about finds.

import { type Header, parseHeader } from '../git/header.ts';
import { listIntroductions } from '../git/introductions.ts';
import { MOST_ARGUMENTS, type Range } from '../git/object-list.ts';
import { type ObjectReader, readWhole } from '../git/objects.ts';
import type { Git } from '../git/process.ts';
import type { Hit, Place, RawPath } from '../model.ts';

/**
 * The hits with the places that the commits of the range give them: for a blob every path and every commit that put it
 * there, for a name the first commit with it, for a message its own. What no commit of the range introduces (a tag may
 * point to a blob) stays as it is. Throws GitError.
 */
export async function attributed(
  git: Git,
  range: Range,
  objects: ObjectReader,
  hits: readonly Hit[],
): Promise<Hit[]> {
  const ofKind = (...kinds: readonly string[]): Place[] =>
    hits.flatMap(({ place }) => (kinds.includes(place.origin.kind) ? [place] : []));
  const blobs = new Set(ofKind('commit').flatMap(({ object }) => object ?? []));
  const names = new Set(ofKind('name').map(({ path }) => path));
  const signed = ofKind('message', 'tag').flatMap(({ object }) => object ?? []);
  const found = await introductionsOf(git, range, blobs, names);
  const headers = await headersOf(objects, [...signed, ...found.commits]);
  const places = new Map([...blobs].map((oid) => [oid, placesOf(oid, found.blobs.get(oid) ?? [], headers)]));

  return hits.flatMap((hit): Hit | Hit[] => {
    const { path, origin, object = '' } = hit.place;
    const everywhere = places.get(object) ?? [];
    if (origin.kind === 'commit')
      return everywhere.length === 0
        ? hit
        : everywhere.map((place) => ({ ...hit, place, places: everywhere }));
    const commit = origin.kind === 'name' ? found.names.get(path) : origin.commit;
    const who = signature(headers.get(origin.kind === 'name' ? (commit ?? '') : object));
    const place = { ...hit.place, origin: { ...origin, ...(commit && { commit }), ...who } };
    return { ...hit, place, places: hit.places.map((each) => (each === hit.place ? place : each)) };
  });
}

interface Found {
  readonly blobs: ReadonlyMap<string, readonly Introduced[]>;
  /** For each name the oldest commit that has it. */
  readonly names: ReadonlyMap<RawPath, string>;
  readonly commits: ReadonlySet<string>;
}

interface Introduced {
  readonly commit: string;
  readonly path: RawPath;
  /** Parents of the commit in which something else stands there. */
  parents: number;
}

async function introductionsOf(
  git: Git,
  range: Range,
  blobs: ReadonlySet<string>,
  names: ReadonlySet<RawPath>,
): Promise<Found> {
  const entries = new Map<string, Map<string, Introduced>>();
  const firsts = new Map<RawPath, string>();
  const commits = new Set<string>();
  if (blobs.size === 0 && names.size === 0) return { blobs: new Map(), names: firsts, commits };
  // Names are compared here: one that is a credential must not be seen in a list of processes.
  const oids = names.size === 0 && blobs.size <= MOST_ARGUMENTS ? [...blobs] : undefined;
  for await (const { commit, oid, path, isNew } of listIntroductions(git, range, oids)) {
    if (blobs.has(oid)) {
      const places = entries.get(oid) ?? new Map<string, Introduced>();
      const place = places.get(`${commit}:${path}`) ?? { commit, path, parents: 0 };
      place.parents += 1;
      entries.set(oid, places.set(`${commit}:${path}`, place));
      commits.add(commit);
    }
    if (names.size > 0 && isNew)
      for (const name of [path, ...foldersOf(path)]) if (names.has(name)) firsts.set(name, commit);
  }
  for (const commit of firsts.values()) commits.add(commit);
  return {
    blobs: new Map([...entries].map(([oid, places]) => [oid, [...places.values()]])),
    names: firsts,
    commits,
  };
}

function placesOf(
  oid: string,
  introduced: readonly Introduced[],
  headers: ReadonlyMap<string, Header>,
): Place[] {
  // What one parent of a merge has already, the merge has not brought.
  const own = introduced.filter(({ commit, parents }) => parents >= (headers.get(commit)?.parents ?? 1));
  return (own.length > 0 ? own : introduced).map(({ commit, path }) => ({
    path,
    origin: { kind: 'commit', commit, ...signature(headers.get(commit)) },
    previous: [],
    object: oid,
  }));
}

async function headersOf(objects: ObjectReader, oids: readonly string[]): Promise<Map<string, Header>> {
  const headers = new Map<string, Header>();
  for await (const [oid, object] of objects.read([...new Set(oids)]))
    if (object) headers.set(oid, parseHeader(await readWhole(object.content)));
  return headers;
}

function signature(header: Header | undefined): { author?: string; date?: string } {
  const { author, date } = header ?? {};
  return { ...(author !== undefined && { author }), ...(date !== undefined && { date }) };
}

function foldersOf(path: RawPath): RawPath[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
