// Where a find stands, for the report: every path a commit has put it at, or else what leads to it.

import type { Header } from '../git/header.ts';
import type { IndexEntry, Tip } from '../git/holders.ts';
import type { Hit, Place, RawPath } from '../model.ts';
import type { Kept } from './keepers.ts';
import type { Presence, Turn } from './presence.ts';

export interface Surroundings {
  readonly presence: Presence;
  readonly headers: ReadonlyMap<string, Header>;
  readonly kept: readonly Kept[];
  readonly index: readonly IndexEntry[];
  readonly tips: readonly Tip[];
}

/**
 * The hit at every place where a commit has put it; where none has, what else leads to it. What all hits need is worked out
 * once: there may be ten thousand of them, and as many references.
 */
export function placeTeller({ presence, headers, kept, index, tips }: Surroundings): (hit: Hit) => Hit[] {
  const introductions = introductionsIn(presence);
  const reachable = new Set<number>();
  for (const held of new Set(kept.map(({ upTo }) => upTo))) for (const spot of held) reachable.add(spot);

  return (hit) => {
    const { origin, object = '', path } = hit.place;
    const signed = (oid: string): { author?: string; date?: string } => {
      const { author, date } = headers.get(oid) ?? {};
      return { ...(author !== undefined && { author }), ...(date !== undefined && { date }) };
    };
    if (origin.kind === 'message' || origin.kind === 'tag') {
      const named = tips.find(({ kind, tags }) => kind === 'ref' && tags.includes(object));
      return [at({ ...hit.place, path: named?.name ?? path, origin: { ...origin, ...signed(object) } })];
    }
    const brought = introductions.get(whatOf(hit)) ?? [];
    if (origin.kind === 'name') {
      const [first] = brought;
      if (first === undefined) return [hit];
      const full = pathTo(presence.spots[first.spot]?.path ?? path, nameOf(path));
      const { commit } = first;
      return [at({ ...hit.place, path: full, origin: { ...origin, commit, ...signed(commit) } })];
    }
    const places = brought.map(
      ({ commit, spot }): Place => ({
        ...hit.place,
        path: presence.spots[spot]?.path ?? path,
        origin: { kind: reachable.has(spot) ? 'commit' : 'unreachable', commit, ...signed(commit) },
      }),
    );
    if (places.length === 0) {
      for (const entry of [...index, ...kept.flatMap(({ entries = [] }) => entries)])
        if (entry.oid === object) places.push({ ...hit.place, path: entry.path, origin: { kind: 'index' } });
      for (const { name, objects } of kept)
        if (places.length === 0 && objects.has(object))
          places.push({ ...hit.place, path: name, origin: { kind: 'commit' } });
    }
    return places.length === 0 ? [hit] : places.map((place) => ({ ...hit, place, places }));

    function at(place: Place): Hit {
      return { ...hit, place, places: hit.places.map((each) => (each === hit.place ? place : each)) };
    }
  };
}

/** By what a spot is called. */
function introductionsIn({ spots, turns }: Presence): Map<string, Turn[]> {
  const introductions = new Map<string, Turn[]>();
  for (const turn of turns) {
    const what = spots[turn.spot]?.what;
    if (turn.kind !== 'introduced' || what === undefined) continue;
    const same = introductions.get(what);
    if (same) same.push(turn);
    else introductions.set(what, [turn]);
  }
  return introductions;
}

/** What a spot of a hit is called. */
export const whatOf = ({ place }: Hit): string =>
  place.origin.kind === 'name' ? nameOf(place.path) : (place.object ?? place.path);

/** The last part of a path. */
export const nameOf = (path: RawPath): RawPath => path.slice(path.lastIndexOf('/') + 1);

/** `folder/NAME` of `folder/NAME/file`. */
function pathTo(path: RawPath, name: RawPath): RawPath {
  const parts = path.split('/');
  return parts.slice(0, parts.indexOf(name) + 1).join('/');
}
